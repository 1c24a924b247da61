import type { CanonicalRow } from '../../../../functions/lake/landing/writer.ts';
import { FieldError, RecordReader } from '../../../../functions/pull/api/record-reader.ts';
import type { Entity, RawPage, Slice, SourceDefinition } from '../../../../functions/pull/api/source.ts';
import type { Vendor, VendorAnswer, VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { tableOf } from '../../../kit/tables.ts';

/** The days of a slice for tests; account and days as given. */
export const sliceOf = (partition: string, from: string, to = from): Slice => ({
  entity: 'campaigns',
  partition,
  key: from,
  from,
  to,
  since: null,
  startsOn: '2020-01-01',
  asOf: to,
});

/** A page as a client hands it over. */
export const pageOf = (body: unknown, facts: Readonly<Record<string, string>> = {}): RawPage => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    request: 'a test',
    format: typeof body === 'string' ? 'csv' : 'json',
    text,
    json: () => JSON.parse(text) as unknown,
    facts,
  };
};

export const answerOf = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): VendorAnswer => {
  const { text, json } = pageOf(body);
  return { status, headers: new Headers(headers), text, json, request: 'a test' };
};

export interface Asked {
  readonly vendor: Vendor;
  readonly requests: VendorRequest[];
  readonly notes: string[];
}

/** A vendor that answers as told, looks at jobs as often as wanted, and keeps what it was asked. */
export function answering(answer: (request: VendorRequest, index: number) => VendorAnswer): Asked {
  const requests: VendorRequest[] = [];
  const notes: string[] = [];
  return {
    requests,
    notes,
    vendor: {
      async ask(request) {
        requests.push(request);
        return answer(request, requests.length - 1);
      },
      async *polls() {
        for (let look = 1; look <= 20; look += 1) yield look;
        throw new Error('asked too often');
      },
      now: () => new Date('2026-11-22T06:00:00.000Z'),
      note: (message) => void notes.push(message),
    },
  };
}

export async function pagesOf(pages: AsyncIterable<RawPage>): Promise<RawPage[]> {
  const list: RawPage[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

export interface Mapped {
  readonly rows: CanonicalRow[];
  readonly rejected: FieldError[];
}

/** The one entity of an ad platform. */
export function campaignsOf(source: SourceDefinition, keys: object): { entity: Entity; settings: unknown } {
  const settings = source.settings.parse(keys);
  const [entity] = source.entities(settings);
  if (!entity) throw new Error(`${source.kind} has no entity`);
  return { entity, settings };
}

/** What a page becomes: rows, and records that were rejected. Anything else that is thrown is a failure. */
export function mapPage(source: SourceDefinition, keys: object, page: RawPage, slice: Slice): Mapped {
  const { entity, settings } = campaignsOf(source, keys);
  const rows: CanonicalRow[] = [];
  const rejected: FieldError[] = [];
  const context = { source: 'ads', settings, slice, page, timeZone: 'Europe/Paris', currency: 'EUR' };
  for (const record of entity.records(page)) {
    try {
      const sink = { row: (_: string, row: CanonicalRow) => void rows.push(row), empty() {}, skip() {} };
      entity.map(new RecordReader(record), sink, context);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      rejected.push(error);
    }
  }
  return { rows, rejected };
}

/** Why the lake would refuse a row; none: it takes it. */
export const refusals = (row: CanonicalRow): string[] =>
  tableOf('ad_spend').columns.flatMap((column) => {
    const value = row[column.name] ?? null;
    if (value === null) return column.nullable ? [] : [`${column.name} is empty`];
    return column.schema.safeParse(value).success ? [] : [`${column.name}: ${JSON.stringify(value)}`];
  });

/** Sum of a column of decimals or integers, exact to the cent's hundredth; as text. */
export const totalOf = (rows: readonly CanonicalRow[], column: string): string => {
  const tenThousandths = rows.reduce((sum, row) => {
    const [whole = '0', fraction = ''] = String(row[column] ?? 0).split('.');
    const sign = whole.startsWith('-') ? -1n : 1n;
    return sum + BigInt(whole) * 10_000n + sign * BigInt(fraction.padEnd(4, '0'));
  }, 0n);
  return String(Number(tenThousandths) / 10_000);
};
