import { existsSync, readFileSync } from 'node:fs';
import type { CanonicalRow } from '../../../functions/lake/landing/writer.ts';
import { isOfSource } from '../../../functions/lake/tables/table.ts';
import { hashPersonal } from '../../../functions/pull/api/personal.ts';
import { FieldError, RecordReader } from '../../../functions/pull/api/record-reader.ts';
import type { Entity, RawPage, Slice, SourceDefinition } from '../../../functions/pull/api/source.ts';
import { tableOf } from '../../kit/tables.ts';

/** What a page became. */
export interface MappedPage {
  readonly rows: { readonly table: string; readonly row: CanonicalRow }[];
  readonly empties: { readonly table: string; readonly scope: CanonicalRow }[];
  readonly skipped: string[];
  readonly rejected: FieldError[];
  of(table: string): CanonicalRow[];
}

export const entityOf = (source: SourceDefinition, settings: unknown, name: string): Entity => {
  const entity = source.entities(settings).find((each) => each.name === name);
  if (!entity) throw new Error(`${source.kind} reads no ${name}`);
  return entity;
};

export const sliceFor = (changes: Partial<Slice> = {}): Slice => ({
  ...{ entity: 'x', partition: '', key: 'changes', from: null, to: null, since: null },
  ...{ startsOn: '2000-01-01', asOf: '2026-11-21', ...changes },
});

export interface MapOptions {
  readonly slice?: Partial<Slice>;
  readonly facts?: Readonly<Record<string, string>>;
  readonly timeZone?: string;
}

/** Maps a page as the machinery does, all of a record or nothing; whatever is thrown beside `FieldError`s goes on. */
export function mapped(
  source: SourceDefinition,
  keys: object,
  name: string,
  body: unknown,
  { slice = {}, facts = {}, timeZone = 'Europe/Paris' }: MapOptions = {},
): MappedPage {
  const settings = source.settings.parse({ base_url: 'https://sap.example', read: [name], ...keys });
  const entity = entityOf(source, settings, name);
  const text = JSON.stringify(body);
  const page: RawPage = {
    request: 'a test',
    format: 'json',
    text,
    json: () => JSON.parse(text) as unknown,
    facts,
  };
  const parsed: unknown = page.json();
  const records = entity.records({ ...page, json: () => parsed });
  hashPersonal(records, entity.personal ?? []);
  const result: MappedPage = {
    ...{ rows: [], empties: [], skipped: [], rejected: [] },
    of: (table) => result.rows.filter((each) => each.table === table).map(({ row }) => row),
  };
  const context = { source: 'made-up', settings, slice: sliceFor(slice), page, timeZone, currency: 'EUR' };
  for (const record of records) {
    const [rows, empties] = [result.rows.length, result.empties.length];
    const sink = {
      row: (table: string, row: CanonicalRow) => void result.rows.push({ table, row }),
      empty: (table: string, scope: CanonicalRow) => void result.empties.push({ table, scope }),
      skip: (reason: string) => void result.skipped.push(reason),
    };
    try {
      entity.map(new RecordReader(record), sink, context);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      result.rows.length = rows;
      result.empties.length = empties;
      result.rejected.push(error);
    }
  }
  return result;
}

/** Worked out by the landing zone where a source has none. */
const DERIVED: Partial<Record<string, readonly string[]>> = { carts: ['settles_at', 'settles_on'] };

/** Why the lake would refuse a row; none: it takes it. */
export const refusals = (table: string, row: CanonicalRow): string[] =>
  tableOf(table).columns.flatMap((column) => {
    const value = row[column.name] ?? null;
    if (value === null)
      return column.nullable || isOfSource(column) || DERIVED[table]?.includes(column.name)
        ? []
        : [`${table}.${column.name} is empty`];
    return column.schema.safeParse(value).success
      ? []
      : [`${table}.${column.name}: ${JSON.stringify(value)}`];
  });

/** Without columns that are null. */
export const given = (rows: readonly CanonicalRow[]): Record<string, unknown>[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));

const SHARED = new URL('../../../../shared/data/', import.meta.url);
export const hasRecordings = existsSync(SHARED);
if (!hasRecordings) console.warn('the recorded answers are not here: tests of them are skipped');

/** A vendor's recorded answer, kept outside of the repository. */
export const recording = (name: string): unknown => JSON.parse(recordingText(name));

export const recordingText = (name: string): string => readFileSync(new URL(name, SHARED), 'utf8');
