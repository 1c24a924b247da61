import { expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { type Words, wordIn } from '../../functions/lake/values/language.ts';
import { en } from '../../functions/languages/en.ts';
import { languageOf, languages } from '../../functions/languages/languages.ts';
import { languageTags } from '../../functions/languages/tags.ts';

import { tables } from '../kit/tables.ts';

/** Every thing of sql/ and of the tables that has words for readers. */
function shipped(): [string, Words | undefined][] {
  const { kpis, checks } = loadCatalogue();
  const dimensions = kpis.flatMap((kpi) => kpi.brokenDownBy);
  return [
    ...kpis.flatMap(({ file, names, describes, advice }): [string, Words | undefined][] => [
      [`${file} names`, names],
      [`${file} describes`, describes],
      [`${file} advice`, advice],
    ]),
    ...dimensions.flatMap(({ name, names, members }): [string, Words][] => [
      [name, names],
      ...Object.entries(members).map(([member, words]): [string, Words] => [`${name} ${member}`, words]),
    ]),
    ...tables.all.map(({ name, names }): [string, Words] => [`table ${name}`, names]),
    ...checks.map(({ file, means }): [string, Words | undefined] => [file, means]),
  ];
}

test('every tag has its language, in the same order', () => {
  expect(languages.map(({ tag }) => tag)).toEqual(languageTags);
});

test('what is shipped has words in every language that is shipped', () => {
  const lacking = shipped().flatMap(([what, words]) =>
    languages.flatMap(({ tag }) => (words?.[tag]?.trim() ? [] : [`${what}: ${tag}`])),
  );
  expect(lacking).toEqual([]);
});

test('a thing without words in a language is named in the first that it has', () => {
  expect(wordIn({ fr: 'Marge', en: 'Margin' }, { tag: 'xx' })).toBe('Margin');
  expect(wordIn({ fr: 'Marge' }, en)).toBe('Marge');
});

test('a language that is not there any more gives way to the first', () => {
  expect(languageOf('xx')).toBe(languages[0]);
  expect(languageOf(undefined)).toBe(languages[0]);
});
