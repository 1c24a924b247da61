import type { Check } from '../lake/catalogue/check.ts';
import { failedFor } from '../lake/landing/batch.ts';
import { type Reference, TARGETS_TABLE } from '../lake/tables/tables.ts';
import { addDays } from '../lake/values/day.ts';
import { sqlText } from '../lake/values/sql-text.ts';
import { batchTotals } from './batch-totals.ts';
import type { CheckContext } from './context.ts';
import { type FeedExpectation, sameWeekdays } from './expectations.ts';
import {
  batchesRelation,
  dateValue,
  farRows,
  keyedRows,
  kpiDimensionsRelation,
  literalRelation,
  type Relation,
  recordedRelation,
  rowKey,
  textValue,
} from './relations.ts';

/** One thing a check is run on. */
export interface Subject {
  readonly table: string | null;
  readonly source: string | null;
  readonly relations: readonly Relation[];
  /** Words for the message's placeholders. */
  readonly words: Readonly<Record<string, string>>;
  /** Of what kind the columns are that are not the same for each subject; absent: all are. */
  readonly alike?: string;
}

const WEEKS_COMPARED = 8;

/** Everything a check is run on: none where what it needs is not there. */
export function subjectsOf(check: Check, context: CheckContext): Subject[] {
  switch (check.for_each) {
    case 'feed':
      return context.feeds
        .filter((feed) => feed.expectedOn !== null && !hasFailed(context, feed))
        .map((feed) => feedSubject(check, context, feed));
    case 'table':
      return fedTables(context).map((table) =>
        subject(table, null, [
          {
            name: 'lake_rows',
            select: keyedRows(context, context.tables.table(table), { history: check.history, ahead: true }),
          },
          { name: 'far_rows', select: farRows(context, context.tables.table(table)) },
        ]),
      );
    case 'money':
      return fedTables(context).flatMap((table) => moneySubject(check, context, table));
    case 'reference':
      return referenceSubjects(check, context);
    case 'part':
      return fedTables(context).flatMap((table) => partSubject(check, context, table));
    case 'batch':
      return context.batches
        .filter((batch) => batch.files.length > 0)
        .map((batch) => subject(batch.table, batch.source, batchTotals(context, batch, check.sql)));
    case undefined:
      return runSubjects(check, context);
  }
}

const subject = (
  table: string | null,
  source: string | null,
  relations: readonly Relation[],
  words = {},
): Subject => ({
  table,
  source,
  relations,
  words: { ...(table === null ? {} : { table }), ...(source === null ? {} : { source }), ...words },
});

const fedTables = ({ fed, tables }: CheckContext): string[] => tables.names.filter((table) => fed.has(table));
const hasFailed = ({ pulls }: CheckContext, { source, table }: FeedExpectation): boolean =>
  pulls.some((pull) => pull.source === source && failedFor(pull, table));

function feedSubject(check: Check, context: CheckContext, feed: FeedExpectation): Subject {
  const table = context.tables.table(feed.table);
  const past =
    feed.expectedOn === null || table.businessDate === undefined
      ? []
      : sameWeekdays(context.company.company.closed, feed.expectedOn, WEEKS_COMPARED);
  return subject(feed.table, feed.source, [
    literalRelation(
      'feed',
      ['source', 'table_name', 'expected_on', 'delivered_on', 'blank_file'],
      [
        [
          sqlText(feed.source),
          sqlText(feed.table),
          dateValue(feed.expectedOn),
          dateValue(feed.deliveredOn),
          textValue(feed.blankFile),
        ],
      ],
      [],
    ),
    {
      name: 'feed_rows',
      select: keyedRows(context, table, {
        history: check.history,
        where: [`t._source = ${sqlText(feed.source)}`],
      }),
    },
    literalRelation(
      'same_weekdays',
      ['past_on'],
      past.map((day) => [dateValue(day)]),
      [dateValue(null)],
    ),
  ]);
}

