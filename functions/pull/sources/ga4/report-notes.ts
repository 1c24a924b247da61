import type { Report } from './report.ts';
import type { Settings } from './settings.ts';

/** GA4 folds rare combinations into this value when a table of a day has too many. */
export const OTHER = '(other)';

/** Below this share of the day's tokens left, people are told. */
const LOW_QUOTA = 0.2;

/**
 * What people should know of an answer: no failure, but the figures are less exact, or soon there will be none.
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/ResponseMetaData
 */
export function tellOf(
  report: Report,
  span: { readonly from: string; readonly to: string },
  settings: Settings,
): string[] {
  const days = span.from === span.to ? span.from : `${span.from} to ${span.to}`;
  const notes: string[] = [];
  const others = report.rows.filter((row) => row.slice(0, 4).includes(OTHER)).length;
  if (others > 0 || report.metadata?.booleanOrNull('dataLossFromOtherRow') === true)
    notes.push(
      `GA4 ${days}: rare combinations are folded into "${OTHER}" (${others} rows on this page); sums are right, devices, channels and landing groups are not complete`,
    );
  for (const sample of report.metadata?.records('samplingMetadatas') ?? []) {
    const [read, all] = [Number(sample.value('samplesReadCount')), Number(sample.value('samplingSpaceSize'))];
    notes.push(
      `GA4 ${days}: estimated from a sample of ${share(read, all)} of the events${settings.days_at_once > 1 ? '; set days_at_once: 1' : ''}`,
    );
  }
  if (report.metadata?.booleanOrNull('subjectToThresholding') === true)
    notes.push(`GA4 ${days}: rows of few visitors are withheld (thresholding); sums are too low`);
  const empty = report.metadata?.textOrNull('emptyReason') ?? null;
  if (empty !== null) notes.push(`GA4 ${days}: no rows, Google says ${empty}`);
  return [...notes, ...lowQuota(report)];
}

const share = (read: number, all: number): string =>
  all > 0 && Number.isFinite(read) ? `${((100 * read) / all).toFixed(1)} %` : 'unknown size';

/** Tokens: 200,000 a day and 40,000 an hour for a property, of these 14,000 an hour for one project (Google’s page “Quotas”). */
function lowQuota(report: Report): string[] {
  return ['tokensPerDay', 'tokensPerHour', 'tokensPerProjectPerHour'].flatMap((name) => {
    const status = report.quota?.recordOrNull(name) ?? null;
    if (status === null) return [];
    const used = Number(status.value('consumed') ?? 0);
    const left = Number(status.value('remaining') ?? 0);
    return left > 0 && left < LOW_QUOTA * (used + left)
      ? [`GA4: ${left} ${name} left of ${used + left}`]
      : [];
  });
}
