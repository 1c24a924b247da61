import type { AlertReport } from '../../functions/lake/alerts/alert.ts';
import type { LoadReport, PullReport } from '../../functions/lake/batch.ts';
import { addDays, datesBetween } from '../../functions/lake/calendar.ts';
import type { Finding } from '../../functions/lake/finding.ts';
import type { KpiRun, MailRun, Manifest } from '../../functions/lake/manifest.ts';
import { version } from '../../functions/lake/version.ts';
import type { Context } from '../context.ts';

export interface RunRequest {
  /** As-of date: mails and alerts are about it. */
  readonly asOf: string;
  /** First as-of date whose figures are wanted; equal to `asOf` for a day. */
  readonly from: string;
}

/** What a run has found out so far: each step adds to it, the next ones read it. */
export interface RunState {
  readonly run: string;
  readonly asOf: string;
  readonly from: string;
  readonly startedAt: string;
  readonly pulls: PullReport[];
  readonly loads: LoadReport[];
  findings: readonly Finding[] | null;
  readonly kpis: KpiRun[];
  alerts: AlertReport | null;
  readonly mails: MailRun[];
  reportKey: string | null;
}

export function newRunState(context: Context, request: RunRequest): RunState {
  const startedAt = context.platform.clock.now().toISOString();
  const compact = startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '');
  return {
    run: `${request.asOf}.${compact}`,
    asOf: request.asOf,
    from: request.from,
    startedAt,
    pulls: [],
    loads: [],
    findings: null,
    kpis: [],
    alerts: null,
    mails: [],
    reportKey: null,
  };
}

/** How many days back a daily run measures again what late or restated exports changed, and fills the sparklines. */
const LOOK_BACK_DAYS = 35;

/**
 * The as-of dates to measure: those asked for, and the days before that late or restated exports may have changed.
 * Measuring a day again is nearly free (one query measures them all) and records nothing where nothing changed.
 */
export function asOfsToMeasure(state: RunState): string[] {
  const lookBack = addDays(state.asOf, -LOOK_BACK_DAYS);
  return datesBetween([state.from, lookBack].sort()[0] ?? lookBack, state.asOf);
}

export function toManifest(state: RunState, finishedAt: string | null): Manifest {
  const count = (severity: Finding['severity']): number =>
    (state.findings ?? []).filter((finding) => finding.severity === severity).length;
  const events = state.alerts?.events ?? [];
  return {
    run: state.run,
    asOf: state.asOf,
    from: state.from,
    startedAt: state.startedAt,
    finishedAt,
    version,
    pulls: state.pulls,
    loads: state.loads,
    checks: state.findings === null ? null : { errors: count('error'), warnings: count('warning') },
    kpis: state.kpis,
    alerts: state.alerts && {
      firing: state.alerts.states.filter((alert) => alert.firedOn !== null).length,
      opened: events.filter((event) => event.kind === 'opened').length,
      resolved: events.filter((event) => event.kind === 'resolved').length,
    },
    mails: state.mails,
  };
}
