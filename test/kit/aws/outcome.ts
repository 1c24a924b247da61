import type { AlertReport } from '../../../functions/lake/catalogue/alert.ts';
import type { SnapshotRow } from '../../../functions/lake/snapshot/snapshot.ts';
import { readFigures } from '../../../functions/lake/snapshot/store.ts';
import { type Bucket, readJson } from '../../../functions/platform/bucket.ts';

/** Every figure of some days, one line each, without who recorded it and when. */
export async function figureLines(
  bucket: Bucket,
  kpis: readonly string[],
  from: string,
  to: string,
): Promise<string[]> {
  const rows = await readFigures(bucket, { kpis, from, to });
  return rows.map(lineOf).sort();
}

const lineOf = (row: SnapshotRow): string =>
  [
    row.kpi,
    row.asOf,
    row.period,
    row.comparison,
    row.dimension,
    row.member,
    row.numerator,
    row.denominator,
    row.unit,
    row.quality,
  ].join('|');

/** Every judged day’s states and events, without the run that judged it. */
export async function alertDays(bucket: Bucket): Promise<Record<string, Omit<AlertReport, 'run'>>> {
  const days: Record<string, Omit<AlertReport, 'run'>> = {};
  for await (const { key } of bucket.list('alerts/state/')) {
    const report = await readJson<AlertReport>(bucket, key);
    if (!report) continue;
    const { run: _, ...rest } = report;
    days[report.asOf] = rest;
  }
  return days;
}

/** A mail without what may differ between two sendings of the same: its moment, and the border between its parts. */
export function comparableMail(raw: Uint8Array | string): string {
  const text = typeof raw === 'string' ? raw : Buffer.from(raw).toString('utf8');
  const borders = [...new Set([...text.matchAll(/boundary="([^"]+)"/g)].map(([, border]) => border ?? ''))];
  return borders
    .reduce((all, border, index) => all.replaceAll(border, `border-${index}`), text)
    .replaceAll('\r\n', '\n')
    .replaceAll('=\n', '')
    .replaceAll(/^Date: .*$/gm, 'Date: …')
    .replaceAll(/(computed on|calcul=C3=A9s le) .*?, \d\d:\d\d/g, '$1 …')
    .trim();
}
