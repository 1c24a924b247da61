import { windowOf } from '../../api/kit/days.ts';
import { jsonPage, recordsIn } from '../../api/kit/envelope.ts';
import { guardLeftOut } from '../../api/kit/left-out.ts';
import { pagesByOffset } from '../../api/kit/paging.ts';
import { FieldError, RecordReader, shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'Search Console';
const BASE = '/webmasters/v3/sites';
/** What rows are grouped by; `keys` of a row are these, by position. Never by `query`: rare ones are hidden, and their clicks with them. */
const DIMENSIONS = ['date', 'device', 'country'] as const;

/** What is asked of every slice, beside its days. By property: a result with two pages of the site is shown once. */
const QUESTION = { dimensions: DIMENSIONS, type: 'web', aggregationType: 'byProperty', dataState: 'final' };

/**
 * The clicks of a slice's days, page by page. A month of three devices and all countries there are is below the 25,000 rows of
 * a page. Google sorts by clicks, ties as it likes: a row that comes twice is found out. Days that are not final have no row.
 * https://developers.google.com/webmaster-tools/v1/searchanalytics/query
 */
export async function* pages(vendor: Vendor, settings: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const answers = pagesByOffset<VendorAnswer>({
    ...{ what: `${TITLE}: ${slice.partition}, ${from} to ${to}`, size: settings.page_rows },
    hint: 'The next run reads these days again.',
    ask: (startRow) =>
      vendor.ask({
        method: 'POST',
        url: `${BASE}/${encodeURIComponent(slice.partition)}/searchAnalytics/query`,
        body: { startDate: from, endDate: to, ...QUESTION, rowLimit: settings.page_rows, startRow },
      }),
    keys: (answer) => rowsOf(answer.json()).map((row) => keysOf(row).join(' ')),
    total: () => null,
  });
  for await (const answer of answers) {
    const page = jsonPage(answer);
    yield { ...page, request: `${page.request} (${from}..${to})` };
  }
}

/** What the service account, or the user, may do with a property. https://developers.google.com/webmaster-tools/v1/sites */
export const askSite = (vendor: Vendor, site: string): Promise<VendorAnswer> =>
  vendor.ask({ url: `${BASE}/${encodeURIComponent(site)}` });

/** The rows under the names of what they hold: `{ date: '2026-11-18', device: 'MOBILE', country: 'fra', clicks: 12, … }`. */
export const records = (page: RawPage): readonly unknown[] =>
  rowsOf(page.json()).map((row) => {
    const keys = keysOf(row);
    return { ...(row as object), ...Object.fromEntries(DIMENSIONS.map((name, at) => [name, keys[at]])) };
  });

/** `rows` are left out where there are none; the kind of counting is said all the same. */
function rowsOf(body: unknown): readonly unknown[] {
  const counted = (body as { responseAggregationType?: unknown } | null)?.responseAggregationType;
  if (counted !== 'byProperty') throw shapeError(TITLE, 'responseAggregationType', counted ?? body);
  if ((body as { rows?: unknown }).rows !== undefined) return recordsIn(TITLE, body, 'rows');
  try {
    guardLeftOut(new RecordReader(body), { rows: 'a list' }, []);
  } catch (error) {
    if (error instanceof FieldError) throw shapeError(TITLE, error.field, body);
    throw error;
  }
  return [];
}

function keysOf(row: unknown): readonly string[] {
  const keys = (row as { keys?: unknown } | null)?.keys;
  if (
    Array.isArray(keys) &&
    keys.length === DIMENSIONS.length &&
    keys.every((key) => typeof key === 'string')
  )
    return keys as string[];
  throw shapeError(TITLE, `rows.keys (${DIMENSIONS.join(', ')})`, keys ?? row);
}

/** The first day that may still change; null where all that is there is final, as it was asked for. */
export function firstUnfinished(page: RawPage): string | null {
  const { metadata } = page.json() as { metadata?: Readonly<Record<string, unknown>> };
  const day = metadata?.['first_incomplete_date'] ?? metadata?.['firstIncompleteDate'];
  return typeof day === 'string' ? day : null;
}
