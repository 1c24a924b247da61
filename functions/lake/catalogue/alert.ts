import type { AlertNews } from '../../languages/language.ts';
import type { Unknown } from '../series/watched.ts';
import type { AlertBasis } from './alert-kinds/kind.ts';

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
  /** Of a rule that asks what is usual: what that is and rests on, or why nobody can say. */
  readonly basis?: AlertBasis | Unknown | undefined;
  /** Snoozed or acknowledged on that day. */
  readonly muted: boolean;
}

/** Something to tell. */
export interface AlertEvent {
  readonly rule: string;
  /** Null: the total; or the rule as a whole (`no_data` and `data_back` of a rule with a dimension). */
  readonly member: string | null;
  readonly kpi: string;
  readonly kind: AlertNews;
  readonly severity: 'warning' | 'critical';
  readonly asOf: string;
  readonly period: string;
  readonly dimension: string | null;
  readonly value: number | null;
  /** The level that was crossed, in the KPI's unit, and what it was made from (limit, target …). */
  readonly level: number | null;
  readonly basis?: AlertBasis | Unknown | undefined;
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
  /** Unusual figures that opened no alert, since too many of a morning are chance, or nobody reads them. */
  readonly heldBack?: readonly HeldBack[] | undefined;
}

/** An unusual figure beyond the day's budget. */
export interface HeldBack {
  readonly rule: string;
  readonly member: string | null;
  readonly value: number | null;
  readonly level: number | null;
  /** `chance`: of so many figures judged, one so far off is to be expected. `budget`: there were worse ones. */
  readonly why: 'chance' | 'budget';
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

/** News of an alert that is over: its figure is back to normal, or the window that it was about has ended. */
export const isOver = (news: AlertNews | 'open'): boolean => news === 'resolved' || news === 'ended';
