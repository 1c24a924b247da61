import { closest, distance } from 'fastest-levenshtein';

/** The candidate that a typo most likely meant; undefined when none is near (more than a third of it wrong). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const best = closest(word, candidates);
  return distance(word, best) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined;
}
