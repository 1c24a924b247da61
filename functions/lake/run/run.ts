import { addDays, datesBetween } from '../values/day.ts';

/** One run of the pipeline, as its steps hand it on: enough to find everything the run has done so far. */
export interface RunRef {
  /** `<as_of>.<start, UTC, compact>`, such as `2026-11-21.20261122T060004Z`. */
  readonly run: string;
  /** As-of date: mails and alerts are about it. */
  readonly asOf: string;
  /** First as-of date whose figures are wanted; equal to `asOf` for a day. */
  readonly from: string;
  /** ISO UTC. */
  readonly startedAt: string;
  /** What executes it, where that has a name: the ARN of a state machine's execution. */
  readonly execution?: string;
}

export interface RunRequest {
  readonly asOf: string;
  readonly from: string;
}

/** The same request at the same instant is the same run, so that beginning twice is harmless. */
export function runRef({ asOf, from }: RunRequest, startedAt: string, execution?: string): RunRef {
  const compact = startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '');
  return {
    run: `${asOf}.${compact}`,
    asOf,
    from,
    startedAt,
    ...(execution === undefined ? {} : { execution }),
  };
}

/** How many days back a daily run measures again what late or restated exports changed, and fills the sparklines. */
const LOOK_BACK_DAYS = 35;

/**
 * The as-of dates to measure: those asked for, and the days before that late or restated exports may have changed.
 * Measuring a day again is nearly free (one query measures them all) and records nothing where nothing changed.
 */
export function asOfsToMeasure({ from, asOf }: RunRequest): string[] {
  const lookBack = addDays(asOf, -LOOK_BACK_DAYS);
  return datesBetween(from < lookBack ? from : lookBack, asOf);
}

/** The months that a daily run for this day measures. */
export const measuredMonths = (asOf: string): string[] => [
  ...new Set(asOfsToMeasure({ asOf, from: asOf }).map((day) => day.slice(0, 7))),
];

/** The latest months, three at most, that a run for this day and those after it measure no more. */
export function settledMonths(asOf: string): string[] {
  const measured = addDays(asOf, -LOOK_BACK_DAYS).slice(0, 7);
  const months: string[] = [];
  for (let day = `${measured}-01`; months.length < 3; day = `${months[0]}-01`)
    months.unshift(addDays(day, -1).slice(0, 7));
  return months;
}
