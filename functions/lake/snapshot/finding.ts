import type { Words } from '../values/language.ts';

/** What a check found: one row returned by `sql/checks/<id>.sql`, or a failed pull. */
export interface Finding {
  /** Id of the check: `freshness`, `volume`, `missing_exchange_rate` … or `pull`. */
  readonly check: string;
  /** `error` makes dependent KPIs `incomplete` (or `stale` for freshness): their alerts are not judged. */
  readonly severity: 'error' | 'warning';
  readonly table: string | null;
  readonly source: string | null;
  /** What it means for the figures, for their readers; absent (a company’s own check): its message says it. */
  readonly means?: Words;
  /** One sentence for who repairs it, in English: what, how much, since when. */
  readonly message: string;
  /** For freshness: the latest date there is. */
  readonly lastDate: string | null;
  /** Some of the offending keys, for the eye. */
  readonly sample: string | null;
  /** What to do. */
  readonly hint: string | null;
}

/** All findings of an as-of date; kept at `checks/<as_of>.json`, replaced by a re-run. */
export interface CheckReport {
  readonly asOf: string;
  readonly run: string;
  readonly findings: readonly Finding[];
}

export const checkReportKey = (asOf: string): string => `checks/${asOf}.json`;
/** The reports of a month's days begin with it: to list those of some days, without those of years. */
export const checksOfMonth = (month: string): string => `checks/${month}-`;

/** How far a day's figures can be trusted; alerts are judged on `ok` only. */
export type Quality = 'ok' | 'stale' | 'incomplete';

/** The quality of what depends on these tables: stale beats incomplete beats ok. */
export function qualityOf(
  tables: readonly string[],
  findings: readonly Pick<Finding, 'check' | 'severity' | 'table'>[],
): Quality {
  const mine = findings.filter((f) => f.severity === 'error' && f.table !== null && tables.includes(f.table));
  if (mine.some((f) => f.check === 'freshness' || f.check === 'pull')) return 'stale';
  return mine.length > 0 ? 'incomplete' : 'ok';
}
