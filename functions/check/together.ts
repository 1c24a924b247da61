import type { LimitFunction } from 'p-limit';
import { type Cell, type Dialect, queryRows } from '../platform/engine.ts';
import { understood } from '../platform/errors.ts';
import type { Platform } from '../platform/platform.ts';

/** A SELECT that may be asked in one statement with others. */
export interface Part {
  readonly sql: string;
  /** Said in logs and errors. */
  readonly label: string;
  /** Those that say the same here return the same columns, each of one type; absent: nothing. */
  readonly alike?: string;
}

type Row = Record<string, Cell>;
/** What came of one part, whatever became of the others. */
export type Answer = { readonly rows: readonly Row[] } | { readonly error: unknown };
type Needed = Pick<Platform, 'engine' | 'log'>;

/** What a joint statement adds to each of its parts, and some room. */
const BYTES_BESIDE = 100;
/** A joint statement that takes longer is given up: each of its parts must have time left to be asked by itself. */
const JOINT_MS = 4 * 60_000;

/**
 * Asks all of them, on an engine where each statement has its price several in one. Where that fails, each of its parts is asked
 * by itself, so that what is wrong is told of the one that it is wrong with, and nothing else is lost. Answers are in the order of the parts.
 */
export async function askTogether(
  platform: Needed,
  parts: readonly Part[],
  limit: LimitFunction,
): Promise<Answer[]> {
  const groups = groupsOf(parts, platform.engine.dialect);
  return (await Promise.all(groups.map((group) => askGroup(platform, group, limit)))).flat();
}

async function askGroup(platform: Needed, group: readonly Part[], limit: LimitFunction): Promise<Answer[]> {
  if (group.length > 1) {
    try {
      return await limit(() => askJointly(platform, group));
    } catch (error) {
      const { message: problem } = understood(error);
      platform.log.warn('what was asked in one statement is asked one by one', { problem });
    }
  }
  return Promise.all(group.map((part) => limit(() => askAlone(platform, part))));
}

async function askAlone({ engine }: Needed, { sql, label }: Part): Promise<Answer> {
  try {
    return { rows: await queryRows(engine, sql, { label }) };
  } catch (error) {
    return { error };
  }
}

async function askJointly({ engine }: Needed, group: readonly Part[]): Promise<Answer[]> {
  const label = `${group[0]?.label} and ${group.length - 1} more`;
  const signal = AbortSignal.timeout(JOINT_MS);
  const { columns, chunks } = await engine.query(jointStatement(group), { label, signal });
  const names = columns.slice(1).map(({ name }) => name);
  const rows = group.map((): Row[] => []);
  for await (const chunk of chunks)
    for (const [place, ...cells] of chunk)
      rows[Number(place)]?.push(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? null])));
  return rows.map((own) => ({ rows: own }));
}

/** Their rows, each with its part's place in front. */
const jointStatement = (group: readonly Part[]): string =>
  group
    .map(({ sql }, place) => `SELECT ${place} AS place, part.* FROM (\n${sql}\n) AS part`)
    .join('\nUNION ALL\n');

/** What is asked of a group. */
export const statementOf = (group: readonly Part[]): string =>
  group.length === 1 ? (group[0] as Part).sql : jointStatement(group);

/** In groups of about the same size, in their order, each of which makes one statement that the engine takes. */
export function groupsOf<T extends Part>(
  parts: readonly T[],
  { together = 1, maxStatementBytes }: Pick<Dialect, 'together' | 'maxStatementBytes'>,
): T[][] {
  const most = Math.ceil(parts.length / Math.ceil(parts.length / together));
  const groups: T[][] = [];
  let bytes = 0;
  for (const part of parts) {
    const own = Buffer.byteLength(part.sql) + BYTES_BESIDE;
    const last = groups.at(-1);
    const isLike = last !== undefined && last[0]?.alike === part.alike;
    const fits = isLike && last.length < most && bytes + own <= maxStatementBytes;
    if (fits) last.push(part);
    else groups.push([part]);
    bytes = fits ? bytes + own : own;
  }
  return groups;
}
