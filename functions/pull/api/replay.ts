import type { ApiSource } from '../../lake/company/api-source.ts';
import type { Company } from '../../lake/company/company.ts';
import type { Batch, ReportedProblem } from '../../lake/landing/batch.ts';
import { problemOf } from '../../lake/landing/batch.ts';
import type { Tables } from '../../lake/tables/tables.ts';
import { addDays } from '../../lake/values/day.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { archivedPages, archivedSlices, type FoundSlice } from './archive.ts';
import { partRun } from './checkpoint.ts';
import { groupEntities } from './group-entities.ts';
import type { PullJob } from './land-slice.ts';
import { mappingHash } from './mapping-hash.ts';
import { pullGroup } from './pull-group.ts';
import { readAhead } from './read-ahead.ts';
import type { Entity, Slice, SourceDefinition } from './source.ts';
import { laterOf, type Watermark } from './watermarks.ts';

export interface ReplayInput {
  readonly company: Company;
  readonly tables: Tables;
  readonly source: ApiSource;
  readonly asOf: string;
  /** Of the replay itself. */
  readonly run: string;
  /** Only what this run archived; absent: everything. */
  readonly of?: string;
}

/** What a replay made of one archived run. Load the batches of each before the next is made. */
export interface ReplayedRun {
  readonly of: string;
  readonly pages: number;
  readonly batches: readonly Batch[];
  readonly problems: readonly ReportedProblem[];
  /** Partitions whose archive does not reach back to the first day wanted: the next pull asks the vendor for all of them. */
  readonly incomplete: readonly string[];
}

type Needs = Pick<Platform, 'bucket' | 'clock' | 'log'>;

/**
 * Maps the raw archive of a source again, as today's mapping does, run after run in the order they were read, without
 * asking the vendor. Throws `ARCHIVE_EMPTY` where there is nothing.
 */
export async function* replay(
  platform: Needs,
  input: ReplayInput,
  definition: SourceDefinition,
): AsyncGenerator<ReplayedRun> {
  const { source } = input;
  const archived = await archivedSlices(platform.bucket, source.name, input.of);
  if (archived.length === 0) throw nothingArchived(source.name, input.of);
  const coverage = coverageOf();
  const runs = [...new Set(archived.map(({ run }) => run))];
  for (const [index, of] of runs.entries()) {
    const slices = archived.filter(({ run }) => run === of);
    const job = jobOf(
      platform,
      { ...input, run: partRun(input.run, index + 1) },
      definition,
      slices,
      coverage,
    );
    const groups = groupEntities(definition.entities(source.settings)).map((group) => ({
      entities: group.map((entity) => ({
        entity,
        slices: slices.filter(({ slice }) => slice.entity === entity.name).map(({ slice }) => slice),
      })),
    }));
    const wanted = groups.filter(({ entities }) => entities.some((each) => each.slices.length > 0));
    const outcomes = await Promise.all(wanted.map((group) => pullGroup(job, group)));
    yield {
      of,
      pages: slices.reduce((sum, { pages }) => sum + pages.length, 0),
      batches: outcomes.flatMap(({ batches }) => batches),
      problems: outcomes.flatMap((outcome) => outcome.problems.map(problemOf)),
      incomplete: coverage.incomplete(),
    };
  }
}

function jobOf(
  platform: Needs,
  { company, tables, source, asOf, run }: ReplayInput,
  definition: SourceDefinition,
  archived: readonly FoundSlice[],
  coverage: Coverage,
): PullJob {
  const places = new Map<Slice, FoundSlice>(archived.map((each) => [each.slice, each]));
  return {
    ...{ platform, company, tables, source, asOf, run },
    mappingHash: mappingHash(definition, source.settings, company.company),
    concurrency: 1,
    open: (_entity, slice) => {
      const found = places.get(slice) as FoundSlice;
      return { startedAt: found.readAt, ...readAhead(archivedPages(platform.bucket, found), 2) };
    },
    archive: () => undefined,
    reach: (entity, slice, startedAt) => coverage.add(entity, slice, startedAt),
    isOver: () => false,
    askWhyEmpty: async () => undefined,
  };
}

interface Coverage {
  /** Takes in a slice, in the order they were read: how far everything from the first day on is covered, if it is. */
  add(entity: Entity, slice: Slice, readAt: string): Watermark | undefined;
  incomplete(): string[];
}

/** A watermark may be written only where nothing is missing before it: archives expire. */
function coverageOf(): Coverage {
  const reached = new Map<string, Watermark | undefined>();
  return {
    add(entity, slice, readAt) {
      const key = `${slice.entity}${slice.partition === '' ? '' : `, ${slice.partition}`}`;
      const mark = extended(reached.get(key), entity, slice, readAt);
      reached.set(key, mark);
      return mark;
    },
    // Groups are read at once: the order in which they came is nobody’s.
    incomplete: () => [...reached].flatMap(([key, mark]) => (mark ? [] : [key])).sort(),
  };
}

function extended(
  before: Watermark | undefined,
  entity: Entity,
  slice: Slice,
  readAt: string,
): Watermark | undefined {
  const { startsOn, from, to, since, asOf } = slice;
  if (entity.reading.by === 'whole') return { startsOn, through: asOf };
  if (entity.reading.by === 'change') {
    const fits = since === null || (before !== undefined && since <= before.through);
    return fits ? { startsOn: before?.startsOn ?? startsOn, through: readAt } : undefined;
  }
  if (from === null || to === null) return before;
  if (!before) return from === startsOn ? { startsOn, through: to } : undefined;
  if (from > addDays(before.through, 1)) return undefined;
  return { ...before, through: laterOf(to, before.through) };
}

const nothingArchived = (source: string, run: string | undefined): VigieError =>
  new VigieError(
    `nothing of ${source}${run === undefined ? '' : ` was read by run ${run}, or it`} is in the archive`,
    {
      code: 'ARCHIVE_EMPTY',
      where: { field: 'raw/', sample: `raw/source=${source}/` },
      hint: 'Only what was pulled over an API is archived, and on AWS for a limited time (aws.raw_days). `vigie run` reads it anew.',
    },
  );
