import { type Period, periodColumns } from '../lake/catalogue/periods.ts';
import type { Company } from '../lake/company/company.ts';
import type { TableDefinition } from '../lake/tables/table.ts';
import { RATES_TABLE } from '../lake/tables/tables.ts';
import { addDays, addMonths, daysBetween, weekdayOf } from '../lake/values/day.ts';
import type { Dialect } from '../platform/engine.ts';
import { type DateRange, inRanges, neededRanges } from './date-ranges.ts';

type Closed = Company['company']['closed'];

/** Days for which a rate goes on when no newer one came: over a weekend, a holiday. */
export const RATE_CARRY_DAYS = 7;
/** The relation of rates by currency and day; an author never sees its name. */
const RATES = 'vigie_rates';

/**
 * The relation `periods`. A year's back-fill has 7,665 rows in it: text that one CAST a column makes dates of is parsed
 * in half the time that DATE literals take, and the earlier windows are left out of a KPI that does not look at them.
 */
export function periodsRelation(periods: readonly Period[], prior: boolean): string {
  const names = periodColumns.filter((name) => prior || !name.startsWith('prior_'));
  const rows = periods.map((p) => {
    const dates = [p.startsOn, p.endsOn, ...(prior ? [p.priorStartsOn, p.priorEndsOn] : [])];
    return `('${[p.asOf, p.period, p.comparison, ...dates].join("', '")}')`;
  });
  const columns = names.map((name) =>
    name === 'period' || name === 'comparison' ? name : `CAST(${name} AS date) AS ${name}`,
  );
  return `periods AS (SELECT ${columns.join(', ')} FROM (VALUES\n${rows.join(',\n')}\n) AS p (${names.join(', ')}))`;
}

/** Numbers from 0 to 399: more than the days of any window. */
const DIGITS = Array.from({ length: 20 }, (_, digit) => `(${digit})`).join(', ');
const NUMBERS = `(SELECT low.n + 20 * high.n AS n FROM (VALUES ${DIGITS}) AS low (n) CROSS JOIN (VALUES ${DIGITS}) AS high (n))`;

/** Years around the windows that `calendar_days` knows: plans reach beyond the windows that they are due in. */
const PLANNED_YEARS = 5;

/**
 * The relation `calendar_days`: every day five years around the windows, and whether the company trades on it (1 or 0); and
 * `trading_days`, those on which it does. Weeks by weekdays: little text, one join.
 */
export function calendarDaysRelations(periods: readonly Period[], closed: Closed): string {
  const ends = periods.flatMap(({ startsOn, endsOn }) => [startsOn, endsOn]).sort();
  const first = addMonths(ends[0] as string, -12 * PLANNED_YEARS);
  const last = addMonths(ends.at(-1) as string, 12 * PLANNED_YEARS);
  const weeks = Array.from(
    { length: Math.ceil((daysBetween(first, last) + 1) / 7) },
    (_, at) => `(${7 * at})`,
  );
  const weekdays = [0, 1, 2, 3, 4, 5, 6].map(
    (at) => `(${at}, ${closed.weekdays.includes(weekdayOf(addDays(first, at))) ? 0 : 1})`,
  );
  const shut = closed.days.filter((day) => day >= first && day <= last).map((day) => `DATE '${day}'`);
  const trades =
    shut.length === 0 ? 'trades' : `CASE WHEN day IN (${shut.join(', ')}) THEN 0 ELSE trades END`;
  return `calendar_days AS (
SELECT day, ${trades} AS trades
FROM (
SELECT CAST(DATE '${first}' + (week.n + weekday.n) * INTERVAL '1' DAY AS date) AS day, weekday.trades
FROM (VALUES ${weeks.join(', ')}) AS week (n) CROSS JOIN (VALUES ${weekdays.join(', ')}) AS weekday (n, trades)
) days),
trading_days AS (SELECT day FROM calendar_days WHERE trades = 1)`;
}

/**
 * The relation `window_days`: each day of a window with the span around it in which no window starts or ends. One as-of
 * date has some forty spans: far fewer rows than by day, where every customer buys on days of their own.
 */
export function windowDaysRelation(periods: readonly Period[]): string {
  const rows = spansOf(periods).map(({ from, to }) => `('${from}', '${to}', ${daysBetween(from, to) + 1})`);
  return `window_days AS (
SELECT CAST(s.first_on + n.n * INTERVAL '1' DAY AS date) AS day, s.first_on AS span_starts_on, s.last_on AS span_ends_on
FROM (SELECT CAST(first_on AS date) AS first_on, CAST(last_on AS date) AS last_on, days FROM (VALUES
${rows.join(',\n')}
) AS v (first_on, last_on, days)) s
JOIN ${NUMBERS} n ON n.n < s.days)`;
}

