import type { CanonicalRow } from '../../../../functions/lake/landing/writer.ts';
import { FieldError, RecordReader } from '../../../../functions/pull/api/record-reader.ts';
import { map } from '../../../../functions/pull/sources/typeform/map.ts';
import { settings } from '../../../../functions/pull/sources/typeform/settings.ts';
import { pageOf } from '../ad-spend/asking.ts';
import { sliceFor } from '../mapped.ts';

/** Settings of a form `abc` with both questions. */
export const keys = (changes: object = {}): object => ({
  forms: [
    {
      ...{ id: 'abc', recommendation: 'nps', satisfaction: { field: 'stars', best_score: 5 } },
      region: { hidden: 'region' },
    },
  ],
  ...changes,
});

export const questions: readonly unknown[] = [
  { ref: 'nps', type: 'nps', title: 'Recommend?', properties: {} },
  { ref: 'stars', type: 'rating', title: 'Stars', properties: { steps: 5 } },
];

/** A form as `GET /forms/{id}` gives it. */
export const form = (fields: readonly unknown[]): object => ({
  ...{ fields, hidden: ['region'], variables: { score: 0 } },
});

export const number = (ref: string, value: number): object => ({
  ...{ field: { ref }, type: 'number', number: value },
});

export const answer = (answers: readonly object[], token = 'a1'): object => ({
  ...{ token, submitted_at: '2026-11-20T09:00:00Z', response_type: 'completed', answers },
  hidden: { region: 'Nord' },
});

/** What a record that is kept becomes. */
export function mappedOne(record: object) {
  const rows: CanonicalRow[] = [];
  const skipped: string[] = [];
  const rejected: FieldError[] = [];
  const sink = {
    row: (_: string, row: CanonicalRow) => void rows.push(row),
    empty: () => undefined,
    skip: (reason: string) => void skipped.push(reason),
  };
  try {
    map(new RecordReader(record), sink, {
      ...{ settings: settings.parse(keys()), slice: sliceFor({ partition: 'abc' }), page: pageOf('') },
      ...{ source: 'typeform', timeZone: 'Europe/Paris', currency: 'EUR' },
    });
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    rejected.push(error);
  }
  return { rows, skipped, rejected };
}
