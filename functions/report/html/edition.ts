import type { Language, PageWords } from '../../languages/language.ts';
import type { FormatOptions } from '../../languages/numbers.ts';
import type { MailData } from '../content/mail-data.ts';
import type { Drawings } from './drawings.ts';
import type { Sheet } from './sheet.ts';

/** The report's content, in no language: each language is an edition of it. */
export interface ReportData {
  readonly mail: MailData;
  /** Every KPI that is on: headline figures first. */
  readonly sheets: readonly Sheet[];
  /** How many of `sheets` are headline figures. */
  readonly headlines: number;
}

/** One language of the page. */
export interface Edition {
  readonly data: ReportData;
  readonly language: Language;
  readonly words: PageWords;
  /** Every language of the page. */
  readonly languages: readonly Language[];
  readonly format: FormatOptions;
  /** The edition's form of an anchor: ids must differ between the languages of one page. */
  readonly anchor: (id: string) => string;
  readonly drawings: Drawings;
}

/** The edition of the language that the page opens in, the first, has plain anchors: links from mails end there. */
export function editionOf(
  data: ReportData,
  drawings: Drawings,
  language: Language,
  all: readonly Language[],
): Edition {
  const prefix = language === all[0] ? '' : `${language.tag}-`;
  const { currency } = data.mail.company.company;
  const anchor = (id: string): string => `${prefix}${id}`;
  return {
    data,
    language,
    words: language.page,
    format: { language, currency },
    languages: all,
    anchor,
    drawings,
  };
}
