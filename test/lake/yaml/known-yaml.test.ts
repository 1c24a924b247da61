import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { knownYamlOf } from '../../../build/known-yaml.ts';
import { frontMatterOf } from '../../../functions/lake/catalogue/front-matter.ts';
import { sqlFolder } from '../../../functions/lake/yaml/folders.ts';
import { sha256 } from '../../../functions/platform/hash.ts';

const TEXT = 'names:\n  en: carts\nkey: [cart_id]\n';
const known = vi.hoisted((): Record<string, string> => ({}));
vi.mock('../../../functions/lake/yaml/known.ts', () => ({ knownYaml: known }));
const { readYaml } = await import('../../../functions/lake/yaml/source.ts');

describe('what the build reads of sql/', () => {
  it('is every file, and what each says', () => {
    const found = knownYamlOf(sqlFolder());
    const files = readdirSync(sqlFolder(), { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.(sql|yaml)$/.test(file),
    );
    expect(files.length).toBeGreaterThan(80);
    for (const file of files) {
      const text = readFileSync(join(sqlFolder(), file), 'utf8');
      const yaml = file.endsWith('.sql') ? (frontMatterOf(text) ?? '') : text;
      expect({ file, data: JSON.parse(found[sha256(yaml)] ?? 'null') }).toEqual({
        file,
        data: readYaml(yaml).data,
      });
    }
  });
});

describe('a text that the build has read', () => {
  const mistake = { path: ['key', 0], message: 'is no column' };
  const asRead = readYaml(TEXT);

  it('is not read again, but for the place of a mistake', () => {
    known[sha256(TEXT)] = JSON.stringify({ said: 'by the build' });
    const source = readYaml(TEXT);
    expect(source.data).toEqual({ said: 'by the build' });
    expect(source.place(mistake)).toEqual(asRead.place(mistake));
    expect(source.place(mistake)).toMatchObject({ line: 3, column: 7 });
  });

  it('is read when a single letter of it changed', () => {
    known[sha256(TEXT)] = JSON.stringify({ said: 'by the build' });
    expect(readYaml(TEXT.replace('carts', 'Carts')).data).toEqual({
      names: { en: 'Carts' },
      key: ['cart_id'],
    });
  });

  it('is given anew each time: whoever changes it changes nothing for others', () => {
    known[sha256(TEXT)] = JSON.stringify({ key: ['cart_id'] });
    (readYaml(TEXT).data as { key: string[] }).key.push('other');
    expect(readYaml(TEXT).data).toEqual({ key: ['cart_id'] });
  });
});
