/**
 * What can be counted of rows, of one window:
 *
 * | kind       | is                                                                                                     |
 * |------------|--------------------------------------------------------------------------------------------------------|
 * | `sum`      | its values added up; NULL where none is known. With `by`, the rows of one entity on a day count once in each member: the largest |
 * |            | `sum known amount`: a row whose value is not known is no row, so that what has only such rows has no figure |
 * | `distinct` | entities with a row in the window, each once                                                           |
 * | `repeated` | entities with at least two rows in the window                                                          |
 * | `prior`    | entities with a row in the window just before                                                          |
 * | `kept`     | those of `prior` with a row in the window too                                                          |
 * | `level`    | its values added up from the first day there is to the window's last: what stands then                 |
 * | `opening`  | the same to the day before the window's first                                                          |
 */
export const quantityKinds = ['sum', 'distinct', 'repeated', 'prior', 'kept', 'level', 'opening'] as const;
export type QuantityKind = (typeof quantityKinds)[number];

/** A quantity of some rows, as its author wrote it: `sum net_amount`, `sum abandoned by cart_id`, `distinct customer_id`. */
export interface Quantity {
  readonly kind: QuantityKind;
  /** The column added up, or that holds the entity. */
  readonly column: string;
  /** Of a sum: the entity whose rows count once. */
  readonly by: string | null;
  /** Of a sum: whether a row without a value is none. */
  readonly known: boolean;
}

const FORM = /^([a-z]+) +(known +)?([a-z][a-z0-9_]*)(?: +by +([a-z][a-z0-9_]*))?$/;

/** Reads `<kind> [known] <column> [by <column>]`; undefined where the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, kind, known, column, by] = FORM.exec(text) ?? [];
  if (!quantityKinds.includes(kind as QuantityKind) || column === undefined) return undefined;
  if (kind !== 'sum' && (by !== undefined || known !== undefined)) return undefined;
  if (by !== undefined && known !== undefined) return undefined;
  return { kind: kind as QuantityKind, column, by: by ?? null, known: known !== undefined };
}

/** How to write one, for messages. */
export const quantityForm = `\`sum <column>\`, \`sum known <column>\`, \`sum <column> by <entity>\`, or ${quantityKinds
  .slice(1)
  .map((kind) => `\`${kind} <column>\``)
  .join(', ')}`;
