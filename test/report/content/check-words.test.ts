import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMeanings, checkWords } from '../../../functions/report/content/check-words.ts';
import { companyOf, finding } from '../fixtures.ts';

/** What `pull` and `check` find without a file of SQL. */
async function foundInCode(): Promise<string[]> {
  const files = (await readdir('functions', { recursive: true })).filter((name) =>
    /^(check|pull|lake)\/.*\.ts$/.test(name),
  );
  const texts = await Promise.all(files.map((name) => readFile(join('functions', name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/check: (?:\w+ \? '([a-z_]+)' : )?'([a-z_]+)'/g)].flatMap(([, one, other]) =>
      [one, other].filter((id) => id !== undefined),
    ),
  );
}

test('every check has its meaning in every language, and no other has one', async () => {
  const shipped = (await readdir('sql/checks')).map((name) => name.replace(/\.sql$/, ''));
  const all = [...new Set([...shipped, ...(await foundInCode())])];
  expect(all).toContain('pull');
  expect(Object.keys(checkMeanings).toSorted()).toEqual(all.toSorted());
  for (const words of Object.values(checkMeanings))
    expect(Object.values(words).every((text) => text.length > 5)).toBe(true);
});

test('a finding is told by what readers call its source and its table', () => {
  const data = { company: companyOf() };
  const gap = finding({
    check: 'unique_keys',
    source: 'ads',
    table: 'ad_spend',
    message: 'told to operators',
  });
  expect(checkWords(data, gap, 'en')).toBe('Ads, ad spend: some rows stand there twice.');
  expect(checkWords(data, gap, 'fr')).toBe(
    'Ads, dépenses publicitaires\u202f: des lignes figurent en double.',
  );
  const titled = {
    company: {
      ...data.company,
      sources: data.company.sources.map((source) => ({ ...source, title: { fr: 'Régies' } })),
    },
  };
  expect(checkWords(titled, gap, 'fr')).toContain('Régies, dépenses publicitaires');
});

test('a company’s own check is told by its message', () => {
  const own = finding({
    check: 'ours',
    source: null,
    table: 'orders',
    message: 'Three orders have no plant.',
  });
  expect(checkWords({ company: companyOf() }, own, 'fr')).toBe(
    'Commandes\u202f: Three orders have no plant.',
  );
});
