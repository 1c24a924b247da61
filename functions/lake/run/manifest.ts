import type { StepName } from '../../pipeline.ts';
import type { MailKind } from '../company/readers.ts';
import type { LoadReport, PullReport, ReportedProblem } from '../landing/batch.ts';

/** The record of one run, at `runs/<as_of>/<run>.json`; rewritten after each step, so that a dead run can be read. */
export interface Manifest {
  readonly run: string;
  readonly asOf: string;
  /** First as-of date of a back-fill; equal to `asOf` for a day. */
  readonly from: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly version: string;
  readonly pulls: readonly PullReport[];
  readonly loads: readonly LoadReport[];
  readonly checks: { readonly errors: number; readonly warnings: number } | null;
  readonly kpis: readonly KpiRun[];
  readonly alerts: { readonly firing: number; readonly opened: number; readonly resolved: number } | null;
  readonly mails: readonly MailRun[];
  /** Parts of the run that broke off and that nothing above tells of: the checks, the alerts, the report … */
  readonly broken: readonly BrokenPart[];
}

/** A part of a run that did not come to its end, and why. */
export interface BrokenPart {
  readonly step: StepName;
  readonly item: string;
  readonly problem: ReportedProblem;
}

/** What measuring one KPI took. */
export interface KpiRun {
  readonly kpi: string;
  readonly status: 'ok' | 'unchanged' | 'failed' | 'unavailable';
  readonly rows: number;
  readonly seconds: number;
  readonly bytesScanned: number | null;
  /** What the engine bills for all statements together, in US dollars, at list price (Athena). */
  readonly usd?: number;
  readonly kpiVersion: string;
  readonly problem?: ReportedProblem;
}

/** What became of a message: a mail, or one in another channel. */
export interface MailRun {
  readonly id: string;
  /** `mail`, `slack` … */
  readonly channel: string;
  readonly kind: MailKind;
  /**
   * `written`: as a file and to nobody, since the company is being set up or the run was told to send no mail. `waits`: for the hour of its reader, `until`. `out of date`: it waited, and the day on which it was to be sent went by: it is not
   * sent any more.
   */
  readonly status: 'sent' | 'already sent' | 'written' | 'waits' | 'out of date' | 'failed';
  readonly reference: string | null;
  /** ISO UTC. */
  readonly until?: string;
  readonly problem?: ReportedProblem;
}

/** The channel of the news on alerts that tools listen to, on AWS: nobody reads it. */
export const TOPIC = 'topic';

/** What people were told, in whatever channel. */
export const toldToPeople = ({ mails }: Pick<Manifest, 'mails'>): readonly MailRun[] =>
  mails.filter(({ channel }) => channel !== TOPIC);

export const manifestKey = (asOf: string, run: string): string => `runs/${asOf}/${run}.json`;
