import { FieldError, RecordReader, shapeError } from '../record-reader.ts';
import type { RawPage } from '../source.ts';
import type { VendorAnswer } from '../vendor.ts';

/**
 * Reads what surrounds the records of an answer: ids of jobs, states, next pages. What is not as known there is the
 * vendor's new form, not a bad record: it fails the source (`VENDOR_SHAPE`).
 */
export function readEnvelope<T>(what: string, answer: VendorAnswer, read: (body: RecordReader) => T): T {
  try {
    return read(new RecordReader(answer.json()));
  } catch (error) {
    if (error instanceof FieldError) throw shapeError(what, error.field, error.value);
    throw error;
  }
}

/** The list of records under a name. */
export function recordsIn(what: string, body: unknown, name: string): readonly unknown[] {
  const found =
    typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
  if (!Array.isArray(found)) throw shapeError(what, name, found ?? body);
  return found as readonly unknown[];
}

/** An answer in JSON as the page to be archived and mapped. */
export function jsonPage(answer: VendorAnswer, facts: Readonly<Record<string, string>> = {}): RawPage {
  return { request: answer.request, format: 'json', text: answer.text, json: () => answer.json(), facts };
}

/** The same with the vendor's clock: what it tells is of the moment at which it was asked. */
export function clockedPage(answer: VendorAnswer): RawPage {
  const date = answer.headers.get('date');
  return jsonPage(answer, date === null ? {} : { date });
}

/** A page put together from several answers: records, with what belongs to them. `request` for people. */
export function joinedPage(request: string, body: Readonly<Record<string, unknown>>): RawPage {
  const text = JSON.stringify(body);
  let parsed: unknown;
  return {
    ...{ request, format: 'json', text, facts: {} },
    json() {
      parsed ??= JSON.parse(text);
      return parsed;
    },
  };
}

/** An answer in CSV as a page. `request` where the address must not be kept, being signed. */
export const csvPage = ({ request, text, json }: VendorAnswer, shown = request): RawPage => ({
  request: shown,
  format: 'csv',
  text,
  json,
  facts: {},
});
