import { SoqlError } from './errors.ts';
import { type Column, columnAt, type Row, type Scalar, type Seen } from './rows.ts';
import type { Condition, Literal, LiteralType } from './soql.ts';

type Test = (row: Row) => boolean;
type Compare = Extract<Condition, { kind: 'compare' }>;

/** Makes a test of a condition. Throws `INVALID_FIELD` where a field is not there, or is compared with what it cannot be. */
export function testOf(seen: Seen, object: string, condition: Condition): Test {
  if (condition.kind === 'not') {
    const one = testOf(seen, object, condition.one);
    return (row) => !one(row);
  }
  if (condition.kind === 'compare') return comparison(columnAt(seen, object, condition.path), condition);
  const all = condition.all.map((each) => testOf(seen, object, each));
  return condition.kind === 'and'
    ? (row) => all.every((each) => each(row))
    : (row) => all.some((each) => each(row));
}

const LITERALS: Readonly<Record<string, LiteralType>> = {
  ...{ id: 'text', reference: 'text', string: 'text', picklist: 'text', boolean: 'boolean' },
  ...{ int: 'number', double: 'number', currency: 'number', date: 'date', datetime: 'datetime' },
};

function comparison(column: Column, { path, operator, values }: Compare): Test {
  for (const { type } of values) checkType(column, path.join('.'), type, operator);
  const wanted = values.map(({ value }) => plain(column, value));
  if (operator === '=') {
    const set = new Set(wanted);
    return (row) => set.has(plain(column, column.of(row)));
  }
  const [other = null] = wanted;
  if (operator === '!=') return (row) => plain(column, column.of(row)) !== other;
  const holds = SIZES[operator] as (one: Scalar, two: Scalar) => boolean;
  return (row) => {
    const value = plain(column, column.of(row));
    return value !== null && other !== null && holds(value, other);
  };
}

const SIZES: Readonly<Record<string, (one: never, two: never) => boolean>> = {
  '<': (one, two) => one < two,
  '<=': (one, two) => one <= two,
  '>': (one, two) => one > two,
  '>=': (one, two) => one >= two,
};

/** Text is compared whatever its case; ids of 15 characters are those of 18 without their end. */
function plain({ type }: Column, value: Scalar): Scalar {
  if (typeof value !== 'string') return value;
  return type === 'id' || type === 'reference' ? value.slice(0, 15) : value.toLowerCase();
}

function checkType({ type }: Column, name: string, literal: Literal['type'], operator: string): void {
  const wanted = LITERALS[type];
  if (literal === wanted || (literal === 'null' && (operator === '=' || operator === '!='))) return;
  const quotes = wanted === 'text' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  throw new SoqlError(
    'INVALID_FIELD',
    `value of filter criterion for field '${name}' must be of type ${type === 'datetime' ? 'dateTime' : type} and ${quotes}`,
  );
}
