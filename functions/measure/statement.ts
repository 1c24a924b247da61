import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import { type CubeQuantity, OWN_ROWS } from '../lake/catalogue/cube.ts';
import type { Kpi, PeriodName } from '../lake/catalogue/kpi.ts';
import { LIMITS, type List } from '../lake/catalogue/list.ts';
import type { Period } from '../lake/catalogue/periods.ts';
import { allReads } from '../lake/catalogue/relations-read.ts';
import type { View } from '../lake/catalogue/view.ts';
import { type CalendarOptions, periodsFor } from '../lake/company/calendar.ts';
import { moneyColumns, type TableDefinition } from '../lake/tables/table.ts';
import type { Dialect } from '../platform/engine.ts';
import { VigieError } from '../platform/errors.ts';
import { comparable } from './coverage.ts';
import { type Counted, cubeNeeds, cubeStatement, KEYS, partInWindows } from './cube/cube-statement.ts';
import { moves, movesFrom } from './cube/moves.ts';
import type { Part } from './cube/parts.ts';
import { keptMovesInWindows } from './cube/top.ts';
import { type DateRange, neededRanges } from './date-ranges.ts';
import {
  calendarDaysRelations,
  periodsRelation,
  ratesRelation,
  tableRelation,
  windowDaysRelation,
} from './relations.ts';

/** Where a part of a statement comes from: to lead an engine's complaint back to the author's line. */
export interface Segment {
  readonly file: string;
  /** Line of the file on which the part begins. */
  readonly fileLine: number;
  /** Line of the statement on which it begins, and how many it has. */
  readonly statementLine: number;
  readonly lines: number;
}

/** A KPI compiled for some as-of dates. */
export interface KpiStatement {
  readonly sql: string;
  readonly asOfs: readonly string[];
  readonly segments: readonly Segment[];
}

export interface StatementInput {
  readonly dialect: Dialect;
  readonly catalogue: Catalogue;
  readonly kpi: Kpi;
  /** Ascending. */
  readonly asOfs: readonly string[];
  readonly company: CalendarOptions & { readonly currency: string };
  /** Windows the company left out. */
  readonly windowsOff?: readonly PeriodName[];
  /** First day that the KPI's tables know of: an earlier window that begins before it would compare with half the data. */
  readonly dataFrom?: string | null;
  /** What is kept already of what the KPI counts. */
  readonly counted?: Counted;
  /** Where the rows of some views are kept for just these periods: a relation by the view's name. */
  readonly keptViews?: ReadonlyMap<string, string>;
  /** No earlier windows: of a forecast, for it is compared with nothing. */
  readonly currentOnly?: boolean;
}

/** What a statement reads, and the relations that it names. */
interface Needs {
  readonly reads: Kpi['reads'];
  readonly views: readonly View[];
  readonly windowDays: boolean;
  readonly calendarDays: boolean;
  readonly prior: boolean;
}

type Facts = Pick<StatementInput, 'dialect' | 'catalogue' | 'company'>;

/** The windows a company sees of a KPI. */
export const windowsOf = (kpi: Kpi, windowsOff: readonly PeriodName[] = []): PeriodName[] =>
  kpi.windows.filter((window) => !windowsOff.includes(window));

/**
 * One statement for all the days; more only where the engine takes no statement of that length; none without windows.
 * Throws what is wrong with the KPI's file, where it cannot be computed.
 */
export function kpiStatements(input: StatementInput): KpiStatement[] {
  if (input.kpi.problem) throw input.kpi.problem;
  const periods = periodsOf(input);
  if (periods.length === 0) return [];
  const statement = compile(input, periods);
  const bytes = Buffer.byteLength(statement.sql);
  if (bytes <= input.dialect.maxStatementBytes) return [statement];
  if (input.asOfs.length === 1) throw tooLong(input, bytes);
  const half = Math.ceil(input.asOfs.length / 2);
  return [input.asOfs.slice(0, half), input.asOfs.slice(half)].flatMap((asOfs) =>
    // What is kept is kept for all the days.
    kpiStatements({ ...input, asOfs, keptViews: new Map() }),
  );
}

const tooLong = ({ kpi, dialect }: StatementInput, bytes: number): VigieError =>
  new VigieError(
    `${kpi.file}: its statement for one day has ${bytes} bytes; ${dialect.name} takes ${dialect.maxStatementBytes}`,
    {
      code: 'STATEMENT_TOO_LONG',
      hint: 'Shorten the SELECT or its views.',
      where: { file: kpi.file, line: kpi.sqlLine },
    },
  );

/** Around a SELECT that returns figures. */
const AS_RETURNED = {
  before: '\nSELECT * FROM (\n',
  after: '\n) AS figures\nORDER BY as_of, period, comparison, dimension, member',
} as const;

/** The windows to measure; none where even the current ones cannot be compared with what they are set against. */
function periodsOf(input: StatementInput): readonly Period[] {
  const all = periodsFor(input.company, input.asOfs, windowsOf(input.kpi, input.windowsOff));
  const currentOnly = input.currentOnly ?? input.kpi.forecasts ?? false;
  const every = currentOnly ? all.filter(({ comparison }) => comparison === 'current') : all;
  return comparable(every, looksAtPrior(input), input.dataFrom ?? null, input.company.closed);
}

