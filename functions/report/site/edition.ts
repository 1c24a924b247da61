import type { Kpi } from '../../lake/catalogue/kpi.ts';
import type { Language, PageWords } from '../../languages/language.ts';
import type { FormatOptions } from '../../languages/numbers.ts';
import type { Day } from '../model/day.ts';
import { type Place, wayTo } from './address.ts';
import type { Drawings } from './drawings.ts';

/** One page of the site, before it is said in a language. */
export interface Sheet {
  readonly data: Day;
  readonly here: Place;
  /** The latest earlier day that has pages, and the KPIs that have one there; null before the first. */
  readonly before: EarlierDay | null;
  readonly drawings: Drawings;
  /** The language it opens in for who has chosen none. */
  readonly first: Language;
  readonly languages: readonly Language[];
  /** The KPIs of the contents, where the others of the day are not read; default: those of the day that have figures. */
  readonly listed?: readonly Kpi[];
  /** The day after, where it is known which: null where there is none yet. A page that is kept cannot know, and asks the calendar. */
  readonly next?: string | null;
  /** Addresses of places, where pages are no files beside one another. */
  readonly address?: (place: Place) => string;
}

export interface EarlierDay {
  readonly asOf: string;
  readonly kpis: ReadonlySet<string>;
}

/** A page in one of its languages. */
export interface Edition extends Sheet {
  readonly language: Language;
  readonly words: PageWords;
  readonly format: FormatOptions;
  /** The edition's form of an anchor: ids must differ between the languages of one page. */
  readonly anchor: (id: string) => string;
  /** The relative address of another place of the site. */
  readonly link: (place: Place) => string;
}

/** Before each id of an edition; the language that a page opens in has plain ones, which links from elsewhere name. */
export const prefixOf = (sheet: Sheet, language: Language): string =>
  language.tag === sheet.first.tag ? '' : `${language.tag}-`;

export function editionOf(sheet: Sheet, language: Language): Edition {
  const { data, here } = sheet;
  const prefix = prefixOf(sheet, language);
  return {
    ...sheet,
    ...{ language, words: language.page },
    format: { language, currency: data.company.company.currency },
    anchor: (id) => `${prefix}${id}`,
    link: sheet.address ?? ((place) => wayTo(here, place)),
  };
}

/** The address of a KPI's page of the day. */
export const kpiLink = ({ link, data }: Edition, kpi: string): string => link({ asOf: data.asOf, kpi });
