import type { Batch } from '../../lake/landing/batch.ts';
import { openBatch } from '../../lake/landing/writer.ts';
import { understood, VigieError } from '../../platform/errors.ts';
import { EntityLanding } from './entity-landing.ts';
import { landSlice, type PullJob } from './land-slice.ts';
import { inOrder } from './read-ahead.ts';
import { refuseTooManyRecords } from './refused-records.ts';
import type { Entity, Slice } from './source.ts';
import { TableLanding } from './table-landing.ts';
import { type Watermark, watermarkKey, writeWatermark } from './watermarks.ts';

/** Entities that fill tables in common, directly or by way of a third one: they succeed or fail together. */
export interface EntityGroup {
  readonly entities: readonly { readonly entity: Entity; readonly slices: readonly Slice[] }[];
}

export interface GroupOutcome {
  readonly batches: readonly Batch[];
  /** Slices that are left for a next call. */
  readonly remaining: readonly Slice[];
  /** Why nothing came of the group, or of some of its partitions. */
  readonly problems: readonly VigieError[];
}

/** Slices that are read at once. */
const SLICES_AHEAD = 4;

/**
 * Pulls a group: one batch a table, of all slices that were complete before the time was over. Nothing, where one fails;
 * but an account that fails by itself (closed, not permitted) is left out, and the group read again without it.
 */
export async function pullGroup(job: PullJob, group: EntityGroup): Promise<GroupOutcome> {
  const problems: VigieError[] = [];
  let wanted = group;
  for (;;) {
    try {
      const { batches, remaining } = await pullWhole(job, wanted);
      return { batches, remaining, problems };
    } catch (error) {
      if (error instanceof PartitionFailed && partitionsOf(wanted).size > 1) {
        problems.push(error.reason);
        wanted = without(wanted, error.partition);
        continue;
      }
      const reason = error instanceof PartitionFailed ? error.reason : understood(error);
      return { batches: [], remaining: [], problems: distinct([...problems, reason]) };
    }
  }
}

/** What one account may have and its siblings not. An outage is everybody's. */
const OWN_FAULTS = new Set(['VENDOR_REFUSED', 'VENDOR_NO_PERMISSION', 'VENDOR_SHAPE', 'VENDOR_INCOMPLETE']);

/** A partition that failed by itself, where others may be well. */
class PartitionFailed extends Error {
  readonly reason: VigieError;
  readonly partition: string;

  constructor(reason: VigieError, partition: string) {
    super(reason.message);
    this.reason = reason;
    this.partition = partition;
  }
}

const partitionsOf = ({ entities }: EntityGroup): Set<string> =>
  new Set(entities.flatMap(({ slices }) => slices.map(({ partition }) => partition)));

const without = ({ entities }: EntityGroup, partition: string): EntityGroup => ({
  entities: entities.map(({ entity, slices }) => ({
    entity,
    slices: slices.filter((slice) => slice.partition !== partition),
  })),
});

/** Where every account fails, it is mostly for one reason: told once for each remedy. */
const distinct = (problems: readonly VigieError[]): VigieError[] =>
  problems.filter(
    (problem, index) =>
      problems.findIndex(({ code, hint }) => code === problem.code && hint === problem.hint) === index,
  );

async function pullWhole(job: PullJob, group: EntityGroup): Promise<Omit<GroupOutcome, 'problems'>> {
  const tables = openTables(job, group);
  const watermarks = new Map<Entity, Map<string, Watermark>>();
  const remaining: Slice[] = [];
  const landed = { slices: 0 };
  try {
    for (const { entity, slices } of group.entities) {
      const reached = new Map<string, Watermark>();
      watermarks.set(entity, reached);
      remaining.push(...(await pullEntity(job, entity, slices, tables, reached, landed)));
    }
    const batches: Batch[] = [];
    for (const landing of tables.values()) {
      const own = group.entities.filter(({ entity }) => entity.tables.includes(landing.table));
      batches.push(
        await landing.batch.close(written(own.map(({ entity }) => [entity, watermarks.get(entity)]))),
      );
    }
    return { batches: remaining.length > 0 ? batches.filter(hasRead) : batches, remaining };
  } catch (error) {
    const discarded = [...tables.values()].map((landing) => landing.batch.discard());
    await Promise.allSettled(discarded);
    throw error;
  }
}

