import { readState } from '../../lake/state/file.ts';
import { type Bucket, writeJson } from '../../platform/bucket.ts';
import type { Clock } from '../../platform/clock.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Limits } from './source.ts';

/** Counts what answers cost, over all runs of a calendar month (UTC). */
export interface UnitBook {
  /** Before a request is sent: what it costs at most. Throws `VENDOR_UNITS` where the company allows no more this month. */
  spend(units: number): Promise<void>;
}

interface Spent {
  readonly units: number;
  /** ISO UTC. */
  readonly at: string;
}

export const spentKey = (source: string, month: string): string => `state/units/${source}/${month}.json`;

/**
 * The count is written before the request goes: a run that is killed in between has counted too much, never too little, and so
 * has a request that fails or is sent again. One request at a time counts (`concurrency: 1`); two runs at once there are not.
 */
export function unitBook(
  { bucket, clock }: { readonly bucket?: Bucket | undefined; readonly clock: Clock },
  { name, title }: { readonly name: string; readonly title: string },
  limit: Limits['units'],
): UnitBook {
  return {
    async spend(units) {
      if (units === 0) return;
      if (!limit || !bucket) throw new Error(`${title}: units are spent that nobody counts`);
      const at = clock.now().toISOString();
      const key = spentKey(name, at.slice(0, 7));
      const spent = (await readState<Spent>(bucket, key))?.units ?? 0;
      if (spent + units > limit.aMonth) throw allowed(title, spent, units, limit.aMonth);
      await writeJson(bucket, key, { units: spent + units, at } satisfies Spent);
    },
  };
}

const allowed = (title: string, spent: number, units: number, most: number): VigieError =>
  new VigieError(
    `${title}: ${spent} of the ${most} units that you allow this month are spent, and the next answer costs ${units}`,
    {
      code: 'VENDOR_UNITS',
      where: { field: 'units_a_month' },
      hint: 'What was complete is kept, and a run of next month reads on. To read more now, raise `units_a_month`, or name fewer domains and databases, or a later `starts_on`.',
    },
  );
