import { type LoadedState, loadedStateKey } from '../../lake/landing/batch.ts';
import { readState } from '../../lake/state/file.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Entity, Slice } from './source.ts';

/** How far an entity's partition is in the lake. Written `2025-01-01/2026-11-24`. */
export interface Watermark {
  /** First business day that was wanted when it was read: everything from there on is there. */
  readonly startsOn: string;
  /** By day: the last day read. By change: the instant (ISO UTC) the last reading began. Whole: the day it was read for. */
  readonly through: string;
}

export const watermarkKey = (entity: string, partition: string): string => `${entity}/${partition}`;

export const writeWatermark = ({ startsOn, through }: Watermark): string => `${startsOn}/${through}`;

export function readWatermark(text: string): Watermark {
  const [startsOn = '', through = ''] = text.split('/');
  return { startsOn, through };
}

/** What is known of a partition of an entity. */
export type KnownWatermark = (entity: Entity, partition: string) => Watermark | undefined;

/**
 * The watermarks of a source, as loaded. An entity that fills several tables is as far as the one that is least far; a
 * table that was loaded through another mapping counts as not loaded at all.
 */
export async function loadedWatermarks(
  { bucket }: Pick<Platform, 'bucket'>,
  source: string,
  entities: readonly Entity[],
  mappingHash: string,
): Promise<KnownWatermark> {
  const tables = [...new Set(entities.flatMap((entity) => entity.tables))];
  const states = new Map(
    await Promise.all(
      tables.map(
        async (table) =>
          [table, await readState<LoadedState>(bucket, loadedStateKey(source, table))] as const,
      ),
    ),
  );
  return (entity, partition) => {
    const key = watermarkKey(entity.name, partition);
    const found = entity.tables.map((table) => {
      const state = states.get(table);
      return state?.mappingHash === mappingHash ? state.watermarks?.[key] : undefined;
    });
    if (found.length === 0) return undefined;
    let least: Watermark | undefined;
    for (const text of found) {
      if (text === undefined) return undefined;
      least = least === undefined ? readWatermark(text) : lesser(least, readWatermark(text));
    }
    return least;
  };
}

const lesser = (a: Watermark, b: Watermark): Watermark => ({
  startsOn: laterOf(a.startsOn, b.startsOn),
  through: laterOf(a.through, b.through) === a.through ? b.through : a.through,
});

/** The later of two dates, or of two instants. */
export const laterOf = (a: string, b: string): string => [a, b].sort().at(-1) as string;

/** How far a partition is with a slice that was read; never less far than it was, while days are read anew. */
export function reachedBy(
  known: Watermark | undefined,
  entity: Entity,
  slice: Slice,
  startedAt: string,
): Watermark {
  const usable = known && known.startsOn <= slice.startsOn ? known : undefined;
  const through = slice.to ?? (entity.reading.by === 'change' ? startedAt : slice.asOf);
  return {
    startsOn: usable?.startsOn ?? slice.startsOn,
    through: usable ? laterOf(usable.through, through) : through,
  };
}