/** `money_rows(…, currency, valued_on)`: rows with an amount, and the day whose rate converts them. */
function moneySubject(check: Check, context: CheckContext, name: string): Subject[] {
  const table = context.tables.table(name);
  const amounts = table.columns.filter((column) => column.currencyColumn !== undefined);
  const valuedOn = table.rateDate;
  const currency = amounts[0]?.currencyColumn;
  if (currency === undefined || valuedOn === undefined) return [];
  const anyAmount = `(${amounts.map((column) => `t.${column.name} IS NOT NULL`).join(' OR ')})`;
  const select = keyedRows(context, table, { history: check.history, where: [anyAmount] }, [
    `t.${currency} AS currency`,
    `t.${valuedOn} AS valued_on`,
  ]);
  return [subject(name, null, [{ name: 'money_rows', select }])];
}

function referenceSubjects(check: Check, context: CheckContext): Subject[] {
  const between = context.tables.references.filter(
    ({ table, to }) => context.fed.has(table) && context.fed.has(to),
  );
  return between.map((reference) => referenceSubject(check, context, reference));
}

function referenceSubject(
  { history }: Check,
  context: CheckContext,
  { table: name, column, to, toColumn, part }: Reference,
): Subject {
  const table = context.tables.table(name);
  const facts = literalRelation(
    'reference',
    ['column_name', 'referred_table', 'is_part'],
    [[sqlText(column), sqlText(to), String(part)]],
    [],
  );
  const where = [`t.${column} IS NOT NULL`];
  const referring = keyedRows(context, table, { history, where }, [`t.${column} AS referred_key`]);
  const referred = `SELECT DISTINCT t.${toColumn} AS referred_key FROM ${context.dialect.table(to)} AS t`;
  const relations = [facts, { name: 'referring', select: referring }, { name: 'referred', select: referred }];
  const kind = table.columns.find((each) => each.name === column)?.kind;
  return {
    ...subject(name, null, relations, { column, referred: to }),
    ...(kind === undefined ? {} : { alike: kind }),
  };
}

/** `part_rows(row_key, source, own_date, whole_date, amount, currency)`: rows whose whole is there. */
function partSubject({ history }: Check, context: CheckContext, name: string): Subject[] {
  const table = context.tables.table(name);
  const { inherits } = table;
  if (!inherits || !context.fed.has(inherits.from)) return [];
  const { column, from, by } = inherits;
  const amount = table.columns.find((each) => each.currencyColumn !== undefined);
  const dates = [`t.${column}`, `w.${column}`];
  const within = [
    dates.map((date) => `${date} <= DATE '${context.asOf}'`),
    history === 'all' ? [] : dates.map((date) => `${date} >= DATE '${addDays(context.asOf, -history)}'`),
  ];
  const where = within.filter((either) => either.length > 0).map((either) => `(${either.join(' OR ')})`);
  const select = `SELECT ${rowKey(table)} AS row_key, t._source AS source, ${dates[0]} AS own_date, ${dates[1]} AS whole_date,
    ${amount === undefined ? 'CAST(NULL AS decimal(18,4))' : `t.${amount.name}`} AS amount, ${amount === undefined ? "''" : `t.${amount.currencyColumn}`} AS currency
    FROM ${context.dialect.table(name)} AS t JOIN ${context.dialect.table(from)} AS w ON w.${by} = t.${by}
    WHERE ${where.join(' AND ')}`;
  return [subject(name, null, [{ name: 'part_rows', select }], { column, referred: from })];
}

function runSubjects(check: Check, context: CheckContext): Subject[] {
  const about = check.about ?? null;
  const kpi = check.compares_kpi;
  if (about !== null && !context.fed.has(about)) return [];
  if (about === TARGETS_TABLE)
    return context.catalogue.length === 0 ? [] : [subject(about, null, [kpiDimensionsRelation(context)])];
  if (kpi === undefined) return [subject(about, null, [batchesRelation(context)])];
  if (!context.recorded.some((row) => row.kpi === kpi)) return [];
  return [subject(about, null, [batchesRelation(context), recordedRelation(context, kpi)], { kpi })];
}
