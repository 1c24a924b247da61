import type { ComparisonName, PeriodName } from './kpi.ts';

/**
 * One row of the relation `periods` that the engine prepends to a KPI. All DATEs, both ends included.
 * `prior_*` is the window of the same kind just before the row’s own one: for retention, of which the year before is a part.
 */
export interface Period {
  readonly asOf: string;
  readonly period: PeriodName;
  readonly comparison: ComparisonName;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly priorStartsOn: string;
  readonly priorEndsOn: string;
}

/** The columns of the relation `periods`, in order. */
export const periodColumns = [
  'as_of',
  'period',
  'comparison',
  'starts_on',
  'ends_on',
  'prior_starts_on',
  'prior_ends_on',
] as const;
