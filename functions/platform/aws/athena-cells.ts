import type { ColumnInfo } from '@aws-sdk/client-athena';
import type { Cell, ResultColumn } from '../engine.ts';
import type { CsvCell } from './athena-csv.ts';

/** Athena's column types in the port's words. */
export function columnsOfResult(infos: readonly ColumnInfo[]): ResultColumn[] {
  return infos.map(({ Name, Type, Precision, Scale }) => ({
    name: Name ?? '',
    type: typeName(Type ?? 'unknown', Precision, Scale),
  }));
}

function typeName(type: string, precision: number | undefined, scale: number | undefined): string {
  if (type === 'decimal') return `decimal(${precision},${scale})`;
  return type === 'float' ? 'real' : type;
}

/** Turns the text of a result file into a canonical cell: DATE and DECIMAL are exact as text already. */
export function cellReader(type: string): (cell: CsvCell) => Cell {
  const read = readers[type] ?? ((text: string): Cell => text);
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

/** `2026-11-21 08:30:00.000` to `2026-11-21T08:30:00Z`; a fraction only where there is one, of 3 digits where enough. */
function isoInstant(text: string): string {
  const [second = '', digits = ''] = text.replace(' ', 'T').split('.');
  const fraction = digits.replace(/0+$/, '');
  if (fraction === '') return `${second}Z`;
  return `${second}.${fraction.padEnd(fraction.length <= 3 ? 3 : 6, '0')}Z`;
}
