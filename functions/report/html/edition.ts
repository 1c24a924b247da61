import type { Language } from '../../lake/catalogue/kpi.ts';
import type { MailData } from '../content/mail-data.ts';
import type { FormatOptions } from '../format.ts';
import type { Drawings } from './drawings.ts';
import type { Sheet } from './sheet.ts';
import { type ReportWords, reportWords } from './words.ts';

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
  readonly words: ReportWords;
  readonly format: FormatOptions;
  /** The edition's form of an anchor: ids must differ between the languages of one page. */
  readonly anchor: (id: string) => string;
  readonly drawings: Drawings;
}

/** The edition of the page's own language has plain anchors: links from mails end there. */
export function editionOf(
  data: ReportData,
  drawings: Drawings,
  language: Language,
  first: Language,
): Edition {
  const prefix = language === first ? '' : `${language}-`;
  const { currency } = data.mail.company.company;
  const anchor = (id: string): string => `${prefix}${id}`;
  return { data, language, words: reportWords[language], format: { language, currency }, anchor, drawings };
}
