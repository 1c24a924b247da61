import { RecordReader, sampleOf, shapeError } from '../../api/record-reader.ts';
import type { Settings } from './settings.ts';

/** The names asked for, in the order in which their values come: a row holds positions only. */
export interface Columns {
  readonly dimensions: readonly string[];
  readonly metrics: readonly string[];
}

export const orderingMetric = (settings: Settings): string =>
  `sessionKeyEventRate:${settings.ordering_event}`;

export const columnsOf = (settings: Settings): Columns => ({
  dimensions: ['date', 'deviceCategory', settings.channel_dimension, 'landingPage'],
  metrics: ['sessions', 'engagedSessions', orderingMetric(settings)],
});

/** An answer of runReport, its envelope checked. Rows are as Google gave them. */
export interface Report {
  /** Header names: dimensions, then metrics. */
  readonly names: readonly string[];
  /** Texts by position, dimensions first. */
  readonly rows: readonly (readonly string[])[];
  /** Rows of the whole report, whatever the page holds; absent means none (proto3 leaves out zeros). */
  readonly rowCount: number;
  readonly metadata: RecordReader | null;
  readonly quota: RecordReader | null;
}

/**
 * Reads `RunReportResponse`. Throws `VENDOR_SHAPE` where it is something else. A report of nothing has no `rows`, and
 * no `rowCount`; its headers are there all the same.
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/RunReportResponse
 */
export function readReport(body: unknown): Report {
  if (typeof body !== 'object' || body === null || !('dimensionHeaders' in body || 'metricHeaders' in body))
    throw shapeError('GA4 runReport', 'dimensionHeaders', body);
  const answer = new RecordReader(body);
  const dimensions = namesIn(answer, 'dimensionHeaders');
  const metrics = namesIn(answer, 'metricHeaders');
  const rows = listIn(answer, 'rows').map((row) => [
    ...valuesIn(row, 'dimensionValues', dimensions.length),
    ...valuesIn(row, 'metricValues', metrics.length),
  ]);
  const rowCount = answer.value('rowCount') ?? 0;
  if (typeof rowCount !== 'number' || !Number.isInteger(rowCount) || rowCount < 0)
    throw shapeError('GA4 runReport', 'rowCount', rowCount);
  return {
    names: [...dimensions, ...metrics],
    rows,
    rowCount,
    metadata: answer.recordOrNull('metadata'),
    quota: answer.recordOrNull('propertyQuota'),
  };
}

function listIn(answer: RecordReader, field: string): unknown[] {
  const list = answer.value(field) ?? [];
  if (!Array.isArray(list)) throw shapeError('GA4 runReport', field, list);
  return list;
}

const namesIn = (answer: RecordReader, field: string): string[] =>
  listIn(answer, field).map((header) => {
    const name: unknown = (header as { name?: unknown } | null)?.name;
    if (typeof name !== 'string') throw shapeError('GA4 runReport', `${field}.name`, header);
    return name;
  });

function valuesIn(row: unknown, field: string, wanted: number): string[] {
  const list: unknown = (row as Record<string, unknown> | null)?.[field] ?? [];
  if (!Array.isArray(list) || list.length !== wanted)
    throw shapeError('GA4 runReport', `rows.${field} (${wanted} wanted)`, list);
  return list.map((each) => {
    // An empty text is left out (proto3); what is no object is something else.
    const value: unknown =
      typeof each === 'object' && each !== null ? ((each as { value?: unknown }).value ?? '') : each;
    if (typeof value !== 'string') throw shapeError('GA4 runReport', `rows.${field}.value`, each);
    return value;
  });
}

/** Refuses a report whose columns are not those asked for. */
export function checkColumns(report: Report, wanted: Columns): void {
  const names = [...wanted.dimensions, ...wanted.metrics];
  if (report.names.join('\n') !== names.join('\n'))
    throw shapeError('GA4 runReport', 'dimensionHeaders, metricHeaders', sampleOf(report.names));
}

/** The rows under their names: `{ date: '20261120', deviceCategory: 'mobile', …, sessions: '12' }`. */
export const recordsOf = (report: Report): Record<string, string>[] =>
  report.rows.map((row) => Object.fromEntries(report.names.map((name, at) => [name, row[at] ?? ''])));
