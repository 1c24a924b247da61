import type { FigureKind, Kpi, PeriodName } from '../lake/catalogue/kpi.ts';
import { type CalendarOptions, lastDayOf, spanOf } from '../lake/company/calendar.ts';
import { type GrowingColumns, textToScaled } from '../lake/snapshot/columns.ts';
import { TARGETS_TABLE } from '../lake/tables/tables.ts';
import { roundedQuotient } from '../lake/values/decimal.ts';
import { type Engine, queryRows } from '../platform/engine.ts';
import { type TradingDays, tradingDaysBetween } from './trading-days.ts';

/** A wanted value over a span of days, both ends included; exact, times 10^6. */
export interface TargetSpan {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly value: bigint;
}

/** The targets of one member; dimension and member null for the total. */
export interface MemberTargets {
  readonly dimension: string | null;
  readonly member: string | null;
  /** Ascending, not overlapping: where two spans hold a day, the one that began later has it. */
  readonly spans: readonly TargetSpan[];
}

/** A row of the table `targets`, as text. */
export interface TargetRow {
  readonly kpi: string;
  readonly dimension: string;
  readonly member: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly value: string;
}

/** The rows of the table `targets` for some KPIs, by one statement. */
export async function targetRows(engine: Engine, kpis: readonly Kpi[], label: string): Promise<TargetRow[]> {
  const ids = kpis.map(({ id }) => `'${id}'`).join(', ');
  const sql = `SELECT kpi, dimension, member, starts_on, ends_on, value FROM ${engine.dialect.table(TARGETS_TABLE)} WHERE kpi IN (${ids}) ORDER BY kpi, dimension, member, starts_on`;
  const text = (cell: unknown): string => String(cell);
  return (await queryRows(engine, sql, { label })).map((row) => ({
    kpi: text(row['kpi']),
    dimension: text(row['dimension']),
    member: text(row['member']),
    starts_on: text(row['starts_on']),
    ends_on: text(row['ends_on']),
    value: text(row['value']),
  }));
}

/** What the table `targets` wants of a KPI; dimensions the KPI does not have are left out. `known`: the rows of all KPIs. */
export async function readTargets(
  engine: Engine,
  kpi: Kpi,
  known?: readonly TargetRow[] | null,
): Promise<MemberTargets[]> {
  const rows =
    known?.filter((row) => row.kpi === kpi.id) ?? (await targetRows(engine, [kpi], `kpi ${kpi.id}: targets`));
  const byMember = new Map<
    string,
    { dimension: string | null; member: string | null; spans: TargetSpan[] }
  >();
  for (const { dimension: named, member: of, starts_on, ends_on, value } of rows) {
    const dimension = named === 'total' ? null : named;
    if (dimension !== null && !Object.hasOwn(kpi.dimensions, dimension)) continue;
    const member = dimension === null ? null : of;
    const key = JSON.stringify([dimension, member]);
    const entry = byMember.get(key) ?? { dimension, member, spans: [] };
    entry.spans.push({
      startsOn: starts_on,
      endsOn: ends_on,
      value: textToScaled(value) ?? 0n,
    });
    byMember.set(key, entry);
  }
  return [...byMember.values()];
}

/**
 * Adds the targets of an as-of date's windows to its figures: `target`, the part that is due by then, and `full_target`,
 * what is wanted of the whole month, quarter or year that a to-date window runs in.
 */
export function addTargets(
  kpi: Kpi,
  windows: readonly PeriodName[],
  options: CalendarOptions,
  asOf: string,
  targets: readonly MemberTargets[],
  figures: GrowingColumns,
): void {
  if (targets.length === 0) return;
  const days = tradingDaysBetween(options.closed);
  for (const period of windows) {
    const { startsOn } = spanOf(options, asOf, period, 'current');
    const ends = kpi.ratio ? null : lastDayOf(options, asOf, period);
    // A forecast is of the whole window, and so is what is wanted of it.
    const due = kpi.forecasts && ends !== null ? ends : asOf;
    for (const { dimension, member, spans } of targets) {
      const add = (kind: FigureKind, value: bigint | undefined): void => {
        if (value === undefined) return;
        figures.period.push(period);
        figures.comparison.push(kind);
        figures.dimension.push(dimension);
        figures.member.push(member);
        figures.numerator.push(value);
        figures.denominator.push(kpi.ratio ? 1_000_000n : null);
      };
      add('target', kpi.ratio ? onDay(spans, asOf) : prorated(spans, startsOn, due, days));
      if (ends !== null && !kpi.forecasts) add('full_target', prorated(spans, startsOn, ends, days));
    }
  }
}

/** The span that holds a day: of several, the one that began last (a month's within a year's). */
const spanOn = (spans: readonly TargetSpan[], date: string): TargetSpan | undefined =>
  spans.findLast((span) => span.startsOn <= date && span.endsOn >= date);

export const onDay = (spans: readonly TargetSpan[], date: string): bigint | undefined =>
  spanOn(spans, date)?.value;

/**
 * The part of the spans' values that falls on the trading days from one date to another: each span's value is spread
 * evenly over its trading days. None where a trading day has no target: half a target would look like a missed one.
 */
export function prorated(
  spans: readonly TargetSpan[],
  from: string,
  to: string,
  days: TradingDays,
): bigint | undefined {
  const counts = new Map<TargetSpan, number>();
  const wanted = days.list(from, to);
  for (const date of wanted) {
    const span = spanOn(spans, date);
    if (!span) return undefined;
    counts.set(span, (counts.get(span) ?? 0) + 1);
  }
  if (wanted.length === 0) return undefined;
  // One exact fraction, rounded once.
  let [numerator, denominator] = [0n, 1n];
  for (const [span, count] of counts) {
    const whole = BigInt(days.list(span.startsOn, span.endsOn).length);
    numerator = numerator * whole + span.value * BigInt(count) * denominator;
    denominator *= whole;
  }
  return roundedQuotient(numerator, denominator);
}
