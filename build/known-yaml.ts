import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { frontMatterOf } from '../functions/lake/catalogue/front-matter.ts';
import { readYaml } from '../functions/lake/yaml/source.ts';
import { sha256 } from '../functions/platform/hash.ts';

/** What every YAML text of a folder comes to (files, and front matter of SQL), as JSON by its SHA-256 (functions/lake/yaml/known.ts). */
export function knownYamlOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(files.flatMap((file) => entryOf(join(folder, file))));
}

/** None for a text with a mistake, and for data that JSON cannot hold: those are read when they are needed. */
function entryOf(file: string): [string, string][] {
  if (!/\.(yaml|sql)$/.test(file)) return [];
  const whole = readFileSync(file, 'utf8');
  const text = file.endsWith('.sql') ? frontMatterOf(whole.replaceAll('\r\n', '\n')) : whole;
  if (text === undefined) return [];
  const { data, syntax } = readYaml(text, {});
  const json = JSON.stringify(data);
  if (syntax.length > 0 || json === undefined || !isDeepStrictEqual(JSON.parse(json), data)) return [];
  return [[sha256(text), json]];
}
