import type { ApiSource } from '../../lake/company/api-source.ts';
import type { Company } from '../../lake/company/company.ts';
import { problemOf, type ReportedProblem } from '../../lake/landing/batch.ts';
import { codecOf, explainRefusal } from '../../lake/landing/codec.ts';
import { createStore } from '../../lake/landing/columns.ts';
import { derivationsOf } from '../../lake/landing/derive.ts';
import type { CanonicalRow } from '../../lake/landing/writer.ts';
import { isRequired, type TableDefinition } from '../../lake/tables/table.ts';
import type { Tables } from '../../lake/tables/tables.ts';
import { addDays } from '../../lake/values/day.ts';
import { suggestion } from '../../lake/values/nearest.ts';
import { VigieError } from '../../platform/errors.ts';
import { hashPersonal } from './personal.ts';
import { FieldError, RecordReader } from './record-reader.ts';
import { slicesOf } from './slices.ts';
import type { Entity, RawPage, Slice, SourceDefinition } from './source.ts';
import { openVendor, type VendorNeeds } from './vendor-client.ts';
import { watched } from './watched.ts';
import { laterOf } from './watermarks.ts';

export interface TryInput {
  readonly company: Company;
  readonly tables: Tables;
  readonly source: ApiSource;
  readonly asOf: string;
  readonly entity?: string;
  /** Records of each entity. */
  readonly limit: number;
}

export interface Trial {
  readonly title: string;
  readonly version: string | null;
  readonly sunset: string | null;
  readonly entities: readonly TriedEntity[];
  /** What the client says beside. */
  readonly notes: readonly string[];
}

export interface TriedEntity {
  readonly entity: string;
  readonly partition: string;
  /** What was asked, and of which days or since when. */
  readonly request: string | null;
  readonly records: readonly TriedRecord[];
  readonly problem?: ReportedProblem;
}

export interface TriedRecord {
  /** Hashed where personal, as everything behind the client. */
  readonly raw: unknown;
  readonly rows: readonly { readonly table: string; readonly row: CanonicalRow }[];
  readonly empties: readonly { readonly table: string; readonly scope: CanonicalRow }[];
  readonly skipped: readonly string[];
  /** Why it would be rejected. */
  readonly refusal: { readonly field: string; readonly value: string | null; readonly reason: string } | null;
  /** Fields that hold something and that the mapping does not look at. */
  readonly unmapped: readonly string[];
}

/** Days that a trial looks back for something to show. */
const RECENT_DAYS = 7;

/** Fetches a little of each entity and shows what would become of it. Nothing is kept. */
export async function trySource(
  platform: VendorNeeds,
  input: TryInput,
  definition: SourceDefinition,
): Promise<Trial> {
  const { source } = input;
  const vendor = openVendor(platform, source, definition);
  const all = definition.entities(source.settings);
  const wanted = input.entity === undefined ? all : all.filter(({ name }) => name === input.entity);
  if (wanted.length === 0) throw unknownEntity(input, all);
  const entities: TriedEntity[] = [];
  for (const entity of wanted)
    entities.push(await tryEntity(input, entity, (slice) => entity.pages(vendor, source.settings, slice)));
  const offers = entities.some(({ problem }) => problem)
    ? []
    : await definition.offers?.(vendor, source.settings);
  for (const offer of offers ?? []) vendor.note(offer);
  const { version, sunset } = definition.api(source.settings);
  return { title: definition.title, version, sunset, entities, notes: vendor.notes };
}

async function tryEntity(
  input: TryInput,
  entity: Entity,
  pages: (slice: Slice) => AsyncIterable<RawPage>,
): Promise<TriedEntity> {
  const slice = recentSlice(input, entity);
  const about = { entity: entity.name, partition: slice?.partition ?? '' };
  const records: TriedRecord[] = [];
  let request: string | null = null;
  if (!slice) return { ...about, request, records };
  try {
    for await (const page of pages(slice)) {
      request ??= page.request;
      const found = entity.records(page);
      hashPersonal(found, entity.personal ?? []);
      for (const raw of found.slice(0, input.limit - records.length))
        records.push(tryRecord(input, entity, slice, page, raw));
      if (records.length >= input.limit) break;
    }
    return { ...about, request, records };
  } catch (error) {
    if (error instanceof VigieError) return { ...about, request, records, problem: problemOf(error) };
    throw error;
  }
}

/** The newest slice, of the last days only. */
function recentSlice({ source, asOf }: TryInput, entity: Entity): Slice | undefined {
  const recent = addDays(asOf, 1 - RECENT_DAYS);
  const startsOn = laterOf(source.starts_on, recent);
  const slices = slicesOf(entity, source.settings, { startsOn, asOf, known: () => undefined });
  const slice = slices.filter(({ partition }) => partition === slices[0]?.partition).at(-1);
  if (!slice || entity.reading.by !== 'change') return slice;
  return { ...slice, startsOn: source.starts_on, since: `${startsOn}T00:00:00.000Z` };
}

function tryRecord(input: TryInput, entity: Entity, slice: Slice, page: RawPage, raw: unknown): TriedRecord {
  const { time_zone: timeZone, currency } = input.company.company;
  const watching = watched(raw);
  const said = { rows: [], empties: [], skipped: [] } as {
    rows: { table: string; row: CanonicalRow }[];
    empties: { table: string; scope: CanonicalRow }[];
    skipped: string[];
  };
  const sink = {
    row: (table: string, row: CanonicalRow) => void said.rows.push({ table, row }),
    empty: (table: string, scope: CanonicalRow) => void said.empties.push({ table, scope }),
    skip: (reason: string) => void said.skipped.push(reason),
  };
  let refusal: TriedRecord['refusal'] = null;
  try {
    entity.map(new RecordReader(watching.record), sink, {
      source: input.source.name,
      settings: input.source.settings,
      slice,
      page,
      timeZone,
      currency,
    });
    refusal =
      said.rows
        .map(({ table, row }) => rowRefusal(input.tables.table(table), row))
        .find((each) => each !== null) ?? null;
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    refusal = { field: error.field || '(record)', value: error.value, reason: error.reason };
  }
  const known = new Set(entity.known ?? []);
  const unmapped = watching.unread().filter((path) => !known.has(path.replaceAll('[]', '')));
  return { raw, ...said, refusal, unmapped };
}

/** Why a table refuses a row. What is derived later may be empty now. */
function rowRefusal(table: TableDefinition, row: CanonicalRow): TriedRecord['refusal'] {
  const derived = new Set(derivationsOf(table).map(({ column }) => column));
  for (const column of table.columns) {
    const value = row[column.name] ?? null;
    if (value === null && (!isRequired(table, column) || derived.has(column.name))) continue;
    if (value !== null && codecOf(column)(value, createStore(column, 1), 0)) continue;
    return {
      field: `${table.name}.${column.name}`,
      value: value === null ? null : String(value),
      reason: explainRefusal(column, value),
    };
  }
  return null;
}

function unknownEntity({ entity = '', source }: TryInput, all: readonly Entity[]): VigieError {
  const names = all.map(({ name }) => name);
  return new VigieError(`${source.name} has no entity "${entity}"; ${suggestion(entity, names)}`, {
    code: 'ENTITY_UNKNOWN',
    where: { field: 'entity', sample: entity },
    hint: `With its settings it reads ${names.join(', ')}.`,
  });
}
