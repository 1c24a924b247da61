import { OTHER_MEMBERS } from '../kpis/kpi.ts';
import type { Part } from './drivers-split.ts';

/** A member's whole part in the change. */
export const effectOf = (part: Part): number => part.rate + part.mix;

/**
 * Who stands out. A member's excess is its effect beyond its weight's share of the change, in the direction of the
 * change. The score is the leader's excess as a share of the change, times how much of all excess is the leader's
 * own: many members that fluctuate against one another explain nothing.
 */
export function leaderOf(parts: readonly Part[], change: number): { leader: Part; score: number } {
  const direction = Math.sign(change);
  const excess = (part: Part): number => (effectOf(part) - part.weight * change) * direction;
  const candidates = parts.filter((part) => part.member !== OTHER_MEMBERS);
  const leader = (candidates.length > 0 ? candidates : parts).reduce((best, part) =>
    excess(part) > excess(best) ? part : best,
  );
  const most = Math.max(0, excess(leader));
  const all = parts.reduce((sum, part) => sum + Math.max(0, excess(part)), 0);
  const score = all === 0 ? 0 : Math.min(1, most / Math.abs(change)) * Math.min(1, most / all);
  return { leader, score };
}
