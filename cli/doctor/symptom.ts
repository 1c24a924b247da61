import { messageOf, VigieError } from '../../functions/platform/errors.ts';

/** One thing that was looked at. */
export interface Symptom {
  readonly what: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly finding: string;
  readonly remedy?: string;
}

/** What an error has to say to somebody who looks for what is missing. */
export const wordsOf = (error: unknown): { finding: string; remedy?: string } => ({
  finding: messageOf(error),
  ...(error instanceof VigieError && error.hint ? { remedy: error.hint } : {}),
});

/** What cannot be looked at is a symptom itself, and keeps nothing else from being looked at. Bugs are thrown. */
export async function looking(
  what: string,
  look: () => Promise<readonly Symptom[] | Symptom>,
): Promise<readonly Symptom[]> {
  try {
    const found = await look();
    return Array.isArray(found) ? found : [found as Symptom];
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    return [{ what, status: 'failed', ...wordsOf(error) }];
  }
}
