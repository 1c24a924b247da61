import type { ReportedProblem } from '../lake/batch.ts';
import { understood, type VigieError } from '../platform/errors.ts';

/** The outcome, or why there is none: a failure of whatever class is one of this work alone. */
export async function orProblem<T>(work: Promise<T>): Promise<T | VigieError> {
  try {
    return await work;
  } catch (error) {
    return understood(error);
  }
}

/** What a report says of the problems of a source; undefined where there is none. */
export function reportedProblem(problems: readonly VigieError[]): ReportedProblem | undefined {
  const [first] = problems;
  if (!first) return undefined;
  const message = problems.map((problem) => problem.message).join('\n');
  return { code: first.code, message, ...(first.hint === undefined ? {} : { hint: first.hint }) };
}
