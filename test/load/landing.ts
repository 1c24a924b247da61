import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Batch, landingColumns, landingPrefix } from '../../functions/lake/landing/batch.ts';
import { sqlType } from '../../functions/lake/tables/ddl.ts';
import { sqlText } from '../../functions/lake/values/sql-text.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { tableOf } from '../kit/tables.ts';

export type Value = string | number | boolean | null;
/** A row as pull would land it: canonical values; `_input` 0 and `_row` by place where they are not given. */
export type LandedRow = Readonly<Record<string, Value>>;

const PLACE = {
  [landingColumns.input]: 'integer',
  [landingColumns.row]: 'integer',
  [landingColumns.empty]: 'boolean',
};

/** Lands rows in one Parquet file and returns their batch, as pull would. `inputs` defaults to those of the rows. */
export async function land(
  bucket: Bucket,
  table: string,
  rows: readonly LandedRow[],
  about: Partial<Batch> = {},
): Promise<Batch> {
  const source = about.source ?? 'erp';
  const run = about.run ?? '2026-11-21.20261122T060000Z';
  const placed = rows.map((row, index) => ({ _input: 0, _row: index + 1, _empty: false, ...row }));
  const full = placed.filter((row) => !row._empty);
  const key = `${landingPrefix(table, source, run)}part-00001.parquet`;
  if (rows.length > 0) await bucket.write(key, await parquet(table, placed));
  const names = [...new Set(placed.map((row) => row._input))];
  const inputs = names.map((name) => ({
    name: `in/${name}.csv`,
    fingerprint: `${run}-${name}`,
    date: null,
    rows: full.length,
    rejected: 0,
  }));
  const date = tableOf(table).businessDate;
  const dates = (date === undefined ? [] : full.map((row) => String((row as LandedRow)[date]))).sort();
  const span = { firstDate: dates[0] ?? null, lastDate: dates.at(-1) ?? null };
  const base = {
    table,
    source,
    run,
    asOf: '2026-11-21',
    files: rows.length > 0 ? [key] : [],
    columns: tableOf(table).columns.map(({ name }) => name),
    inputs,
    mappingHash: 'm1',
  };
  return { ...base, rows: full.length, rejected: 0, totals: totalsOf(table, full), ...span, ...about };
}

/** Exact sums of the decimal columns, by integers. */
function totalsOf(table: string, rows: readonly LandedRow[]): Record<string, string> {
  const decimals = tableOf(table).columns.filter((column) => column.kind === 'decimal');
  return Object.fromEntries(
    decimals.map(({ name }) => [
      name,
      unscaled(rows.reduce((sum, row) => sum + scaled(row[name] ?? null), 0n)),
    ]),
  );
}

const scaled = (value: Value): bigint => {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value ?? 0)) ?? [];
  return BigInt(`${sign}${whole}${part.padEnd(4, '0')}`);
};

function unscaled(sum: bigint): string {
  const digits = String(sum < 0n ? -sum : sum).padStart(5, '0');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

async function parquet(table: string, rows: readonly LandedRow[]): Promise<Uint8Array> {
  const types: [string, string][] = [
    ...tableOf(table).columns.map((column): [string, string] => [column.name, sqlType(column.kind)]),
    ...Object.entries(PLACE),
  ];
  const literal = (value: Value): string =>
    value === null ? 'NULL' : typeof value === 'string' ? sqlText(value) : String(value);
  const tuples = rows.map(
    (row) => `(${types.map(([name, type]) => `CAST(${literal(row[name] ?? null)} AS ${type})`).join(', ')})`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'vigie-land-'));
  const file = join(folder, 'part.parquet');
  const connection = await (await writer()).connect();
  await connection.run(
    `COPY (SELECT * FROM (VALUES ${tuples.join(', ')}) AS r(${types.map(([name]) => name).join(', ')})) TO '${file}' (FORMAT parquet)`,
  );
  connection.closeSync();
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

let instance: Promise<DuckDBInstance> | undefined;
const writer = (): Promise<DuckDBInstance> => {
  instance ??= DuckDBInstance.create(':memory:', { threads: '1' });
  return instance;
};
