import { BadQuery } from './bad-query.ts';
import { literalAt, type Value } from './literals.ts';

/**
 * `$filter` as documented clients send it: comparisons of a property with a literal, `and`, `or`, `not`, brackets.
 * Functions are not offered: a simulated service answers 400 to what it does not know, as OData 2.0, section 2.2.3.6.1
 * and 4.0 part 2, section 5.1.1 ask.
 */
export type Predicate<T> = (record: T) => boolean;

/** The value of a property of a record, ready to be compared; undefined for a property the type does not have. */
export type PropertyOf<T> = (name: string) => ((record: T) => Value) | undefined;

const PROPERTY = /^[A-Za-z_][\w]*(\/[A-Za-z_][\w]*)*/;
const OPERATOR = /^\s+(eq|ne|gt|ge|lt|le)\s+/;

/** Compiles a filter; throws `BadQuery` with the service's words. */
export function filterOf<T>(text: string, property: PropertyOf<T>): Predicate<T> {
  const parser = new Parser(text, property);
  return parser.whole();
}

class Parser<T> {
  private rest: string;
  private readonly property: PropertyOf<T>;

  constructor(text: string, property: PropertyOf<T>) {
    this.rest = text.trim();
    this.property = property;
  }

  whole(): Predicate<T> {
    const predicate = this.either();
    if (this.rest.trim() !== '') throw new BadQuery(`Invalid token '${this.rest.trim()}' in $filter`);
    return predicate;
  }

  private either(): Predicate<T> {
    let left = this.both();
    while (this.take(/^\s+or\s+/)) {
      const [one, other] = [left, this.both()];
      left = (record) => one(record) || other(record);
    }
    return left;
  }

  private both(): Predicate<T> {
    let left = this.single();
    while (this.take(/^\s+and\s+/)) {
      const [one, other] = [left, this.single()];
      left = (record) => one(record) && other(record);
    }
    return left;
  }

  private single(): Predicate<T> {
    if (this.take(/^not\s*(?=[\s(])\s*/)) {
      const inner = this.single();
      return (record) => !inner(record);
    }
    if (this.take(/^\(\s*/)) {
      const inner = this.either();
      if (!this.take(/^\s*\)/)) throw new BadQuery('Missing closing parenthesis in $filter');
      return inner;
    }
    return this.comparison();
  }

  private comparison(): Predicate<T> {
    const name = this.take(PROPERTY);
    if (!name) throw new BadQuery(`Invalid token '${this.rest}' in $filter`);
    const read = this.property(name);
    if (!read) throw new BadQuery(`Property ${name} not found`);
    const operator = this.take(OPERATOR)?.trim();
    if (!operator) throw new BadQuery(`Invalid operator after '${name}' in $filter`);
    const literal = literalAt(this.rest);
    if (!literal) throw new BadQuery(`Invalid literal '${this.rest}' in $filter`);
    this.rest = this.rest.slice(literal.length);
    return comparing(read, operator, literal.value);
  }

  private take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    if (found !== undefined) this.rest = this.rest.slice(found.length);
    return found;
  }
}

/** Null compares to nothing but null: a comparison by size with it is false (OData 4.0 part 2, 5.1.1.1). */
function comparing<T>(read: (record: T) => Value, operator: string, wanted: Value): Predicate<T> {
  if (operator === 'eq') return (record) => read(record) === wanted;
  if (operator === 'ne') return (record) => read(record) !== wanted;
  const size = (record: T, holds: (value: string | number, other: string | number) => boolean): boolean => {
    const value = read(record);
    return typeof value === typeof wanted && value !== null && wanted !== null
      ? holds(value as string | number, wanted as string | number)
      : false;
  };
  if (operator === 'gt') return (record) => size(record, (a, b) => a > b);
  if (operator === 'ge') return (record) => size(record, (a, b) => a >= b);
  if (operator === 'lt') return (record) => size(record, (a, b) => a < b);
  return (record) => size(record, (a, b) => a <= b);
}
