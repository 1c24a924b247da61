import { tokensOf, unexpected } from './soql-tokens.ts';

/** A query as it is written. Which objects and fields there are, it does not know. */
export interface Query {
  readonly select: readonly Item[];
  /** `SELECT count()`. */
  readonly counts: boolean;
  readonly from: string;
  readonly where: Condition | null;
  readonly order: readonly Order[];
  readonly limit: number | null;
  readonly offset: number;
}

/** A field, by the way to it (`Account`, `Industry`), or the records that belong to each. */
export type Item =
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'children'; readonly query: Query };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly all: readonly Condition[] }
  | { readonly kind: 'not'; readonly one: Condition }
  | {
      readonly kind: 'compare';
      readonly path: readonly string[];
      readonly operator: string;
      readonly values: readonly Literal[];
    };

export type LiteralType = 'text' | 'number' | 'boolean' | 'null' | 'date' | 'datetime';
export interface Literal {
  readonly type: LiteralType;
  /** An instant in milliseconds since 1970. */
  readonly value: string | number | boolean | null;
}

export interface Order {
  readonly path: readonly string[];
  readonly descends: boolean;
  readonly nullsLast: boolean;
}

/** Reads the part of SOQL that is simulated; the rest is refused as a mistake would be: `MALFORMED_QUERY`. */
export function parseSoql(text: string): Query {
  const reader = new Reader(tokensOf(text));
  const query = reader.query();
  reader.end();
  return query;
}

const NAME = /^[A-Za-z_][\w.]*$/;
const RESERVED =
  /^(select|from|where|and|or|not|in|order|by|asc|desc|nulls|limit|offset|group|having|like)$/i;
const OPERATORS = ['=', '!=', '<>', '<', '<=', '>', '>='];

class Reader {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  end(): void {
    if (this.at < this.tokens.length) throw unexpected(this.peek());
  }

  query(): Query {
    this.want('select');
    const { counts, select } = this.selection();
    this.want('from');
    const from = this.name();
    const where = this.take('where') ? this.conditions() : null;
    const order = this.take('order') ? this.orders() : [];
    const limit = this.take('limit') ? this.count() : null;
    const offset = this.take('offset') ? this.count() : 0;
    return { select, counts, from, where, order, limit, offset };
  }

  private selection(): Pick<Query, 'select' | 'counts'> {
    if (this.take('count')) {
      this.want('(');
      this.want(')');
      return { select: [], counts: true };
    }
    const select: Item[] = [];
    do select.push(this.item());
    while (this.take(','));
    return { select, counts: false };
  }

  private item(): Item {
    if (!this.take('(')) return { kind: 'field', path: this.path() };
    const query = this.query();
    this.want(')');
    return { kind: 'children', query };
  }

  /** `a AND b OR c` is refused: Salesforce wants brackets. */
  private conditions(): Condition {
    const all = [this.condition()];
    const word = ['and', 'or'].find((each) => this.isNext(each));
    if (word === undefined) return all[0] as Condition;
    while (this.take(word)) all.push(this.condition());
    if (this.isNext('and') || this.isNext('or')) throw unexpected(this.peek());
    return { kind: word as 'and' | 'or', all };
  }

  private condition(): Condition {
    if (this.take('not')) return { kind: 'not', one: this.condition() };
    if (this.take('(')) {
      const inner = this.conditions();
      this.want(')');
      return inner;
    }
    const path = this.path();
    if (this.take('not')) {
      this.want('in');
      return { kind: 'not', one: this.among(path) };
    }
    if (this.take('in')) return this.among(path);
    const operator = this.next();
    if (!OPERATORS.includes(operator)) throw unexpected(operator);
    const plain = operator === '<>' ? '!=' : operator;
    return { kind: 'compare', path, operator: plain, values: [this.literal()] };
  }

  private among(path: readonly string[]): Condition {
    this.want('(');
    const values: Literal[] = [];
    do values.push(this.literal());
    while (this.take(','));
    this.want(')');
    return { kind: 'compare', path, operator: '=', values };
  }

  private orders(): Order[] {
    this.want('by');
    const orders: Order[] = [];
    do {
      const path = this.path();
      const descends = this.take('desc') || (this.take('asc') && false);
      const nullsLast = this.take('nulls') && !this.take('first') && this.want('last');
      orders.push({ path, descends, nullsLast });
    } while (this.take(','));
    return orders;
  }

  private literal(): Literal {
    const token = this.next();
    if (token.startsWith("'")) return { type: 'text', value: token.slice(1, -1).replaceAll(/\\(.)/g, '$1') };
    if (/^\d{4}-\d\d-\d\dT/.test(token)) return { type: 'datetime', value: Date.parse(zoned(token)) };
    if (/^\d{4}-\d\d-\d\d$/.test(token)) return { type: 'date', value: token };
    if (/^-?\d/.test(token)) return { type: 'number', value: Number(token) };
    if (/^(true|false)$/i.test(token)) return { type: 'boolean', value: token.toLowerCase() === 'true' };
    if (/^null$/i.test(token)) return { type: 'null', value: null };
    throw unexpected(token);
  }

  private count(): number {
    const token = this.next();
    if (!/^\d+$/.test(token)) throw unexpected(token);
    return Number(token);
  }

  private path(): readonly string[] {
    return this.name().split('.');
  }

  private name(): string {
    const token = this.next();
    if (!NAME.test(token) || RESERVED.test(token)) throw unexpected(token);
    return token;
  }

  private peek(): string {
    return this.tokens[this.at] ?? '';
  }

  private next(): string {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private isNext(word: string): boolean {
    return this.peek().toLowerCase() === word;
  }

  private take(word: string): boolean {
    if (!this.isNext(word)) return false;
    this.at += 1;
    return true;
  }

  private want(word: string): true {
    if (!this.take(word)) throw unexpected(this.peek());
    return true;
  }
}

/** An offset without a colon, as Salesforce writes it itself. */
const zoned = (text: string): string => text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
