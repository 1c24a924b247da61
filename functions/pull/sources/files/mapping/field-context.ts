import type { Condition } from '../../../../lake/company/feed.ts';
import type { ColumnInput } from './fill-column.ts';
import type { Notation } from './scribe.ts';

/** What a field's mapping needs to know of its feed. */
export interface FieldContext {
  readonly notation: Notation;
  /** Registers a column of the source as read. */
  read(name: string): ColumnInput;
  /** Registers a question about the records of a group: `1` where any of them fulfils the condition (`wanted`: none). */
  asked(condition: Condition, wanted: 'any' | 'none'): ColumnInput;
  /** Registers a column as personal: it never leaves the reader as it is. */
  personal(name: string): void;
}
