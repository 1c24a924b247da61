import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { FigureChange, FigureParts } from '../../functions/lake/snapshot/compare.ts';
import { figureValue } from '../../functions/lake/snapshot/snapshot.ts';
import { out } from '../colours.ts';
import { asTable } from '../print.ts';
import type { KpiDiff } from './kpi-diff.ts';

/** One figure that differs; `null` where there is none. */
export interface DiffRow {
  readonly kpi: string;
  readonly definition: KpiDiff['definition'];
  readonly period: string;
  readonly comparison: string;
  readonly dimension: string | null;
  readonly member: string | null;
  readonly recorded: number | null;
  readonly now: number | null;
  readonly difference: number | null;
}

export const DIFF_COLUMNS: readonly (keyof DiffRow)[] = [
  'kpi',
  'definition',
  'period',
  'comparison',
  'dimension',
  'member',
  'recorded',
  'now',
  'difference',
];

/** Every figure that differs, KPI by KPI. */
export const diffRows = (diffs: readonly KpiDiff[], catalogue: Catalogue): DiffRow[] =>
  diffs.flatMap(({ kpi, definition, changes }) => {
    const ratio = catalogue.kpis.find(({ id }) => id === kpi)?.ratio ?? false;
    return changes.map((change) => rowOf(kpi, definition, change, ratio));
  });

function rowOf(
  kpi: string,
  definition: KpiDiff['definition'],
  change: FigureChange,
  ratio: boolean,
): DiffRow {
  const { period, comparison, dimension, member } = change;
  const figureIn = (parts: FigureParts | null): number | null => (parts ? figureValue(parts, ratio) : null);
  const [recorded, now] = [figureIn(change.recorded), figureIn(change.now)];
  const difference = recorded === null || now === null ? null : Number((now - recorded).toFixed(6));
  return { kpi, definition, period, comparison, dimension, member, recorded, now, difference };
}

/** Figures of a KPI that the table shows; `--format csv` has all. */
const MOST_ROWS = 20;

/** The KPIs that differ, and below them their figures, those that moved most first. */
export function printDiffs(diffs: readonly KpiDiff[], rows: readonly DiffRow[]): string {
  const head = ['kpi', 'definition', 'figures', 'that differ', ''];
  const kpis = diffs.map(({ kpi, definition, figures, changes, problem }) => [
    kpi,
    definition === 'same' ? definition : out.yellow(definition),
    String(figures),
    definition === 'gone' || problem ? '–' : String(changes.length),
    problem === undefined ? '' : out.red(problem.message),
  ]);
  const parts = [asTable(head, kpis, [2, 3])];
  for (const { kpi } of diffs) {
    const own = rows.filter((row) => row.kpi === kpi).toSorted(byWeight);
    if (own.length === 0) continue;
    parts.push('', out.bold(kpi), figureTable(own.slice(0, MOST_ROWS)));
    if (own.length > MOST_ROWS) parts.push(out.dim(`… and ${own.length - MOST_ROWS} more: --format csv`));
  }
  return parts.join('\n');
}

const byWeight = (a: DiffRow, b: DiffRow): number =>
  Number(a.comparison !== 'current') - Number(b.comparison !== 'current') ||
  Number(a.member !== null) - Number(b.member !== null) ||
  Math.abs(b.difference ?? Number.POSITIVE_INFINITY) - Math.abs(a.difference ?? Number.POSITIVE_INFINITY) ||
  0;

const figureTable = (rows: readonly DiffRow[]): string =>
  asTable(
    ['window', 'comparison', 'dimension', 'member', 'recorded', 'now', 'difference'],
    rows.map((row) => [
      row.period,
      row.comparison,
      row.dimension ?? '',
      row.member ?? 'total',
      number(row.recorded),
      number(row.now),
      signed(row.difference),
    ]),
    [4, 5, 6],
  );

const number = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: 6 });
const signed = (value: number | null): string =>
  value === null ? '' : value.toLocaleString('en', { maximumFractionDigits: 6, signDisplay: 'exceptZero' });
