import { type Bucket, writeJson } from '../../platform/bucket.ts';
import { type AlertReport, alertReportKey } from '../catalogue/alert.ts';
import { readState, readStateIfSound } from '../state/file.ts';

/**
 * What was judged on the days of a month that no run judges any more, in one file, at `alerts/months/<YYYY-MM>.json`. A day
 * that is judged again all the same has a file of its own once more, which counts.
 */
export interface AlertMonth {
  readonly month: string;
  /** Ascending by day. */
  readonly reports: readonly AlertReport[];
}

export const ALERT_MONTHS = 'alerts/months/';
const monthKey = (month: string): string => `${ALERT_MONTHS}${month}.json`;
const [DAYS = '', JSON_FILE = ''] = alertReportKey('*').split('*');

/** The report of a day, out of its month. */
export async function readFromMonth(bucket: Bucket, asOf: string): Promise<AlertReport | undefined> {
  const month = await readState<AlertMonth>(bucket, monthKey(asOf.slice(0, 7)));
  return month?.reports.find((report) => report.asOf === asOf);
}

/** The newest report of the months after `after` (absent: of all), of a day before `before` (absent: of any). */
export async function latestOfMonths(
  bucket: Bucket,
  before: string | undefined,
  after: string | undefined,
): Promise<AlertReport | undefined> {
  for (const month of (await monthsKept(bucket)).reverse()) {
    if (before !== undefined && month > before.slice(0, 7)) continue;
    if (after !== undefined && month < after.slice(0, 7)) return undefined;
    const kept = await readStateIfSound<AlertMonth>(bucket, monthKey(month));
    const found = kept?.reports.findLast(({ asOf }) => before === undefined || asOf < before);
    if (found) return found;
  }
  return undefined;
}

/** Every report kept in months that touch a span of days; a damaged month is passed over. */
export async function reportsOfMonths(bucket: Bucket, from: string, to: string): Promise<AlertReport[]> {
  const months = (await monthsKept(bucket)).filter(
    (month) => month >= from.slice(0, 7) && month <= to.slice(0, 7),
  );
  const read = await Promise.all(
    months.map((month) => readStateIfSound<AlertMonth>(bucket, monthKey(month))),
  );
  return read.flatMap((month) => month?.reports ?? []).filter(({ asOf }) => asOf >= from && asOf <= to);
}

async function monthsKept(bucket: Bucket): Promise<string[]> {
  const months: string[] = [];
  for await (const { key } of bucket.list(ALERT_MONTHS))
    months.push(key.slice(ALERT_MONTHS.length, -JSON_FILE.length));
  return months;
}

/**
 * Puts the days of a month into one file; whether there was anything to do. The file is there before the days go; killed
 * anywhere, each day is known, and the next call goes on. A damaged day stays where it is, for the run that mends it.
 */
export async function compactAlerts(bucket: Bucket, month: string): Promise<boolean> {
  const days: string[] = [];
  for await (const { key } of bucket.list(`${DAYS}${month}-`)) if (key.endsWith(JSON_FILE)) days.push(key);
  if (days.length === 0) return false;
  const kept = await readState<AlertMonth>(bucket, monthKey(month));
  const reports = new Map((kept?.reports ?? []).map((report) => [report.asOf, report]));
  const done: string[] = [];
  for (const key of days) {
    const report = await readStateIfSound<AlertReport>(bucket, key);
    if (report === undefined) continue;
    reports.set(report.asOf, report);
    done.push(key);
  }
  if (done.length === 0) return false;
  const ascending = [...reports.values()].toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
  await writeJson(bucket, monthKey(month), { month, reports: ascending } satisfies AlertMonth);
  for (const key of done) await bucket.remove(key);
  return true;
}
