import type { SchemaElement } from 'hyparquet';
import { fixedText } from '../../lake/values/decimal.ts';

/**
 * Makes decimals exact: the library turns them into floating-point numbers, so their annotation is taken off and the
 * integers are written out here. Times that are no instants lose the Z that the library gives all of them.
 */
export function exactly(schema: SchemaElement[]): (path: readonly string[], value: unknown) => unknown {
  const scales = new Map<string, number>();
  const local = new Set<string>();
  for (const element of schema) {
    const isDecimal = element.converted_type === 'DECIMAL' || element.logical_type?.type === 'DECIMAL';
    if (element.logical_type?.type === 'TIMESTAMP' && !element.logical_type.isAdjustedToUTC)
      local.add(element.name);
    if (!isDecimal) continue;
    scales.set(
      element.name,
      element.scale ?? (element.logical_type?.type === 'DECIMAL' ? element.logical_type.scale : 0),
    );
    delete element.converted_type;
    delete element.logical_type;
  }
  return (path, value) => {
    const name = path.at(-1) ?? '';
    const scale = scales.get(name);
    if (scale !== undefined && value !== null && value !== undefined)
      return fixedText(integerOf(value), scale);
    if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
    return local.has(name) && typeof value === 'string' ? value.replace(/Z$/, '') : value;
  };
}

/** Two's complement, high byte first, where a decimal is stored as bytes. */
function integerOf(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint);
  return value.length === 0
    ? 0n
    : BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString('hex')}`));
}
