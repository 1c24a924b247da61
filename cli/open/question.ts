import { type Kpi, type PeriodName, periodNames } from '../../functions/lake/catalogue/kpi.ts';
import { isDay } from '../../functions/lake/values/day.ts';
import type { MemberOf } from '../../functions/measure/cut/cut-kpi.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { refuseUnknown } from '../values/value-rows.ts';

/** What is shown of a KPI: its figures, why they moved, the rows behind them, the SQL. */
export const views = ['figures', 'why', 'rows', 'sql'] as const;
export type ViewName = (typeof views)[number];

/** A question about one KPI on one day. All of it is in its address, so that back, reload and bookmarks work. */
export interface Question {
  readonly kpi: Kpi;
  readonly asOf: string;
  readonly view: ViewName;
  readonly period: PeriodName;
  /** None, one or two dimensions. */
  readonly by: readonly string[];
  /** Only rows of all of these. */
  readonly where: readonly MemberOf[];
  /** A day or an instant: the figures as they were known then. */
  readonly knownAt: string | undefined;
  readonly against: 'previous' | 'last_year';
  /** Of rows: which table, and from which on. */
  readonly table: string | undefined;
  readonly from: number;
}

const MOST_MEMBERS = 4;
const FIELDS = ['period', 'by', 'cross', 'where', 'known', 'against', 'table', 'from', 'lang'] as const;

/** Reads an address such as `?period=mtd&by=region&where=brand:Nordwind`. Throws what is wrong with it, with what is allowed. */
export function readQuestion(kpi: Kpi, asOf: string, view: ViewName, query: URLSearchParams): Question {
  for (const field of query.keys())
    if (!(FIELDS as readonly string[]).includes(field))
      throw usage(`An address has no field \`${field}\`.`, `It has ${FIELDS.join(', ')}.`);
  const text = (field: (typeof FIELDS)[number]): string | undefined => query.get(field)?.trim() || undefined;
  const period = text('period');
  if (period !== undefined && !isPeriod(period))
    throw usage(`There is no window \`${period}\`.`, `Windows are ${periodNames.join(', ')}.`);
  const by = [...new Set(['by', 'cross'].flatMap((field) => text(field as 'by') ?? []))];
  const where = query
    .getAll('where')
    .filter((each) => each.trim() !== '')
    .map(readMember);
  refuseUnknown(kpi, { period });
  for (const dimension of [...by, ...where.map((each) => each.dimension)]) refuseUnknown(kpi, { dimension });
  if (where.length > MOST_MEMBERS)
    throw usage(`${where.length} members at once are too many.`, `Choose at most ${MOST_MEMBERS}.`);
  const against = text('against') ?? 'previous';
  if (against !== 'previous' && against !== 'last_year')
    throw usage(
      `There is nothing called \`${against}\` to compare with.`,
      'Compare with previous or last_year.',
    );
  const knownAt = text('known');
  if (knownAt !== undefined && (!isDay(knownAt.slice(0, 10)) || Number.isNaN(Date.parse(knownAt))))
    throw usage(
      `\`${knownAt}\` is no day.`,
      'Write a day as 2026-11-21, or an instant as 2026-11-21T07:00:00Z.',
    );
  const from = Number(text('from') ?? 0);
  if (!Number.isSafeInteger(from) || from < 0)
    throw usage(`\`${text('from')}\` is no place of a row.`, 'Count from 0.');
  const rest = { where: distinct(where), knownAt, against, table: text('table'), from } as const;
  return { kpi, asOf, view, period: period ?? kpi.headline, by, ...rest };
}

/** `brand:Nordwind`; a member may hold anything, a colon too. */
function readMember(text: string): MemberOf {
  const [, dimension, member] = /^\s*([a-z_]+)\s*:\s?(.*)$/su.exec(text) ?? [];
  if (dimension === undefined || member === undefined || member === '')
    throw usage(
      `\`${text.slice(0, 80)}\` names no member.`,
      'Write a dimension and its member: brand:Nordwind.',
    );
  return { dimension, member };
}

const distinct = (where: readonly MemberOf[]): MemberOf[] =>
  where.filter(
    (one, at) =>
      at === where.findIndex((two) => one.dimension === two.dimension && one.member === two.member),
  );

const isPeriod = (text: string): text is PeriodName => (periodNames as readonly string[]).includes(text);

const usage = (message: string, hint: string): VigieError => new VigieError(message, { code: 'USAGE', hint });

/** The address of a question: what it leaves out is as the KPI has it. The same question has one address. */
export function addressOfQuestion(question: Question, file?: string): string {
  const { kpi, asOf, view, period, by, where, knownAt, against, table, from } = question;
  const query = new URLSearchParams();
  const add = (field: (typeof FIELDS)[number], value: string | undefined): void => {
    if (value !== undefined) query.append(field, value);
  };
  add('period', period === kpi.headline ? undefined : period);
  add('by', by[0]);
  add('cross', by[1]);
  for (const { dimension, member } of where) add('where', `${dimension}:${member}`);
  add('known', knownAt);
  add('against', against === 'previous' ? undefined : against);
  add('table', table);
  add('from', from === 0 ? undefined : String(from));
  const path = `/${asOf}/${kpi.id}${file !== undefined ? `/${file}` : view === 'figures' ? '' : `/${view}`}`;
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The same question with some of it changed; a page of rows begins anew. */
export const changed = (question: Question, change: Partial<Question>): Question => ({
  ...question,
  from: 0,
  ...change,
});
