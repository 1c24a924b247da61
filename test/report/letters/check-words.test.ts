import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { languages } from '../../../functions/languages/languages.ts';
import { checkWords } from '../../../functions/report/letters/check-words.ts';
import { tables } from '../../kit/tables.ts';
import { companyOf, finding } from '../fixtures.ts';

/** What is found without a file of SQL: each says in the code what it means. */
async function foundInCode(): Promise<{ readonly id: string; readonly text: string }[]> {
  const files = (await readdir('functions', { recursive: true })).filter((name) =>
    /^(check|lake)\/.*\.ts$/.test(name),
  );
  const texts = await Promise.all(files.map((name) => readFile(join('functions', name), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/check: '([a-z_]+)',\s*(means: \{[^}]*\})?/g)].map(([, id, means]) => ({
      id: id as string,
      text: means ?? '',
    })),
  );
}

test('every check says what it means in every language, where it stands itself', async () => {
  const shipped = loadCatalogue().checks;
  for (const { id, means } of shipped)
    expect(Object.keys(means ?? {}).toSorted(), id).toEqual(languages.map(({ tag }) => tag).toSorted());
  const inCode = (await foundInCode()).filter(({ id }) => !shipped.some((check) => check.id === id));
  expect(inCode.map(({ id }) => id)).toContain('pull');
  for (const { id, text } of inCode)
    for (const { tag } of languages) expect(text, `${id}, ${tag}`).toMatch(new RegExp(`\\b${tag}: '.{6,}'`));
});

test('in a language that the check has no words in, the language itself says that something is wrong', () => {
  const gap = finding({ source: 'ads', table: null, means: { fr: 'des lignes figurent en double' } });
  expect(checkWords({ company: companyOf(), tables }, gap, en)).toBe('Ads: a check found an error.');
});

test('a finding is told by what readers call its source and its table', () => {
  const data = { company: companyOf(), tables };
  const gap = finding({
    check: 'unique_keys',
    means: loadCatalogue().checks.find(({ id }) => id === 'unique_keys')?.means ?? {},
    source: 'ads',
    table: 'ad_spend',
    message: 'told to operators',
  });
  expect(checkWords(data, gap, en)).toBe('Ads, ad spend: some rows stand there twice.');
  expect(checkWords(data, gap, fr)).toBe('Ads, dépenses publicitaires\u202f: des lignes figurent en double.');
  const titled = {
    tables,
    company: {
      ...data.company,
      sources: data.company.sources.map((source) => ({ ...source, title: { fr: 'Régies' } })),
    },
  };
  expect(checkWords(titled, gap, fr)).toContain('Régies, dépenses publicitaires');
});

test('a company’s own check is told by its message', () => {
  const own = finding({
    check: 'ours',
    source: null,
    table: 'orders',
    message: 'Three orders have no plant.',
  });
  expect(checkWords({ company: companyOf(), tables }, own, fr)).toBe(
    'Commandes\u202f: Three orders have no plant.',
  );
});
