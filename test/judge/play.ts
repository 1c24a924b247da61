import { indexFigures } from '../../functions/judge/figures.ts';
import { decide } from '../../functions/judge/policy.ts';
import type { AlertCommand, AlertEvent, AlertState, HeldBack } from '../../functions/lake/catalogue/alert.ts';
import { alertRule } from '../../functions/lake/catalogue/alert-kinds/kinds.ts';
import type { FigureKind, Kpi } from '../../functions/lake/catalogue/kpi.ts';
import type { BoundRule } from '../../functions/lake/company/alert-rules.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { addDays } from '../../functions/lake/values/day.ts';

/** A Monday. */
export const DAY_ONE = '2026-01-05';
/** As-of date of the n-th day, from 1. */
export const day = (n: number): string => addDays(DAY_ONE, n - 1);

export const kpiOf = (more: Partial<Kpi> = {}): Kpi => ({
  id: 'orders',
  file: 'sql/kpis/orders.sql',
  sql: 'SELECT 1',
  sqlLine: 1,
  version: 'v1',
  names: { en: 'Orders', fr: 'Commandes' },
  describes: { en: 'x', fr: 'x' },
  unit: 'count',
  ratio: false,
  cube: null,
  counts: [],
  brokenDownBy: [],
  good: 'up',
  windows: ['day'],
  headline: 'day',
  dimensions: { region: { en: 'Region', fr: 'Région' } },
  reads: {},
  dependsOn: [],
  views: [],
  additive: true,
  theme: 'sales',
  audience: ['executive'],
  runbook: 'docs/kpis.md',
  ...more,
});

export const bind = (rule: Record<string, unknown>, kpi: Kpi = kpiOf()): BoundRule => {
  const parsed = alertRule.parse({ kind: 'limit', id: 'r', kpi: kpi.id, ...rule });
  return { rule: parsed, kpi, period: parsed.period ?? kpi.headline, notify: ['ops'] };
};

/** One figure of a day: a value, a numerator with its denominator, or untrusted data. */
export type Figure =
  | number
  | readonly [number, number]
  | { readonly stale: number }
  | { readonly incomplete: number };

/** The figures of a day: of the current window, by comparison and by member. Null: nothing was measured. */
export interface DayFigures {
  readonly current?: Figure;
  readonly previous?: Figure;
  readonly last_year?: Figure;
  readonly target?: Figure;
  readonly full_target?: Figure;
  readonly forecast?: Figure;
  readonly forecast_low?: Figure;
  readonly forecast_high?: Figure;
  readonly members?: Readonly<Record<string, Figure>>;
  /** By member, of the window a year before. */
  readonly membersLastYear?: Readonly<Record<string, Figure>>;
}

const isFigure = (figure: Figure | DayFigures): figure is Figure =>
  typeof figure === 'number' || Array.isArray(figure) || 'stale' in figure || 'incomplete' in figure;

function rowOf(
  kpi: Kpi,
  asOf: string,
  comparison: FigureKind,
  member: string | null,
  figure: Figure,
): SnapshotRow {
  const quality =
    typeof figure === 'object' && 'stale' in figure
      ? 'stale'
      : typeof figure === 'object' && 'incomplete' in figure
        ? 'incomplete'
        : 'ok';
  const value = typeof figure === 'number' || Array.isArray(figure) ? figure : Object.values(figure)[0];
  const [numerator, denominator] = Array.isArray(value) ? value : [value, null];
  return {
    kpi: kpi.id,
    asOf,
    period: kpi.windows.includes('day') ? 'day' : kpi.headline,
    comparison,
    dimension: member === null ? null : 'region',
    member,
    numerator: String(numerator),
    denominator: denominator === null ? null : String(denominator),
    unit: kpi.unit,
    quality,
    version: 1,
    run: 'test',
    recordedAt: `${asOf}T06:00:00Z`,
  };
}

/** The rows of a series that begins on day one (or on another one). */
export const rowsOf = (kpi: Kpi, series: readonly (Figure | DayFigures | null)[], from = 1): SnapshotRow[] =>
  series.flatMap((figures, index) => {
    if (figures === null) return [];
    const asOf = day(from + index);
    if (isFigure(figures)) return [rowOf(kpi, asOf, 'current', null, figures)];
    const { members = {}, membersLastYear = {}, ...totals } = figures;
    return [
      ...Object.entries(totals).map(([comparison, figure]) =>
        rowOf(kpi, asOf, comparison as FigureKind, null, figure),
      ),
      ...Object.entries(members).map(([member, figure]) => rowOf(kpi, asOf, 'current', member, figure)),
      ...Object.entries(membersLastYear).map(([member, figure]) =>
        rowOf(kpi, asOf, 'last_year', member, figure),
      ),
    ];
  });

export interface PlayOptions {
  readonly kpi?: Kpi;
  readonly commands?: readonly AlertCommand[];
  readonly closed?: { weekdays: ('saturday' | 'sunday')[]; days: string[] };
  /** Default 1: January. */
  readonly fiscalYearStarts?: number;
  /** Days to judge, from 1; default all of the series. */
  readonly judged?: readonly number[];
  /** Anomaly alerts that may open a day; default 3. */
  readonly mostUnusual?: number;
  /** Figures of the days before day one, oldest first. */
  readonly history?: readonly (Figure | DayFigures | null)[];
}

export interface Played {
  readonly states: readonly (readonly AlertState[])[];
  readonly events: readonly AlertEvent[];
  readonly heldBack: readonly (readonly HeldBack[])[];
}

/** Judges a series day by day. */
export function play(
  rules: BoundRule | readonly BoundRule[],
  series: readonly (Figure | DayFigures | null)[],
  options: PlayOptions = {},
): Played {
  const bound = Array.isArray(rules) ? (rules as readonly BoundRule[]) : [rules as BoundRule];
  const kpi = bound[0]?.kpi ?? kpiOf();
  const history = options.history ?? [];
  const figures = indexFigures([...rowsOf(kpi, history, 1 - history.length), ...rowsOf(kpi, series)]);
  const closed = options.closed ?? { weekdays: [], days: [] };
  const states: (readonly AlertState[])[] = [];
  const events: AlertEvent[] = [];
  const heldBack: (readonly HeldBack[])[] = [];
  let earlier: readonly AlertState[] = [];
  for (const n of options.judged ?? series.map((_, index) => index + 1)) {
    const decision = decide({
      rules: bound,
      figures,
      earlier,
      commands: options.commands ?? [],
      asOf: day(n),
      closed,
      fiscalYearStarts: options.fiscalYearStarts ?? 1,
      mostUnusual: options.mostUnusual ?? 3,
    });
    earlier = decision.states;
    states.push(decision.states);
    events.push(...decision.events);
    heldBack.push(decision.heldBack);
  }
  return { states, events, heldBack };
}

const LETTERS = { normal: 'n', pending: 'p', firing: 'F', recovering: 'r', no_data: 'x' } as const;

/** One letter a day: n, p, F, r, x for no data, `.` for no state. */
export const letters = (played: Played, member: string | null = null): string =>
  played.states
    .map((states) => states.find((state) => state.member === member))
    .map((state) => (state ? LETTERS[state.state] : '.'))
    .join('');

/** `3 opened`, `5 resolved (muted)`, `4 opened north`. */
export const happenings = (played: Played): string[] =>
  played.events.map((event) => {
    const n = Math.round((Date.parse(event.asOf) - Date.parse(DAY_ONE)) / 86_400_000) + 1;
    return `${n} ${event.kind}${event.member === null ? '' : ` ${event.member}`}${event.muted ? ' (muted)' : ''}`;
  });
