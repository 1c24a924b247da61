import type { ColumnInfo } from '@aws-sdk/client-athena';
import type { Cell, ResultColumn } from '../engine.ts';
import { VigieError } from '../errors.ts';
import { plainType } from '../sql-type.ts';
import type { CsvCell } from './athena-csv.ts';

/** Athena's column types in the port's words. */
export function columnsOfResult(infos: readonly ColumnInfo[]): ResultColumn[] {
  return infos.map(({ Name, Type, Precision, Scale }) => ({
    name: Name ?? '',
    type: typeName(Type ?? 'unknown', Precision, Scale),
  }));
}

/** Athena names a decimal's digits beside its type, or within it. */
const typeName = (type: string, precision: number | undefined, scale: number | undefined): string =>
  plainType(type === 'decimal' ? `decimal(${precision},${scale ?? 0})` : type);

/** Turns the text of a result file into a canonical cell: DATE and DECIMAL are exact as text already. */
export function cellReader(type: string): (cell: CsvCell) => Cell {
  const read = readers[plainType(type)] ?? ((text: string): Cell => text);
  return (cell) => (cell === null ? null : read(cell));
}

const wholeNumber = (text: string): Cell => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

const readers: Readonly<Record<string, (text: string) => Cell>> = {
  tinyint: Number,
  smallint: Number,
  integer: Number,
  bigint: wholeNumber,
  double: Number,
  real: Number,
  boolean: (text) => text === 'true',
  timestamp: isoInstant,
};

const INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?)(?:\.(\d+))? ?(UTC|Z|[+-]\d\d:\d\d)?$/;

/**
 * `2026-11-21 08:30:00.000`, or with ` UTC` or an offset behind it, to `2026-11-21T08:30:00Z`; a fraction only where
 * there is one, of 3 digits where enough.
 */
function isoInstant(text: string): string {
  const [, day = '', time = '', digits = '', zone = 'UTC'] = INSTANT.exec(text) ?? [];
  if (day === '') throw notAnInstant(text);
  const local = `${day}T${time.length === 5 ? `${time}:00` : time}`;
  const second = /^[+-]/.test(zone) ? new Date(`${local}${zone}`).toISOString().replace('.000Z', '') : local;
  const fraction = digits.replace(/0+$/, '').slice(0, 6);
  if (fraction === '') return `${second}Z`;
  return `${second}.${fraction.padEnd(fraction.length <= 3 ? 3 : 6, '0')}Z`;
}

const notAnInstant = (text: string): VigieError =>
  new VigieError(`Athena gave ${text} as a timestamp`, {
    code: 'ATHENA_RESULT',
    where: { sample: text },
    hint: 'Vigie reads instants in UTC or with an offset, not those of a named zone: let the statement say CAST(… AS timestamp).',
  });
