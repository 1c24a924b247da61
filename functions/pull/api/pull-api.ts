import type { ApiSource } from '../../lake/company/api-source.ts';
import { type FailedTable, type PullReport, problemOf } from '../../lake/landing/batch.ts';
import { understood, VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { PullInput } from '../pull-input.ts';
import { definitionOf } from '../source-kinds.ts';
import { openArchive } from './archive.ts';
import {
  type Checkpoint,
  notLoaded,
  partRun,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts';
import { type Deadline, deadlineError, deadlineFrom } from './deadline.ts';
import { eraseFromArchive } from './erase-archive.ts';
import { groupEntities } from './group-entities.ts';
import type { PullJob } from './land-slice.ts';
import { mappingHash } from './mapping-hash.ts';
import { type EntityGroup, type GroupOutcome, pullGroup } from './pull-group.ts';
import { readAhead } from './read-ahead.ts';
import { slicesOf } from './slices.ts';
import type { Entity, Slice, SourceDefinition } from './source.ts';
import { type OpenVendor, openVendor } from './vendor-client.ts';
import { type KnownWatermark, loadedWatermarks, reachedBy } from './watermarks.ts';

export interface PullApiInput extends PullInput {
  readonly source: ApiSource;
}

type Needs = Pick<Platform, 'bucket' | 'clock' | 'log' | 'secrets' | 'http'> &
  Partial<Pick<Platform, 'redactor'>>;

/** Pages of a slice that are fetched before they are wanted. */
const PAGES_AHEAD = 2;

/**
 * Pulls a source over an API into the landing zone, see `pullSource`. What was loaded of it says where to read on;
 * what is landed now counts only once it is loaded, so that dying anywhere and pulling again ends the same.
 */
export async function pullApi(platform: Needs, input: PullApiInput): Promise<PullReport> {
  return pullDefined(platform, input, await definitionOf(input.source.kind));
}

/** Pulls a source by its definition. */
export async function pullDefined(
  platform: Needs,
  input: PullApiInput,
  definition: SourceDefinition,
): Promise<PullReport> {
  const { source, run } = input;
  const checkpoint = await readCheckpoint(platform, source.name, run);
  // Not all of the platform: on AWS its parts are made when they are asked for, and a pull sends no mail.
  const { bucket, secrets, clock, log, http, redactor } = platform;
  const startedAt = checkpoint?.startedAt ?? clock.now().toISOString();
  const deadline = deadlineFrom(source.name, new Date(startedAt), source.max_minutes);
  const stopAt = earlierOf(input.stopAt, deadline.at);
  const needs = { bucket, secrets, clock, log, http, redactor, stopAt, deadline };
  const vendor = openVendor(needs, source, definition);
  const hash = mappingHash(definition, source.settings, input.company.company);
  const entities = definition.entities(source.settings);
  const known = await loadedWatermarks(platform, source.name, entities, hash);
  const part = { run: partRun(run, (checkpoint?.parts ?? 0) + 1), hash, known };
  const job = jobOf(platform, input, definition, vendor, part, deadline);
  const groups = planGroups(entities, input, known, checkpoint);
  const outcomes = await Promise.all(groups.map((group) => pullGroup(job, group)));
  const erasing = await eraseGone(platform, source, definition);
  const failed = groups.flatMap(({ entities: own }, index) => {
    const [first, ...others] = (outcomes[index] as GroupOutcome).problems.map(problemOf);
    if (first === undefined) return [];
    const message = [first, ...others].map((problem) => problem.message).join('\n');
    const tables = new Set(own.flatMap(({ entity }) => entity.tables));
    return [...tables].map((table) => ({ table, problem: { ...first, message } }));
  });
  return report(platform, input, definition, { outcomes: [...outcomes, ...erasing], failed }, checkpoint, {
    startedAt,
    ended: () => {
      if (deadline.isNear(platform.clock.now())) return deadlineError(source.name, source.max_minutes);
      return vendor.nearEnd();
    },
  });
}

/** Erases people who are gone from the archive. Where that fails, what was read is handed over all the same, and it is told. */
async function eraseGone(
  { bucket, log }: Needs,
  source: ApiSource,
  definition: SourceDefinition,
): Promise<GroupOutcome[]> {
  try {
    const people = await eraseFromArchive(bucket, source, definition);
    if (people > 0) log.info('pull.erased', { source: source.name, people });
    return [];
  } catch (error) {
    return [{ batches: [], remaining: [], problems: [understood(error)] }];
  }
}

const earlierOf = (one: Date | undefined, other: Date): Date =>
  one === undefined || other < one ? other : one;

interface Part {
  readonly run: string;
  readonly hash: string;
  readonly known: KnownWatermark;
}

function jobOf(
  platform: Needs,
  { company, tables, source, asOf, stopAt }: PullApiInput,
  definition: SourceDefinition,
  vendor: OpenVendor,
  { run, hash, known }: Part,
  deadline: Deadline,
): PullJob {
  const { settings } = source;
  return {
    platform,
    company,
    tables,
    source,
    asOf,
    run,
    mappingHash: hash,
    concurrency: definition.api(settings).limits.concurrency,
    open: (entity, slice) => ({
      startedAt: platform.clock.now().toISOString(),
      ...readAhead(entity.pages(vendor, settings, slice), PAGES_AHEAD),
    }),
    archive: (slice, readAt) =>
      openArchive(platform.bucket, { source: source.name, run, slice, readAt }, vendor.redactor),
    reach: (entity, slice, startedAt) => reachedBy(known(entity, slice.partition), entity, slice, startedAt),
    isOver() {
      const now = platform.clock.now();
      const isTime = (stopAt !== undefined && now >= stopAt) || deadline.isNear(now);
      return isTime || vendor.nearEnd() !== undefined;
    },
    askWhyEmpty: (entity, partitions) => askWhyEmpty(vendor, settings, entity, partitions),
  };
}

/** What there is to read: as the watermarks say, or what an earlier part left. */
function planGroups(
  entities: readonly Entity[],
  { source, asOf }: PullApiInput,
  known: KnownWatermark,
  checkpoint: Checkpoint | undefined,
): EntityGroup[] {
  const { settings, starts_on: startsOn } = source;
  const slicesFor = (entity: Entity): readonly Slice[] =>
    checkpoint
      ? checkpoint.remaining.filter((slice) => slice.entity === entity.name)
      : slicesOf(entity, settings, { startsOn, asOf, known });
  return groupEntities(entities)
    .map((group) => ({ entities: group.map((entity) => ({ entity, slices: slicesFor(entity) })) }))
    .filter((group) => group.entities.some(({ slices }) => slices.length > 0));
}

async function askWhyEmpty(
  vendor: OpenVendor,
  settings: unknown,
  entity: Entity,
  partitions: readonly string[],
): Promise<void> {
  for (const partition of partitions) {
    const why = await entity.whyEmpty?.(vendor, settings, partition);
    if (!why) continue;
    throw new VigieError(`${partition === '' ? '' : `${partition}: `}nothing came, and ${why.reason}`, {
      code: why.kind === 'no-permission' ? 'VENDOR_NO_PERMISSION' : 'VENDOR_REFUSED',
      hint: why.hint ?? 'The source’s page lists the permissions to ask for; `vigie doctor` tests them.',
    });
  }
}

async function report(
  platform: Needs,
  { source, run }: PullApiInput,
  definition: SourceDefinition,
  { outcomes, failed }: { outcomes: readonly GroupOutcome[]; failed: readonly FailedTable[] },
  checkpoint: Checkpoint | undefined,
  { startedAt, ended }: { readonly startedAt: string; ended(): VigieError | undefined },
): Promise<PullReport> {
  const { version, sunset } = definition.api(source.settings);
  const own = outcomes.flatMap(({ batches }) => batches);
  const remaining = outcomes.flatMap((outcome) => outcome.remaining);
  const problems = [
    ...(checkpoint?.problems ?? []),
    ...outcomes.flatMap((outcome) => outcome.problems.map(problemOf)),
  ];
  const batches = [...(checkpoint ? await notLoaded(platform, run, checkpoint) : []), ...own];
  const common = { source: source.name, batches, api: { title: definition.title, version, sunset } };
  const end = remaining.length > 0 ? ended() : undefined;
  const isOver = end !== undefined;
  // Nobody goes on with it today: what is left is read from the watermarks by the next run.
  if (isOver) problems.push(problemOf(end));
  if (remaining.length > 0 && !isOver) {
    const parts = (checkpoint?.parts ?? 0) + 1;
    const all = [...(checkpoint?.batches ?? []), ...own];
    const writtenAt = platform.clock.now().toISOString();
    await writeCheckpoint(platform, source.name, run, {
      writtenAt,
      startedAt,
      parts,
      remaining,
      problems,
      batches: all,
    });
    return { ...common, status: 'unfinished' };
  }
  await removeCheckpoint(platform, source.name, run);
  const [first] = problems;
  if (first) {
    const message = problems.map((problem) => problem.message).join('\n');
    const lacking = outcomes.flatMap(({ problems: own, batches: came }) =>
      own.length > 0 ? came.map(({ table }) => table) : [],
    );
    const part = lacking.length === 0 ? {} : { lacking };
    // What an earlier part could not read is known by its message only: the source then counts as failed for all.
    // So it does where its time was over: which tables lack something nobody can tell.
    const known = (checkpoint?.problems ?? []).length === 0 && !isOver ? { failed } : {};
    return { ...common, ...part, ...known, status: 'failed', problem: { ...first, message } };
  }
  return { ...common, status: batches.length > 0 ? 'ok' : 'unchanged' };
}
