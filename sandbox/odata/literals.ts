import { BadQuery } from './bad-query.ts';

/**
 * Values as OData compares them: instants and days as milliseconds, the rest as they are.
 * Literals of V2: OData 2.0, section 2.2.2 (`datetime'…'`, `datetimeoffset'…'`, `guid'…'`, `12.5M`, `4L`).
 * Literals of V4: OData 4.0 ABNF (`2026-11-20`, `2026-11-20T05:00:00Z`).
 */
export type Value = string | number | boolean | null;

const V2_TYPED = /^(datetimeoffset|datetime|guid|time)'([^']*)'/;
const TEXT = /^'((?:[^']|'')*)'/;
const V4_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?/;
const NUMBER = /^-?\d+(\.\d+)?([MmLlDdFf]?)(?![\w-])/;
const WORD = /^(true|false|null)\b/;

/** A literal at the start of a text, and how long it is; undefined where none is. */
export function literalAt(text: string): { readonly value: Value; readonly length: number } | undefined {
  const typed = V2_TYPED.exec(text);
  if (typed) return { value: typedValue(typed[1] as string, typed[2] as string), length: typed[0].length };
  const quoted = TEXT.exec(text);
  if (quoted) return { value: (quoted[1] as string).replaceAll("''", "'"), length: quoted[0].length };
  const time = V4_TIME.exec(text);
  if (time) return { value: instantOf(time[0]), length: time[0].length };
  const number = NUMBER.exec(text);
  if (number) return { value: Number.parseFloat(number[0]), length: number[0].length };
  const word = WORD.exec(text);
  if (word) return { value: word[0] === 'null' ? null : word[0] === 'true', length: word[0].length };
  return undefined;
}

function typedValue(type: string, text: string): Value {
  if (type === 'guid' || type === 'time') return text;
  // Edm.DateTime has no zone and is compared as it stands; Edm.DateTimeOffset must have one.
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(text);
  if (type === 'datetimeoffset' && !zoned) throw new BadQuery(`Invalid literal datetimeoffset'${text}'`);
  return instantOf(type === 'datetime' && !zoned ? `${text}Z` : text);
}

function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new BadQuery(`Invalid date or time literal '${text}'`);
  return instant;
}
