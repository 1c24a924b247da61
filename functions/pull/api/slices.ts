import { addDays, addMonths, daysBetween, lastOfMonth } from '../../lake/values/day.ts';
import type { Entity, Slice } from './source.ts';
import { type KnownWatermark, laterOf, type Watermark } from './watermarks.ts';

export interface SliceOptions {
  readonly startsOn: string;
  readonly asOf: string;
  readonly known: KnownWatermark;
}

/** The slices of an entity that are to be read now, partition by partition, from the oldest to the newest. */
export function slicesOf(entity: Entity, settings: unknown, options: SliceOptions): Slice[] {
  if (options.startsOn > options.asOf) return [];
  const partitions = entity.partitions?.(settings) ?? [''];
  return partitions.flatMap((partition) => {
    const base: Slice = {
      entity: entity.name,
      partition,
      key: 'whole',
      from: null,
      to: null,
      since: null,
      startsOn: options.startsOn,
      asOf: options.asOf,
    };
    return partitionSlices(entity, base, options.known(entity, partition));
  });
}

function partitionSlices({ reading }: Entity, base: Slice, known: Watermark | undefined): Slice[] {
  // Where an earlier first day is wanted now than was read, everything is read again.
  const usable = known && known.startsOn <= base.startsOn ? known : undefined;
  if (reading.by === 'whole') return [base];
  if (reading.by === 'change') {
    const since = usable
      ? new Date(Date.parse(usable.through) - reading.overlapMinutes * 60_000).toISOString()
      : null;
    return [{ ...base, key: 'changes', since }];
  }
  // A day is final only when it was read after its look-back was over: so days count back from the last reading.
  const again = usable ? addDays(usable.through, 1 - reading.lookBackDays) : base.startsOn;
  const from = laterOf(laterOf(again, base.startsOn), reachOf(base.asOf, reading.reachesBackMonths));
  return daySlices(base, from, base.asOf, reading.daysAtOnce);
}

/** The first day that a vendor still has: the day after the same day so many months ago, to be on the safe side. */
function reachOf(asOf: string, months: number | undefined): string {
  if (months === undefined) return '';
  return addDays(addMonths(asOf, -months), 1);
}

/**
 * Cut at the ends of months, and within a month every `daysAtOnce` days counted from its first: the cuts stay where they
 * are, whatever day is read from.
 */
function daySlices(base: Slice, from: string, to: string, daysAtOnce: number): Slice[] {
  const slices: Slice[] = [];
  for (let day = from; day <= to; ) {
    const month = day.slice(0, 7);
    const first = Math.floor((Number(day.slice(8)) - 1) / daysAtOnce) * daysAtOnce + 1;
    const begins = `${month}-${String(first).padStart(2, '0')}`;
    const ends = [addDays(begins, daysAtOnce - 1), lastOfMonth(month), to].reduce((a, b) => (a < b ? a : b));
    const key = daysAtOnce >= 31 ? month : begins;
    slices.push({ ...base, key, from: day, to: ends });
    day = addDays(ends, 1);
  }
  return slices;
}

/** Two halves of a slice of days; undefined where it cannot be split. */
export function halvesOf(slice: Slice): readonly [Slice, Slice] | undefined {
  const { from, to, key } = slice;
  if (from === null || to === null || from >= to) return undefined;
  const days = daysBetween(from, to);
  const middle = addDays(from, Math.floor(days / 2));
  return [
    { ...slice, key: `${key}.a`, to: middle },
    { ...slice, key: `${key}.b`, from: addDays(middle, 1) },
  ];
}

/** The name of a slice's input: a month of days is one, so that their list stays short. */
export function inputName(slice: Slice): string {
  const part = slice.from === null ? slice.key : slice.from.slice(0, 7);
  return [slice.entity, slice.partition, part].filter((each) => each !== '').join('/');
}

/** What makes an input the same as before, for people: days, or the instant changes were asked from. */
export const inputFingerprint = ({ from, to, since, asOf }: Slice): string =>
  from === null ? `${since ?? 'everything'}..${asOf}` : `${from}..${to}`;