function compile(input: StatementInput, periods: readonly Period[]): KpiStatement {
  const { kpi } = input;
  const needs = {
    reads: kpi.reads,
    views: neededViews(input),
    windowDays: needsWindowDays(input),
    calendarDays: names(input, CALENDAR_DAYS),
    prior: looksAtPrior(input),
  };
  const text = begin(input, needs, periods, input.keptViews);
  const cube = kpi.cube && cubeStatement(kpi.cube, input.counted, bySpans(input));
  if (cube?.figures && kpi.sql !== '') text.addRelation(OWN_ROWS, kpi);
  for (const { name, select } of [...(kpi.cube?.cutRows ?? []), ...(cube?.relations ?? [])])
    text.add(`,\n${name} AS (${select}\n)`);
  if (cube?.figures) text.add(cube.figures);
  else {
    text.add(AS_RETURNED.before);
    text.addFrom(kpi.file, kpi.sqlLine, kpi.sql);
    text.add(AS_RETURNED.after);
  }
  return { sql: text.sql, asOfs: input.asOfs, segments: text.segments };
}

/** What a kept view reads itself nobody asks for. */
const neededViews = ({ kpi, catalogue, keptViews }: StatementInput): View[] => [
  ...new Set(
    kpi.views.flatMap((name) => {
      const views = catalogue.viewsOf({ views: [name] });
      return keptViews?.has(name) ? views.slice(-1) : views;
    }),
  ),
];

/** The relations that every SELECT sees. */
function begin(
  facts: Facts,
  needs: Needs,
  periods: readonly Period[],
  keptViews?: ReadonlyMap<string, string>,
): StatementText {
  const text = new StatementText();
  const relations = [
    periodsRelation(periods, needs.prior),
    ...(needs.windowDays ? [windowDaysRelation(periods)] : []),
    ...(needs.calendarDays ? [calendarDaysRelations(periods, facts.company.closed)] : []),
    ...tableRelations(facts, needs, periods),
  ];
  text.add(`WITH ${relations.join(',\n')}`);
  for (const view of needs.views) {
    const kept = keptViews?.get(view.name);
    if (kept === undefined) text.addRelation(view.name, view, plannedApart(facts.dialect, view));
    else text.add(`,\n${view.name} AS (SELECT * FROM ${kept})`);
  }
  return text;
}

/** Trino plans a nest as it is, and has no word for it. */
const plannedApart = ({ name }: Dialect, view: View): string =>
  view.plannedApart && name === 'duckdb' ? 'MATERIALIZED ' : '';

/** A SELECT of a view's rows alone, in the periods of a KPI that reads it; null where it has none. */
export function viewStatement(input: StatementInput, view: string): string | null {
  const periods = periodsOf(input);
  if (periods.length === 0) return null;
  const views = input.catalogue.viewsOf({ views: [view] });
  const says = (word: RegExp): boolean => views.some(({ sql }) => word.test(sql));
  const needs = {
    reads: allReads(views.map(({ reads }) => reads)),
    views,
    windowDays: says(WINDOW_DAYS),
    calendarDays: says(CALENDAR_DAYS),
    prior: says(PRIOR),
  };
  const text = begin(input, needs, periods);
  text.add(`\nSELECT * FROM ${view}`);
  return text.sql;
}

/** A SELECT of a part alone, by windows and members, for days ascending: what several KPIs take their figures from. */
export function partStatement(
  facts: PartFacts,
  part: Part,
  windows: readonly PeriodName[],
  moved?: { readonly relation: string; readonly keptAs: (quantity: CubeQuantity) => string },
): string {
  const text = beginPart(facts, part, windows, moved === undefined);
  const counted =
    moved === undefined
      ? partInWindows(part, bySpans(facts))
      : keptMovesInWindows(part, movesFrom(moved.relation, part, moved.keptAs), facts);
  const columns = part.quantities.map(({ name }) => name).join(', ');
  text.add(`,\ncounted AS (${counted}\n)\nSELECT ${KEYS}, ${columns}\nFROM counted`);
  return text.sql;
}

/** A SELECT of what several parts add up, by spans of days and keys, and in total by day: their rows, read once. */
export function movesStatement(facts: PartFacts, part: Part, windows: readonly PeriodName[]): string {
  const text = beginPart(facts, part, windows, true);
  text.add(`\n${moves(part, true)}`);
  return text.sql;
}

type PartFacts = Facts & Pick<StatementInput, 'asOfs'>;

