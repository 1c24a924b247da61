import type { AlertReport, AlertState } from '../../lake/catalogue/alert.ts';
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import type { Labels } from '../../lake/catalogue/labels.ts';
import type { BoundRule } from '../../lake/company/alert-rules.ts';
import type { Company } from '../../lake/company/company.ts';
import type { BrokenPart, KpiRun } from '../../lake/run/manifest.ts';
import type { Finding } from '../../lake/snapshot/finding.ts';
import type { SnapshotRow } from '../../lake/snapshot/snapshot.ts';
import type { Tables } from '../../lake/tables/tables.ts';
import type { Causes } from './causes.ts';
import type { Noise } from './noise.ts';

/** Everything a day's mails are made from: read once (read-mail-data.ts), the same for every reader. */
export interface MailData {
  readonly company: Company;
  readonly tables: Tables;
  readonly asOf: string;
  /** KPIs that are on, of the whole catalogue. */
  readonly kpis: readonly Kpi[];
  /** Totals of the last `TREND_DAYS` days, current only, and of the day itself with every comparison and target. */
  readonly totals: readonly SnapshotRow[];
  readonly alerts: AlertReport | null;
  readonly rules: readonly BoundRule[];
  readonly findings: readonly Finding[];
  /** How each KPI's measuring went; empty when nobody knows (a preview of an old day). */
  readonly runs: readonly KpiRun[];
  readonly freshness: readonly SourceFreshness[];
  /** What moved a figure of the day, by `causesKey`. */
  readonly causes: ReadonlyMap<string, Causes>;
  /** How much the figures shown usually change, by `noiseKey`. */
  readonly noise: ReadonlyMap<string, Noise>;
  /** What the figures of open alerts were before, by `alertPastKey`. */
  readonly alertPasts: ReadonlyMap<string, AlertPast>;
  /** Names of members that are ids. */
  readonly labels: Labels;
  /** Parts of the morning that broke off: of the run, and of what was to be read for this. */
  readonly broken: readonly BrokenPart[];
}

/** A figure before its alert, and which window that is. */
export interface AlertPast {
  readonly value: number;
  readonly against: 'previous' | 'last_year';
}

export const alertPastKey = (alert: Pick<AlertState, 'rule' | 'member'>): string =>
  JSON.stringify([alert.rule, alert.member]);

/** Up to which business date a source has delivered. */
export interface SourceFreshness {
  readonly source: string;
  readonly lastDate: string | null;
  /** Tables the source feeds. */
  readonly tables: readonly string[];
}

/** Days of the small trend beside a figure. */
export const TREND_DAYS = 28;
