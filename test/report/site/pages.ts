import type { Language } from '../../../functions/languages/language.ts';
import { languages } from '../../../functions/languages/languages.ts';
import type { Day } from '../../../functions/report/model/day.ts';
import { fileOf } from '../../../functions/report/site/address.ts';
import { dayPages } from '../../../functions/report/site/write-site.ts';

/** The pages of a day as they are written where there was none before, by file. */
export function pagesOf(
  day: Day,
  first: Language,
  all: readonly Language[] = languages,
): Map<string, string> {
  const pages = dayPages(day, { before: null, first, languages: all });
  return new Map([...pages].map(({ place, html }) => [fileOf(place), html]));
}

export const dayPage = (day: Day, first: Language, all?: readonly Language[]): string =>
  pagesOf(day, first, all).get(fileOf({ asOf: day.asOf })) ?? '';

export const kpiPage = (day: Day, kpi: string, first: Language, all?: readonly Language[]): string =>
  pagesOf(day, first, all).get(fileOf({ asOf: day.asOf, kpi })) ?? '';
