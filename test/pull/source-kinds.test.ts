import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kindNames } from '../../cli/source-kinds.ts';
import { mappingHash } from '../../functions/pull/api/mapping-hash.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import { madeUp } from './api/made-up-source.ts';

describe('kinds of sources', () => {
  test('are found by their folders', async () => {
    const folders = readdirSync('functions/pull/sources');
    expect(kindNames().length).toBeGreaterThan(0);
    for (const kind of kindNames()) {
      expect(folders).toContain(kind);
      expect((await definitionOf(kind)).kind).toBe(kind);
    }
    expect(kindNames()).not.toContain('files');
  });

  test.each(kindNames())('%s has the files that every source has, and its line on the index', (kind) => {
    const files = readdirSync(`functions/pull/sources/${kind}`);
    expect(files).toEqual(expect.arrayContaining(['README.md', 'settings.ts', 'source.ts']));
    expect(files.some((file) => /^map(-[a-z-]+)?\.ts$/.test(file))).toBe(true);
    const index = readFileSync('docs/sources/README.md', 'utf8');
    expect(index).toContain(`[\`${kind}\`](../../functions/pull/sources/${kind}/README.md)`);
  });

  test.each(['nope', 'files', '../api', 'Google', ''])('%j is told to be none', async (kind) => {
    await expect(definitionOf(kind)).rejects.toMatchObject({ code: 'SOURCE_KIND_UNKNOWN' });
  });
});

describe('the fingerprint of a mapping', () => {
  const company = { time_zone: 'Europe/Paris', currency: 'EUR' };
  const settings = { base_url: 'https://a.example', secret: '${secret:a}', accounts: ['1'], sign: '1' };
  const hash = mappingHash(madeUp, settings, company);

  test.each<[string, object]>([
    ['another address', { base_url: 'https://b.example' }],
    ['another secret', { secret: '${secret:b}' }],
    ['another account', { accounts: ['1', '2'] }],
  ])('stays with %s', (_what, change) => {
    expect(mappingHash(madeUp, { ...settings, ...change }, company)).toBe(hash);
  });

  test('does not hang on the order of keys', () => {
    expect(mappingHash(madeUp, Object.fromEntries(Object.entries(settings).reverse()), company)).toBe(hash);
  });

  test('changes with a setting that changes rows, with the mapping’s version, with the company’s zone', () => {
    expect(mappingHash(madeUp, { ...settings, sign: '-1' }, company)).not.toBe(hash);
    expect(mappingHash({ ...madeUp, mappingVersion: 2 }, settings, company)).not.toBe(hash);
    expect(mappingHash(madeUp, settings, { ...company, time_zone: 'Europe/Berlin' })).not.toBe(hash);
  });
});
