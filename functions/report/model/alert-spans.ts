import type { AlertReport } from '../../lake/catalogue/alert.ts';

/** Days on which an alert was open, both included. */
export interface AlertSpan {
  readonly rule: string;
  readonly member: string | null;
  readonly from: string;
  readonly to: string;
  /** Whether it is open on the last day looked at. */
  readonly open: boolean;
}

/** The openings of every alert in a run of reports, ascending by date. An opening before the first report begins with it. */
export function alertSpans(reports: readonly AlertReport[]): AlertSpan[] {
  const ascending = reports.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
  const last = ascending.at(-1)?.asOf;
  const spans = new Map<string, AlertSpan>();
  for (const report of ascending) {
    for (const { rule, member, firedOn } of report.states) {
      if (firedOn === null) continue;
      const key = JSON.stringify([rule, member, firedOn]);
      const from = spans.get(key)?.from ?? report.asOf;
      spans.set(key, { rule, member, from, to: report.asOf, open: report.asOf === last });
    }
  }
  return [...spans.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1));
}
