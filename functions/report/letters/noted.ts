import { type BusinessEvent, touches } from '../../lake/alerts/events.ts';
import type { ComparisonName, Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { spanOf } from '../../lake/company/calendar.ts';
import type { Member } from '../../lake/company/members.ts';
import { saidIn } from '../../lake/values/language.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { Day } from '../model/day.ts';
import { memberSaid } from './names.ts';

/** Events named at once; the site has all of them. */
const MOST = 3;
const LONGEST = 120;

type Noting = Pick<Day, 'company' | 'asOf' | 'events' | 'kpis' | 'labels'>;

/** A figure that events are told beside. */
export interface NotedFigure {
  readonly kpi: Kpi;
  readonly period: PeriodName;
  /** The window that it is compared with, whose events explain as much. */
  readonly against?: ComparisonName | undefined;
  /** Its member; null: the total. */
  readonly member: Member | null;
}

/** `Noted: promotion “Black week” (20 Nov to 27 Nov).`: what happened in a figure's window, or the one it is compared with; null where nothing. */
export function notedBeside(data: Noting, figure: NotedFigure, language: Language): string | null {
  return noted(data, eventsBeside(data, figure), language);
}

/** Of them, those that name the figure: what concerns all is said once, at the top. */
export function notedOfFigure(data: Noting, figure: NotedFigure, language: Language): string | null {
  return noted(
    data,
    eventsBeside(data, figure).filter(({ kpi }) => kpi !== null),
    language,
  );
}

/** What is going on that concerns every figure of the day. */
export const notedOfDay = (data: Noting, language: Language): string | null =>
  noted(
    data,
    data.events.filter(
      (event) =>
        event.kpi === null && event.member === null && touches(event, { from: data.asOf, to: data.asOf }),
    ),
    language,
  );

function eventsBeside({ company, asOf, events }: Noting, figure: NotedFigure): BusinessEvent[] {
  const windows = (['current', figure.against] as const)
    .filter((comparison) => comparison !== undefined)
    .map((comparison) => spanOf(company.company, asOf, figure.period, comparison));
  return events.filter(
    (event) =>
      concerns(event, figure.kpi, figure.member) &&
      windows.some(({ startsOn, endsOn }) => touches(event, { from: startsOn, to: endsOn })),
  );
}

/** Whether an event is about a KPI's figure: of a member, those of everybody and its own; of the total, those of members too. */
export const concerns = (
  event: Pick<BusinessEvent, 'kpi' | 'dimension' | 'member'>,
  kpi: Pick<Kpi, 'id' | 'dimensions'>,
  member: Member | null,
): boolean => {
  if (event.kpi !== null && event.kpi !== kpi.id) return false;
  if (event.dimension === null) return true;
  if (!Object.hasOwn(kpi.dimensions, event.dimension)) return false;
  return member === null || (member.dimension === event.dimension && member.member === event.member);
};

/** Newest first. */
function noted(data: Noting, events: readonly BusinessEvent[], language: Language): string | null {
  if (events.length === 0) return null;
  const { events: words, writing } = language;
  const newest = events.toReversed();
  const named = newest.slice(0, MOST).map((event) => eventText(data, event, language));
  const more = newest.length > MOST ? [words.more(newest.length - MOST)] : [];
  return words.noted([...named, ...more].join(`${writing.semicolon} `));
}

/** `promotion “Black week”, region Nord (20 Nov to 27 Nov)`, in one line whatever somebody wrote. */
export function eventText(data: Noting, event: BusinessEvent, language: Language): string {
  const { events: words } = language;
  return words.event(
    event.kind === 'other' ? null : words.kinds[event.kind],
    saidOf(event, language),
    whoseOf(data, event, language),
    eventDays(data.asOf, event, language),
  );
}

/** Its text, and whom it concerns. */
export function eventName(
  data: Pick<Day, 'kpis' | 'labels'>,
  event: BusinessEvent,
  language: Language,
): string {
  return `${saidOf(event, language)}${whoseOf(data, event, language)}`;
}

const saidOf = ({ text }: BusinessEvent, language: Language): string =>
  oneLine(saidIn(text, language), LONGEST);

function whoseOf(
  data: Pick<Day, 'kpis' | 'labels'>,
  { dimension, member }: BusinessEvent,
  language: Language,
): string {
  if (dimension === null || member === null) return '';
  return `, ${language.writing.inSentence(memberSaid(data, { dimension, member }, language))}`;
}

/** Its days, with the year where that is another one than the day's. */
export function eventDays(
  asOf: string,
  { from, to }: Pick<BusinessEvent, 'from' | 'to'>,
  language: Language,
): string {
  const year = asOf.slice(0, 4);
  const style = from.startsWith(year) && to.startsWith(year) ? 'short' : 'long';
  return language.events.span(formatDate(from, language, style), formatDate(to, language, style));
}
