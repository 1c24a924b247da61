import { datesBetween } from '../../../lake/company/calendar.ts';
import { VigieError } from '../../../platform/errors.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { checkColumns, columnsOf, type Report, readReport } from './report.ts';
import { tellOf } from './report-notes.ts';
import type { Settings } from './settings.ts';

export const VERSION = 'v1beta';

/**
 * The sessions of a slice's days, page by page: `limit` and `offset` until `rowCount` is reached. Where Google answers
 * for several days from a sample, each day is asked for by itself. Throws `VENDOR_INCOMPLETE` when pages repeat or end
 * before the rows that were announced: a part would be a wrong figure.
 * @see https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport
 */
export async function* sessionPages(
  vendor: Vendor,
  settings: Settings,
  slice: Slice,
): AsyncIterable<RawPage> {
  const from = slice.from ?? slice.startsOn;
  const to = slice.to ?? slice.asOf;
  const first = await ask(vendor, settings, { from, to, offset: 0 });
  if (from < to && isSampled(first.report)) {
    vendor.note(`GA4 sampled ${from} to ${to}; each day is asked for by itself (set days_at_once: 1)`);
    for (const day of datesBetween(from, to)) {
      const alone = await ask(vendor, settings, { from: day, to: day, offset: 0 });
      yield* allPages(vendor, settings, { from: day, to: day }, alone);
    }
    return;
  }
  yield* allPages(vendor, settings, { from, to }, first);
}

interface Span {
  readonly from: string;
  readonly to: string;
}

interface Asked {
  readonly report: Report;
  readonly page: RawPage;
}

async function* allPages(
  vendor: Vendor,
  settings: Settings,
  span: Span,
  first: Asked,
): AsyncIterable<RawPage> {
  const seen = new Set<string>();
  let asked = first;
  for (;;) {
    const before = seen.size;
    for (const row of asked.report.rows) seen.add(row.slice(0, 4).join('\u0000'));
    const { rowCount, rows } = asked.report;
    if (seen.size !== before + rows.length) throw incomplete(span, 'gave rows twice', seen.size, rowCount);
    for (const note of tellOf(asked.report, span, settings)) vendor.note(note);
    yield asked.page;
    if (seen.size >= rowCount) return;
    if (rows.length === 0) throw incomplete(span, 'ended early', seen.size, rowCount);
    asked = await ask(vendor, settings, { ...span, offset: seen.size });
    if (asked.report.rowCount !== rowCount)
      throw incomplete(span, `announced ${asked.report.rowCount} rows, then`, seen.size, rowCount);
  }
}

const incomplete = ({ from, to }: Span, what: string, seen: number, announced: number): VigieError =>
  new VigieError(`GA4: the report of ${from} to ${to} ${what}: ${seen} of ${announced} rows`, {
    code: 'VENDOR_INCOMPLETE',
    where: { field: 'rowCount', sample: `${seen} of ${announced}` },
    hint: 'The property was being recomputed while it was read, or a proxy answers from a cache. The next run reads these days again.',
    retryable: true,
  });

async function ask(
  vendor: Vendor,
  settings: Settings,
  { from, to, offset }: Span & { readonly offset: number },
): Promise<Asked> {
  const { dimensions, metrics } = columnsOf(settings);
  const answer = await vendor.ask({
    method: 'POST',
    url: `/${VERSION}/properties/${settings.property}:runReport`,
    body: {
      dateRanges: [{ startDate: from, endDate: to }],
      dimensions: dimensions.map((name) => ({ name })),
      metrics: metrics.map((name) => ({ name })),
      // Pages fit together only when every page is cut from the same order.
      orderBys: dimensions.map((dimensionName) => ({ dimension: { dimensionName } })),
      limit: String(settings.page_rows),
      offset: String(offset),
      keepEmptyRows: false,
      returnPropertyQuota: true,
    },
  });
  const page = pageOf(answer, `${from}..${to} from row ${offset}`);
  const report = readReport(page.json());
  checkColumns(report, { dimensions, metrics });
  return { report, page };
}

const isSampled = (report: Report): boolean =>
  (report.metadata?.records('samplingMetadatas').length ?? 0) > 0;

function pageOf(answer: VendorAnswer, part: string): RawPage {
  return {
    request: `${answer.request} (${part})`,
    format: 'json',
    text: answer.text,
    json: answer.json,
    facts: {},
  };
}