function beginPart(
  { asOfs, ...facts }: PartFacts,
  part: Part,
  windows: readonly PeriodName[],
  fromRows: boolean,
): StatementText {
  const periods = periodsFor(facts.company, asOfs, windows);
  const views = fromRows ? facts.catalogue.viewsOf({ views: [part.rows] }) : [];
  const lookups = part.dimensions.flatMap(({ inRows, from }) =>
    inRows || from === null ? [] : [{ [from.table]: null }],
  );
  const says = (word: RegExp): boolean => views.some(({ sql }) => word.test(sql));
  const own = cubeNeeds({ quantities: part.quantities, gives: 'figures' }, bySpans({ ...facts, asOfs }));
  const needs = {
    reads: allReads([...views.map((view) => view.reads), ...lookups]),
    views,
    windowDays: fromRows && (part.kind === 'top' || own.windowDays || says(WINDOW_DAYS)),
    calendarDays: says(CALENDAR_DAYS),
    prior: own.prior || says(PRIOR),
  };
  return begin(facts, needs, periods);
}

/** A list of a day: its SELECT sees the tables and views that it reads, `periods` with its current windows, and `limits`. */
export function listStatement(
  facts: Facts,
  list: Pick<List, 'file' | 'sql' | 'sqlLine' | 'windows' | 'reads' | 'views'>,
  { asOf, rows, at_least: least }: { readonly asOf: string } & Pick<List, 'rows' | 'at_least'>,
): string {
  const every = periodsFor(facts.company, [asOf], list.windows);
  const periods = every.filter(({ comparison }) => comparison === 'current');
  const { reads, views } = list;
  const says = (word: RegExp): boolean => [list, ...views].some(({ sql }) => word.test(sql));
  const needs = { windowDays: says(WINDOW_DAYS), calendarDays: says(CALENDAR_DAYS), prior: says(PRIOR) };
  const text = begin(facts, { reads, views, ...needs }, periods);
  text.add(
    `,\n${LIMITS} AS (SELECT ${rows} AS most_rows, CAST('${least}' AS decimal(18,4)) AS least_weight)\nSELECT * FROM (\n`,
  );
  text.addFrom(list.file, list.sqlLine, list.sql);
  text.add('\n) AS entries');
  return text.sql;
}

/** A view or SELECT that never says `prior_…` needs no earlier window: half the dates to read. */
const looksAtPrior = (input: StatementInput): boolean =>
  (input.kpi.cube !== null && cubeNeeds(input.kpi.cube).prior) || names(input, PRIOR);

const needsWindowDays = (input: StatementInput): boolean =>
  (input.kpi.cube !== null && cubeNeeds(input.kpi.cube, bySpans(input)).windowDays) ||
  names(input, WINDOW_DAYS);

/**
 * Whether sums are added up by spans first. A single as-of date has some twenty of them where there are two years of days: what
 * windows are made of is that much less. DuckDB looks them up for nothing; Trino would plan three stages more for each part.
 */
const bySpans = ({ dialect, asOfs }: Pick<StatementInput, 'dialect' | 'asOfs'>): boolean =>
  dialect.name === 'duckdb' && asOfs.length === 1;

const PRIOR = /\bprior_(starts|ends)_on\b/i;
const WINDOW_DAYS = /\bwindow_days\b/i;
const CALENDAR_DAYS = /\b(calendar|trading)_days\b/i;

/** Whether the SELECT or a view of the KPI says a word. */
const names = ({ kpi, catalogue }: StatementInput, word: RegExp): boolean =>
  [kpi, ...catalogue.viewsOf(kpi)].some(({ sql }) => word.test(sql));

function tableRelations(
  { catalogue, dialect, company }: Facts,
  { prior, ...needs }: Pick<Needs, 'reads' | 'prior'>,
  periods: readonly Period[],
): string[] {
  const reads = Object.entries(needs.reads).map(([name, facts]) => {
    const table = catalogue.tables.table(name);
    const ranges = neededRanges(periods, { history: facts?.history ?? 0, ahead: facts?.ahead ?? 0, prior });
    return { table, ranges };
  });
  const withMoney = reads.filter(({ table }) => moneyColumns(table).length > 0);
  return [
    ...(withMoney.length === 0 ? [] : [ratesRelation(dialect, withMoney.flatMap(rateRanges))]),
    ...reads.map(({ table, ranges }) => tableRelation(dialect, table, ranges, company.currency)),
  ];
}

/** A table without a business date arrives whole, so it may need any rate. */
const rateRanges = ({ table, ranges }: { table: TableDefinition; ranges: DateRange[] }): DateRange[] =>
  table.businessDate === undefined ? [{ from: null, to: null }] : ranges;

/** Text that remembers which of its lines came from which file. */
class StatementText {
  sql = '';
  readonly segments: Segment[] = [];
  #line = 1;

  add(text: string): void {
    this.sql += text;
    this.#line += text.split('\n').length - 1;
  }

  /** A relation of WITH that an author wrote. */
  addRelation(name: string, { file, sqlLine, sql }: Pick<View, 'file' | 'sqlLine' | 'sql'>, hint = ''): void {
    this.add(`,\n${name} AS ${hint}(\n`);
    this.addFrom(file, sqlLine, sql);
    this.add('\n)');
  }

  addFrom(file: string, fileLine: number, text: string): void {
    this.segments.push({ file, fileLine, statementLine: this.#line, lines: text.split('\n').length });
    this.add(text);
  }
}
