import type { Condition } from '../../../lake/company/feed.ts';
import type { Accepts, Aggregate } from './aggregates.ts';
import type { ColumnInput } from './fill-column.ts';
import type { Notation } from './scribe.ts';

/** What a field's mapping needs to know of its feed. */
export interface FieldContext {
  readonly notation: Notation;
  /** Registers a column of the source as read. */
  read(name: string): ColumnInput;
  /** Whether a record fulfils all of these. */
  accepts(conditions: readonly Condition[]): Accepts;
  /** Registers what is made of the records of a group; `name` is shown where the answer is refused. */
  gathered(name: string, aggregate: Aggregate): ColumnInput;
  /** Registers a column as personal: it never leaves the reader as it is. */
  personal(name: string): void;
}
