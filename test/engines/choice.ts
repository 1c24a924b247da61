import { execFileSync } from 'node:child_process';
import type { Asked } from './asked.ts';

/**
 * What is measured though nothing of it has changed is one part of so many, so that what is recorded is looked at again within
 * two weeks. With a number that has no divisor in common with 24, a commit a day at one hour goes through all parts, too.
 */
export const PARTS = 13;
const HOUR = 3_600_000;

/** The part that is measured again of a commit: every hour's commits have the next one. */
export const partAt = (committed: Date): number => Math.floor(committed.getTime() / HOUR) % PARTS;

/** `VIGIE_BYTES`: `all`, or a part; else that of the commit that is tried. */
export function partNow(wanted = process.env['VIGIE_BYTES']): number | 'all' {
  if (wanted === undefined || wanted === '') return partAt(committed());
  if (wanted === 'all') return wanted;
  if (/^\d+$/.test(wanted) && Number(wanted) < PARTS) return Number(wanted);
  throw new Error(`VIGIE_BYTES is ${wanted}; allowed are \`all\` and the parts from 0 to ${PARTS - 1}`);
}

function committed(): Date {
  try {
    return new Date(Number(execFileSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' })) * 1000);
  } catch (error) {
    const remedy = 'Set VIGIE_BYTES=all, or a part, where there is no git';
    throw new Error(`which bytes to measure again goes by the time of the commit. ${remedy}`, {
      cause: error,
    });
  }
}

/** Why something is measured, or that it is not. */
export type Why = 'changed' | 'again' | 'recorded';

/** What to do with each: in the order of the tables it reads, so that those of a part share theirs. */
export function chosen(
  asked: readonly Asked[],
  part: number | 'all',
  { holds, tablesOf }: { holds(asked: Asked): boolean; tablesOf(asked: Asked): readonly string[] },
): Map<Asked, Why> {
  const key = (each: Asked) => `${tablesOf(each).join(' ')} ${each.kind} ${each.id}`;
  const keys = new Map(asked.map((each) => [each, key(each)]));
  const sorted = [...asked].sort((one, other) => (String(keys.get(one)) < String(keys.get(other)) ? -1 : 1));
  const isOf = (at: number) => part === 'all' || Math.floor((at * PARTS) / sorted.length) === part;
  return new Map(
    sorted.map((each, at) => [each, !holds(each) ? 'changed' : isOf(at) ? 'again' : 'recorded']),
  );
}
