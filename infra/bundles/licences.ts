import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;

/** The licences of the packages that bundled files come from, one after the other. Throws where a package has none. */
export function licencesOf(files: readonly string[]): string {
  const folders = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...folders].sort().map(licenceOf).join('\n');
}

function licenceOf(folder: string): string {
  const place = join(vigieFolder(), folder);
  const { name, version, license } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const texts = readdirSync(place, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => readFileSync(join(place, entry.name), 'utf8').trim());
  if (license === undefined && texts.length === 0) throw new Error(`${folder} has no licence`);
  return `${'='.repeat(80)}\n${name} ${version}: ${license ?? 'see below'}\n\n${texts.join('\n\n')}\n`;
}
