import type { ReportedProblem } from '../lake/batch.ts';
import { VigieError } from '../platform/errors.ts';

/** The outcome, or the error that Vigie understands; any other is a bug and is thrown. */
export async function understood<T>(work: Promise<T>): Promise<T | VigieError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof VigieError) return error;
    throw error;
  }
}

/** What a report says of the problems of a source; undefined where there is none. */
export function reportedProblem(problems: readonly VigieError[]): ReportedProblem | undefined {
  const [first] = problems;
  if (!first) return undefined;
  const message = problems.map((problem) => problem.message).join('\n');
  return { code: first.code, message, ...(first.hint === undefined ? {} : { hint: first.hint }) };
}
