import pLimit from 'p-limit';
import { type Bucket, writeJson } from '../../platform/bucket.ts';
import { type AlertReport, alertReportKey } from '../catalogue/alert.ts';
import { readState, readStateIfSound } from '../state/file.ts';
import { latestOfMonths, readFromMonth, reportsOfMonths } from './months.ts';

/** What was judged of a day; undefined when it was not. */
export const readAlertReport = async (bucket: Bucket, asOf: string): Promise<AlertReport | undefined> =>
  (await readState<AlertReport>(bucket, alertReportKey(asOf))) ?? readFromMonth(bucket, asOf);

/** The reports of a span of days, ascending; a damaged one is passed over. */
export async function readAlertHistory(bucket: Bucket, from: string, to: string): Promise<AlertReport[]> {
  const keys: string[] = [];
  const [prefix = ''] = alertReportKey('*').split('*');
  for await (const { key } of bucket.list(prefix))
    if (key >= alertReportKey(from) && key <= alertReportKey(to)) keys.push(key);
  const limit = pLimit(8);
  const [months, days] = await Promise.all([
    reportsOfMonths(bucket, from, to),
    Promise.all(keys.map((key) => limit(() => readStateIfSound<AlertReport>(bucket, key)))),
  ]);
  const reports = new Map(months.map((report) => [report.asOf, report]));
  for (const report of days) if (report) reports.set(report.asOf, report);
  return [...reports.values()].toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
}

export const writeAlertReport = (bucket: Bucket, report: AlertReport): Promise<void> =>
  writeJson(bucket, alertReportKey(report.asOf), report);

/** The newest report of a day before `before` (absent: the newest of all); undefined when there is none. A damaged one is passed over. */
export async function latestAlertReport(bucket: Bucket, before?: string): Promise<AlertReport | undefined> {
  const days: string[] = [];
  const [prefix = '', suffix = ''] = alertReportKey('*').split('*');
  for await (const { key } of bucket.list(prefix)) {
    const asOf = key.slice(prefix.length, -suffix.length);
    if (key.endsWith(suffix) && (before === undefined || asOf < before)) days.push(asOf);
  }
  for (const asOf of days.reverse()) {
    const report = await readStateIfSound<AlertReport>(bucket, alertReportKey(asOf));
    if (report === undefined) continue;
    // A day that was judged again long after may stand alone before newer ones of its month or of later ones.
    const later = await latestOfMonths(bucket, before, asOf);
    return later !== undefined && later.asOf > asOf ? later : report;
  }
  return latestOfMonths(bucket, before, undefined);
}
