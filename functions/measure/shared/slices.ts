import { VigieError } from '../../platform/errors.ts';

/** Figures of some as-of dates, and the relation that holds them. */
export interface Slice {
  readonly asOfs: readonly string[];
  readonly relation: string;
}

interface Keeper {
  keep(asOfs: readonly string[]): Promise<string>;
  drop(relation: string): Promise<void>;
}

/**
 * Keeps figures of as-of dates, at most so many at once, and of half as many where the engine's memory does not hold them:
 * what a date's figures are hangs on no other date. Throws what is wrong, where a date cannot be kept; then nothing is.
 */
export async function keepInSlices(
  asOfs: readonly string[],
  most: number,
  keeper: Keeper,
): Promise<readonly Slice[]> {
  const kept: Slice[] = [];
  const left = inParts(asOfs, most);
  try {
    for (let days = left.shift(); days !== undefined; days = left.shift()) {
      const relation = await keeper.keep(days).catch((error: unknown) => {
        if (!isOutOfMemory(error) || days?.length === 1) throw error;
      });
      if (relation === undefined) left.unshift(...inParts(days, Math.ceil(days.length / 2)));
      else kept.push({ asOfs: days, relation });
    }
  } catch (error) {
    for (const { relation } of kept) await keeper.drop(relation);
    throw error;
  }
  return kept;
}

/** Whether fewer as-of dates at once may be what the engine's memory holds. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof VigieError && error.code === 'SQL_OUT_OF_MEMORY';

/** As few parts as hold at most so many each, of equal length. */
function inParts(asOfs: readonly string[], most: number): (readonly string[])[] {
  const each = Math.ceil(asOfs.length / Math.ceil(asOfs.length / most));
  return Array.from({ length: Math.ceil(asOfs.length / each) }, (_, at) =>
    asOfs.slice(at * each, (at + 1) * each),
  );
}

/** What to read of slices for some as-of dates. */
export function relationOf(slices: readonly Slice[], asOfs: readonly string[]): string {
  const wanted = new Set(asOfs);
  const relations = slices.flatMap((slice) =>
    slice.asOfs.some((asOf) => wanted.has(asOf)) ? [slice.relation] : [],
  );
  const [only, ...others] = relations;
  if (only !== undefined && others.length === 0) return only;
  return `(${relations.map((relation) => `SELECT * FROM ${relation}`).join(' UNION ALL ')})`;
}
