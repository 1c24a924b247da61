import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { BrokenPart } from '../../lake/run/manifest.ts';
import type { Language } from '../../languages/language.ts';
import { languageOf, languages } from '../../languages/languages.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ReportData } from './edition.ts';
import { Page } from './page.tsx';
import { type ReportInput, readReport } from './read-report.ts';

export type { ReportInput } from './read-report.ts';

/** Where the report of a day is kept; a re-run replaces it. */
export const reportKey = (asOf: string): string => `reports/${asOf}.html`;

/**
 * Writes the report of a day: one HTML file that loads nothing, in every language. `language` is the one it opens in;
 * default: that of the first recipient, else English. A KPI that cannot be shown keeps back no other: it is `broken`.
 */
export async function writeReport(
  platform: Pick<Platform, 'bucket'>,
  input: ReportInput & { readonly language?: Language },
): Promise<{ readonly key: string; readonly broken: readonly BrokenPart[] }> {
  const { data, broken } = await readReport(platform.bucket, input);
  const language = input.language ?? languageOf(input.company.recipients[0]?.language);
  const key = reportKey(input.asOf);
  await platform.bucket.write(key, renderReport(data, language));
  return { key, broken };
}

/** The page as text, in all the languages, `language` first. React escapes every name that comes out of somebody's data. */
export const renderReport = (
  data: ReportData,
  language: Language,
  all: readonly Language[] = languages,
): string =>
  `<!doctype html>\n${renderToStaticMarkup(createElement(Page, { data, language, languages: all }))}\n`;
