import type { FailedTable, ReportedProblem } from '../lake/landing/batch.ts';
import { understood, type VigieError } from '../platform/errors.ts';

/** The outcome, or why there is none: a failure of whatever class is one of this work alone. */
export async function orProblem<T>(work: Promise<T>): Promise<T | VigieError> {
  try {
    return await work;
  } catch (error) {
    return understood(error);
  }
}

/** What a report says of a source some of whose tables failed; undefined where none did. One line a table. */
export function problemOfTables(failed: readonly FailedTable[]): ReportedProblem | undefined {
  const [first, ...others] = failed;
  if (!first) return undefined;
  if (others.length === 0) return first.problem;
  const message = failed.map(({ problem }) => problem.message).join('\n');
  return { ...first.problem, message };
}
