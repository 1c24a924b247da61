import type { Language, PageWords } from '../../languages/language.ts';
import type { FormatOptions } from '../../languages/numbers.ts';
import type { Day } from '../model/day.ts';
import type { Drawings } from './drawings.ts';

/** One language of the page. */
export interface Edition {
  readonly data: Day;
  readonly language: Language;
  readonly words: PageWords;
  /** Every language of the page. */
  readonly languages: readonly Language[];
  readonly format: FormatOptions;
  /** The edition's form of an anchor: ids must differ between the languages of one page. */
  readonly anchor: (id: string) => string;
  readonly drawings: Drawings;
}

/** The edition of the language that the page opens in has plain anchors: links from mails end there. */
export function editionOf(
  data: Day,
  drawings: Drawings,
  language: Language,
  { first, languages }: { readonly first: Language; readonly languages: readonly Language[] },
): Edition {
  const prefix = language === first ? '' : `${language.tag}-`;
  const { currency } = data.company.company;
  const anchor = (id: string): string => `${prefix}${id}`;
  return {
    data,
    language,
    words: language.page,
    format: { language, currency },
    languages,
    anchor,
    drawings,
  };
}
