import { datesBetween } from '../../../lake/values/day.ts';
import { VigieError } from '../../../platform/errors.ts';
import { type DayWindow, windowOf } from '../../api/kit/days.ts';
import { jsonPage } from '../../api/kit/envelope.ts';
import { pagesByOffset } from '../../api/kit/paging.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
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
  const days = windowOf(slice);
  const { from, to } = days;
  const first = await ask(vendor, settings, days, 0);
  if (from === to || !isSampled(first.report)) return yield* allPages(vendor, settings, days, first);
  vendor.note(`GA4 sampled ${from} to ${to}; each day is asked for by itself (set days_at_once: 1)`);
  for (const day of datesBetween(from, to)) yield* allPages(vendor, settings, { from: day, to: day });
}

interface Asked {
  readonly report: Report;
  readonly page: RawPage;
}

const HINT =
  'The property was being recomputed while it was read, or a proxy answers from a cache. The next run reads these days again.';

/** The pages of some days; `first` where it was asked for already. */
async function* allPages(
  vendor: Vendor,
  settings: Settings,
  days: DayWindow,
  first?: Asked,
): AsyncGenerator<RawPage> {
  const what = `GA4: the report of ${days.from} to ${days.to}`;
  let announced = first?.report.rowCount;
  const answers = pagesByOffset<Asked>({
    ...{ what, size: settings.page_rows, hint: HINT },
    ask: async (offset) => (offset === 0 && first) || ask(vendor, settings, days, offset),
    keys: ({ report }) => report.rows.map((row) => JSON.stringify(row.slice(0, 4))),
    total({ report: { rowCount } }) {
      // Rows may have moved in front of where the reading is, whether they are more or fewer now.
      if (announced !== undefined && rowCount !== announced) throw changed(what, announced, rowCount);
      announced = rowCount;
      return rowCount;
    },
  });
  for await (const { report, page } of answers) {
    for (const note of tellOf(report, days, settings)) vendor.note(note);
    yield page;
  }
}

const changed = (what: string, before: number, now: number): VigieError =>
  new VigieError(`${what} announced ${before} rows, then ${now}`, {
    code: 'VENDOR_INCOMPLETE',
    where: { field: 'rowCount', sample: `${before}, then ${now}` },
    hint: HINT,
    retryable: true,
  });

async function ask(vendor: Vendor, settings: Settings, days: DayWindow, offset: number): Promise<Asked> {
  const { dimensions, metrics } = columnsOf(settings);
  const answer = await vendor.ask({
    method: 'POST',
    url: `/${VERSION}/properties/${settings.property}:runReport`,
    body: {
      dateRanges: [{ startDate: days.from, endDate: days.to }],
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
  const part = `${days.from}..${days.to} from row ${offset}`;
  const page = { ...jsonPage(answer), request: `${answer.request} (${part})` };
  const report = readReport(page.json());
  checkColumns(report, { dimensions, metrics });
  return { report, page };
}

const isSampled = (report: Report): boolean =>
  (report.metadata?.records('samplingMetadatas').length ?? 0) > 0;