/** Of a call that was cut short: a table of which nothing was read yet has nothing to hand over. */
const hasRead = ({ inputs }: Batch): boolean => inputs.length > 0;

function openTables(job: PullJob, group: EntityGroup): Map<string, TableLanding> {
  const names = new Set(group.entities.flatMap(({ entity }) => entity.tables));
  const { source, run, asOf, mappingHash } = job;
  const timeZone = job.company.company.time_zone;
  return new Map(
    [...names].map((name) => {
      const table = job.tables.table(name);
      const options = { table, source: source.name, run, asOf, mappingHash, timeZone };
      return [name, new TableLanding(table, openBatch(job.platform, options))];
    }),
  );
}

/** The slices that were not read, since the time was over. */
async function pullEntity(
  job: PullJob,
  entity: Entity,
  slices: readonly Slice[],
  tables: ReadonlyMap<string, TableLanding>,
  reached: Map<string, Watermark>,
  landed: { slices: number },
): Promise<Slice[]> {
  const landing = new EntityLanding(entity, tables);
  const seen = new Map<string, number>();
  let done = 0;
  /** The partition that is being read. */
  let at: string | undefined;
  try {
    // A call does one slice of a group at least: else it would never end.
    if (landed.slices > 0 && job.isOver()) return [...slices];
    for await (const { item, reader } of inOrder(slices, atOnce(job), (slice) => job.open(entity, slice))) {
      if (done > 0 && job.isOver()) break;
      const before = landing.tally.records;
      at = item.partition;
      await landSlice(job, entity, landing, item, reader);
      at = undefined;
      done += 1;
      landed.slices += 1;
      const count = (seen.get(item.partition) ?? 0) + landing.tally.records - before;
      seen.set(item.partition, count);
      const mark = job.reach(entity, item, reader.startedAt);
      if (mark) reached.set(item.partition, mark);
    }
    refuseTooManyRecords(entity, landing.tally, job);
    if (done === slices.length) {
      for (const [name, count] of seen) {
        at = name;
        if (count === 0) await job.askWhyEmpty(entity, [name]);
      }
    }
  } catch (error) {
    const isOneOfSeveral = slices.some(({ partition }) => partition !== slices[0]?.partition);
    const reason = named(error, job, entity, isOneOfSeveral ? at : '');
    throw at !== undefined && at !== '' && OWN_FAULTS.has(reason.code)
      ? new PartitionFailed(reason, at)
      : reason;
  }
  job.platform.log.info('pull.entity', {
    source: job.source.name,
    entity: entity.name,
    records: landing.tally.records,
    rejected: landing.tally.rejected,
    skipped: [...landing.skipped.values()].reduce((sum, count) => sum + count, 0),
  });
  return slices.slice(done);
}

const atOnce = ({ concurrency }: PullJob): number => Math.max(1, Math.min(SLICES_AHEAD, concurrency));

function written(
  reached: readonly (readonly [Entity, ReadonlyMap<string, Watermark> | undefined])[],
): Record<string, string> {
  return Object.fromEntries(
    reached.flatMap(([entity, partitions]) =>
      [...(partitions ?? [])].map(([partition, mark]) => [
        watermarkKey(entity.name, partition),
        writeWatermark(mark),
      ]),
    ),
  );
}

/** The same error, with the source and entity it is about. */
function named(thrown: unknown, { source }: PullJob, entity: Entity, partition = ''): VigieError {
  const error = understood(thrown);
  const { code, hint, retryable, where } = error;
  const whose = partition === '' || error.message.includes(partition) ? '' : ` of ${partition}`;
  return new VigieError(`${source.name}, ${entity.name}${whose}: ${error.message}`, {
    code,
    retryable,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
    ...(where === undefined ? {} : { where }),
  });
}
