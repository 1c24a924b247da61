import { modifiedAt, type PortalRecord } from './portal.ts';

/** What a search asks of every record of an object, as columns: of thousands of records each page asks it anew. */
export interface Columns {
  /** Rising. */
  readonly numbers: Float64Array;
  readonly created: Float64Array;
  /** When each was archived, merged or erased, whichever came first; infinite: never. */
  readonly gone: Float64Array;
  /** When each was last modified, of all that will have happened. */
  readonly changed: Float64Array;
}

const made = new WeakMap<readonly PortalRecord[], Columns>();

/** Made once of each list of records: what an account holds does not change, only the moment as of which it is shown. */
export function columnsOf(records: readonly PortalRecord[]): Columns {
  const known = made.get(records);
  if (known) return known;
  const column = (of: (record: PortalRecord) => number): Float64Array => Float64Array.from(records, of);
  const columns = {
    numbers: column(({ id }) => Number(id)),
    created: column(({ createdAt }) => createdAt),
    gone: column(({ archivedAt, merged, erasedAt }) =>
      Math.min(archivedAt ?? Infinity, merged?.at ?? Infinity, erasedAt ?? Infinity),
    ),
    changed: column((record) => modifiedAt(record, Infinity)),
  };
  made.set(records, columns);
  return columns;
}

/** Place of the first record whose number is `number` or above. */
export function firstFrom({ numbers }: Columns, number: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
