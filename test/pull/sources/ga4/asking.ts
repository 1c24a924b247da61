import type { CanonicalRow } from '../../../../functions/lake/landing/writer.ts';
import { hashAddresses } from '../../../../functions/pull/api/hash-addresses.ts';
import { RecordReader } from '../../../../functions/pull/api/record-reader.ts';
import type { MapContext, RawPage, RowSink, Slice } from '../../../../functions/pull/api/source.ts';
import type { Vendor, VendorAnswer, VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { mapSessions } from '../../../../functions/pull/sources/ga4/map.ts';
import { readReport, recordsOf } from '../../../../functions/pull/sources/ga4/report.ts';
import { type Settings, settings } from '../../../../functions/pull/sources/ga4/settings.ts';

export const chosen = (keys: Partial<Settings> = {}): Settings =>
  settings.parse({
    property: '338104927',
    site: 'shop.example',
    landing_groups: [
      { group: 'home', matches: '^/$' },
      { group: 'product', matches: '^/p/' },
    ],
    ...keys,
  });

export const slice = (from: string, to = from): Slice => ({
  entity: 'sessions',
  partition: '',
  key: from,
  from,
  to,
  since: null,
  startsOn: '2026-11-01',
  asOf: '2026-11-21',
});

export interface Asked {
  readonly vendor: Vendor;
  readonly requests: VendorRequest[];
  readonly notes: string[];
}

/** A vendor that gives these bodies, one a request, or what a function makes of the request. */
export function answering(bodies: readonly object[] | ((request: VendorRequest) => object)): Asked {
  const requests: VendorRequest[] = [];
  const notes: string[] = [];
  return {
    requests,
    notes,
    vendor: {
      async ask(request) {
        requests.push(request);
        const body = typeof bodies === 'function' ? bodies(request) : bodies[requests.length - 1];
        if (body === undefined) throw new Error(`request ${requests.length} was not expected`);
        return answerOf(200, body);
      },
      async *polls() {},
      now: () => new Date('2026-11-22T06:00:00.000Z'),
      note: (message) => notes.push(message),
    },
  };
}

export const answerOf = (status: number, body: unknown): VendorAnswer => {
  // As the machinery hands an answer over.
  const text = hashAddresses(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    status,
    headers: new Headers(),
    text,
    json: () => JSON.parse(text) as unknown,
    request: 'POST /v1beta/properties/338104927:runReport',
  };
};

/** What the records of a page become. */
export function mapped(
  page: RawPage,
  keys: Partial<Settings> = {},
): { rows: CanonicalRow[]; skipped: string[] } {
  const rows: CanonicalRow[] = [];
  const skipped: string[] = [];
  const sink: RowSink = {
    row: (_, row) => void rows.push(row),
    empty: () => undefined,
    skip: (reason) => void skipped.push(reason),
  };
  const context: MapContext<Settings> = {
    settings: chosen(keys),
    slice: slice('2026-11-20'),
    page,
    source: 'ga4',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  };
  for (const record of recordsOf(readReport(page.json())))
    mapSessions(new RecordReader(record), sink, context);
  return { rows, skipped };
}

export async function pagesOf(pages: AsyncIterable<RawPage>): Promise<RawPage[]> {
  const list: RawPage[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

type Row = readonly [date: string, device: string, channel: string, page: string, ...metrics: string[]];

/** An answer as runReport gives it. */
export const report = (rows: readonly Row[], more: object = {}): object => ({
  dimensionHeaders: ['date', 'deviceCategory', 'sessionDefaultChannelGroup', 'landingPage'].map((name) => ({
    name,
  })),
  metricHeaders: [
    { name: 'sessions', type: 'TYPE_INTEGER' },
    { name: 'engagedSessions', type: 'TYPE_INTEGER' },
    { name: 'sessionKeyEventRate:purchase', type: 'TYPE_FLOAT' },
  ],
  ...(rows.length === 0
    ? {}
    : {
        rows: rows.map((row) => ({
          dimensionValues: row.slice(0, 4).map((value) => ({ value })),
          metricValues: row.slice(4).map((value) => ({ value })),
        })),
        rowCount: rows.length,
      }),
  metadata: { currencyCode: 'EUR', timeZone: 'Europe/Paris' },
  kind: 'analyticsData#runReport',
  ...more,
});