/** The stretches of days that the windows' first and last days cut their time into, ascending; none outside all windows. */
function spansOf(periods: readonly Period[]): { from: string; to: string }[] {
  const covered = neededRanges(periods, { history: 0, ahead: 0, prior: false });
  const firsts = [
    ...new Set(periods.flatMap(({ startsOn, endsOn }) => [startsOn, addDays(endsOn, 1)])),
  ].sort();
  return firsts.flatMap((from, index) => {
    const next = firsts[index + 1];
    const inside = covered.some((range) => (range.from ?? from) <= from && from <= (range.to ?? from));
    return next === undefined || !inside ? [] : [{ from, to: addDays(next, -1) }];
  });
}

/** A lake table under its own name: cut to the ranges (when it has a business date), money in the reporting currency. */
export function tableRelation(
  dialect: Dialect,
  table: TableDefinition,
  ranges: readonly DateRange[],
  currency: string,
): string {
  const { name, rateDate } = table;
  const money = table.columns.find((column) => column.currencyColumn !== undefined);
  const columns = table.columns.map(({ name: column, currencyColumn }) =>
    currencyColumn === undefined
      ? `t.${column}`
      : `${converted(column, currencyColumn, currency)} AS ${column}`,
  );
  const rates =
    money === undefined
      ? ''
      : ` LEFT JOIN ${RATES} r ON r.currency = t.${money.currencyColumn} AND r.valid_on = t.${rateDate}`;
  const where = whereIn(table.businessDate === undefined ? undefined : `t.${table.businessDate}`, ranges);
  return `${name} AS (SELECT ${columns.join(', ')} FROM ${dialect.table(name)} t${rates}${where})`;
}

/**
 * Rounded to 4 decimals like every amount of the lake, so that the column keeps its type; NULL where there is no rate.
 * DuckDB multiplies two decimals of 18 digits in 64 bits, where a line of ten million overflows: hence a wider one. It
 * rounds in a third of the time in which it casts to fewer decimals; both round half away from zero.
 */
const converted = (column: string, currencyColumn: string, currency: string): string =>
  `CASE WHEN t.${currencyColumn} = '${currency}' THEN t.${column} ELSE CAST(round(CAST(t.${column} AS decimal(24,4)) * r.rate, 4) AS decimal(18,4)) END`;

/**
 * The rate of each currency and day: that day's, or the newest of the 7 days before. Each rate is copied to the days
 * it may be carried to, so that amounts join on equality: a join over a range of dates is slow at ten million lines. By
 * UNNEST: VALUES would be a stage of its own on Trino, in each table with money, each time that the table is read.
 */
export function ratesRelation(dialect: Dialect, ranges: readonly DateRange[]): string {
  const carry = Array.from({ length: RATE_CARRY_DAYS + 1 }, (_, days) => `INTERVAL '${days}' DAY`);
  const rates = `SELECT currency, rated_on, rate FROM ${dialect.table(RATES_TABLE)} t${whereIn('rated_on', [withCarry(ranges)])}`;
  const carried = `SELECT currency, CAST(rated_on + carry AS date) AS valid_on, rated_on, rate FROM (${rates}) r CROSS JOIN UNNEST(ARRAY[${carry.join(', ')}]) AS c (carry)`;
  return `${RATES} AS (SELECT currency, valid_on, max_by(rate, rated_on) AS rate FROM (${carried}) s GROUP BY currency, valid_on)`;
}

/** From the first date to the last: there are few rates, so gaps need not be left out. */
function withCarry(ranges: readonly DateRange[]): DateRange {
  const starts = ranges.map((range) => range.from);
  const ends = ranges.map((range) => range.to);
  const first = starts.includes(null) ? null : (starts.toSorted()[0] ?? null);
  return {
    from: first === null ? null : addDays(first, -RATE_CARRY_DAYS),
    to: ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null),
  };
}

/** ` WHERE …`; empty where nothing bounds the column, or there is no column to bound. */
function whereIn(column: string | undefined, ranges: readonly DateRange[]): string {
  const condition = column === undefined ? undefined : inRanges(column, ranges);
  return condition === undefined ? '' : ` WHERE ${condition}`;
}
