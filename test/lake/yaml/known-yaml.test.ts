import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownYamlOf } from '../../../build/known-yaml.ts';
import { frontMatterOf } from '../../../functions/lake/catalogue/front-matter.ts';
import { sqlFolder } from '../../../functions/lake/yaml/folders.ts';
import { readYaml } from '../../../functions/lake/yaml/source.ts';
import { sha256 } from '../../../functions/platform/hash.ts';

const TEXT = 'names:\n  en: carts\nkey: [cart_id]\n';

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
        data: readYaml(yaml, {}).data,
      });
    }
  });
});

describe('a text that the build has read', () => {
  const mistake = { path: ['key', 0], message: 'is no column' };
  const asRead = readYaml(TEXT);
  const known = { [sha256(TEXT)]: JSON.stringify({ said: ['by the build'] }) };

  it('is not read again, but for the place of a mistake', () => {
    const source = readYaml(TEXT, known);
    expect(source.data).toEqual({ said: ['by the build'] });
    expect(source.place(mistake)).toEqual(asRead.place(mistake));
    expect(source.place(mistake)).toMatchObject({ line: 3, column: 7 });
  });

  it('is read when a single letter of it changed', () => {
    expect(readYaml(TEXT.replace('carts', 'Carts'), known).data).toEqual({
      names: { en: 'Carts' },
      key: ['cart_id'],
    });
  });

  it('is given anew each time: whoever changes it changes nothing for others', () => {
    (readYaml(TEXT, known).data as { said: string[] }).said.push('other');
    expect(readYaml(TEXT, known).data).toEqual({ said: ['by the build'] });
  });
});
