import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Language } from '../../languages/language.ts';
import { languageOf, languages } from '../../languages/languages.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Day } from '../model/day.ts';
import { Page } from './page.tsx';

/** Where the report of a day is kept; a re-run replaces it. */
export const reportKey = (asOf: string): string => `reports/${asOf}.html`;

/**
 * Writes the report of a day: one HTML file that loads nothing, in every language. `language` is the one it opens in;
 * default: that of the first recipient, else the first there is.
 */
export async function writeReport(
  { bucket }: Pick<Platform, 'bucket'>,
  day: Day,
  language: Language = languageOf(day.company.recipients[0]?.language),
): Promise<string> {
  const key = reportKey(day.asOf);
  await bucket.write(key, renderReport(day, language));
  return key;
}

/** The page as text, in all the languages, `language` first. React escapes every name that comes out of somebody's data. */
export const renderReport = (data: Day, language: Language, all: readonly Language[] = languages): string =>
  `<!doctype html>\n${renderToStaticMarkup(createElement(Page, { data, language, languages: all }))}\n`;
