import { z } from 'zod';
import { comparisonNames, periodNames } from './kpi.ts';

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'lower case letters, digits, - and _');

const common = {
  id,
  kpi: z.string(),
  /** Window judged; default the KPI's headline window. */
  period: z.enum(periodNames).optional(),
  /** Judge every member of this dimension instead of the total; one alert a member. */
  dimension: z.string().optional(),
  /** … or only these members. */
  members: z.array(z.string()).optional(),
  /** Runs (trading days) in a row for which the condition must hold before it fires. */
  for: z.int().min(1).default(1),
  severity: z.enum(['warning', 'critical']).default('warning'),
  /** A rate is judged only with at least this denominator; an amount or count with at least this numerator. */
  min_volume: z.number().min(0).default(0),
  /** For shares of a whole: fire only when the Wilson interval of this confidence excludes the limit. */
  confidence: z.number().gt(0.5).lt(1).optional(),
  /** While firing, tell again after this many days; absent: never. */
  renotify_after_days: z.int().min(1).optional(),
  /** Runs in a row below the clear level before it is resolved. */
  recover_for: z.int().min(1).default(1),
  /** Roles told; default ops and the KPI's audience. */
  notify: z.array(z.string()).optional(),
};

const level = { above: z.number().optional(), below: z.number().optional(), clear: z.number().optional() };
const oneSide = (rule: { above?: number | undefined; below?: number | undefined }) =>
  (rule.above === undefined) !== (rule.below === undefined);
const oneSideMessage = 'give either `above` or `below`';

/** A rule of `alerts:` in vigie.yaml. Levels: in the KPI's unit for `limit`, relative (0.2 = 20 %) for the others. */
export const alertRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('limit'), ...common, ...level }).refine(oneSide, oneSideMessage),
  z
    .strictObject({
      kind: z.literal('change'),
      ...common,
      ...level,
      against: z.enum(comparisonNames).exclude(['current']),
    })
    .refine(oneSide, oneSideMessage),
  z.strictObject({ kind: z.literal('target_gap'), ...common, ...level }).refine(oneSide, oneSideMessage),
  z.strictObject({ kind: z.literal('benchmark_gap'), ...common, ...level }).refine(oneSide, oneSideMessage),
  /** Robust z-score (median, MAD) against the same weekday of the last `weeks` weeks. `above`/`below` in deviations. */
  z
    .strictObject({
      kind: z.literal('anomaly'),
      ...common,
      ...level,
      weeks: z.int().min(4).max(52).default(12),
    })
    .refine(oneSide, oneSideMessage),
]);
export type AlertRule = z.infer<typeof alertRule>;

export type AlertStateName = 'normal' | 'pending' | 'firing' | 'recovering' | 'no_data';

/** Where one alert (rule, and member if the rule has a dimension) stands after an as-of date. */
export interface AlertState {
  readonly rule: string;
  readonly member: string | null;
  readonly state: AlertStateName;
  /** As-of date on which this state began. */
  readonly since: string;
  /** Runs in a row in `pending` or `recovering`. */
  readonly count: number;
  /** The state that `no_data` interrupts and returns to. */
  readonly before: Exclude<AlertStateName, 'no_data'> | null;
  /** As-of date at which the alert opened (began firing); null when it is not open. */
  readonly firedOn: string | null;
  readonly lastNotifiedOn: string | null;
  readonly value: number | null;
  readonly level: number | null;
  /** Snoozed or acknowledged on that day. */
  readonly muted: boolean;
}

/** Something to tell. */
export interface AlertEvent {
  readonly rule: string;
  /** Null: the total; or the rule as a whole (`no_data` and `data_back` of a rule with a dimension). */
  readonly member: string | null;
  readonly kpi: string;
  readonly kind: 'opened' | 'still_firing' | 'resolved' | 'no_data' | 'data_back';
  readonly severity: 'warning' | 'critical';
  readonly asOf: string;
  readonly period: string;
  readonly dimension: string | null;
  readonly value: number | null;
  /** The level that was crossed, in the KPI's unit, and what it was made from (limit, target …). */
  readonly level: number | null;
  readonly firedOn: string | null;
  /** Roles told. */
  readonly notify: readonly string[];
  /** Shown, not mailed: a person snoozed or acknowledged it, or nobody was told that it opened. */
  readonly muted: boolean;
}

/** What `judge` leaves of an as-of date at `alerts/state/<as_of>.json`. A re-run starts again from the day before. */
export interface AlertReport {
  readonly asOf: string;
  readonly run: string;
  readonly states: readonly AlertState[];
  readonly events: readonly AlertEvent[];
}

export const alertReportKey = (asOf: string): string => `alerts/state/${asOf}.json`;

/** A person's word on an alert, appended at `alerts/commands/<at>-<rule>.json`. */
export interface AlertCommand {
  readonly kind: 'snooze' | 'acknowledge' | 'wake';
  readonly rule: string;
  readonly member: string | null;
  /** ISO UTC: of several commands the later one has the last word. */
  readonly at: string;
  /** The newest as-of date judged when it was given: it counts for the days after that. Null: for every day. */
  readonly after: string | null;
  /** Last day of a snooze. */
  readonly until: string | null;
  readonly by: string;
  readonly note: string | null;
}

export const alertCommandPrefix = 'alerts/commands/';
