import { OTHER_MEMBERS } from '../../functions/lake/catalogue/kpi.ts';
import { type DrivenKpi, formOf, partsOf } from '../../functions/lake/drivers/form.ts';
import { effectOf, type MemberSums, type Part } from '../../functions/lake/drivers/split.ts';
import { type FigureRow, windowFigures } from '../../functions/lake/drivers/windows.ts';

/**
 * How Vigie chose until version 0.2, to compare with: of two windows only, the member whose effect goes furthest
 * beyond its weight's share of the change, times how much of all such excess is its own. Null: across the board.
 */
export function chosenUntil02(
  kpi: DrivenKpi,
  current: readonly FigureRow[],
  comparison: readonly FigureRow[],
): { dimension: string; member: string } | null {
  const [now, before] = [windowFigures(current, kpi.ratio), windowFigures(comparison, kpi.ratio)];
  if (!now || !before) return null;
  const whole = { before: before.whole, after: now.whole };
  const value = ({ numerator, denominator }: typeof now.whole): number =>
    kpi.ratio ? numerator / denominator : numerator;
  const change = value(now.whole) - value(before.whole);
  const choices = [...now.dimensions.keys()].toSorted().flatMap((dimension) => {
    const [one, two] = [before.dimensions.get(dimension), now.dimensions.get(dimension)];
    const members: MemberSums[] = [...new Set([...(one?.keys() ?? []), ...(two?.keys() ?? [])])]
      .toSorted()
      .map((member) => ({ member, before: one?.get(member) ?? null, after: two?.get(member) ?? null }));
    const form = formOf(kpi, members, whole);
    const parts = partsOf(kpi, form, members, whole);
    if (parts.length === 0) return [];
    const carried = parts.reduce((sum, part) => sum + effectOf(part), 0);
    const pooled = form === 'overlapping' && kpi.unit !== 'percent' && carried !== 0;
    const { leader, score } = leaderOf(parts, pooled ? carried : change);
    return [{ dimension, member: leader.member, score }];
  });
  const best = choices.toSorted((a, b) => b.score - a.score)[0];
  return best && best.score >= BROAD_BELOW ? best : null;
}

const BROAD_BELOW = 0.15;

function leaderOf(parts: readonly Part[], change: number): { leader: Part; score: number } {
  const direction = Math.sign(change);
  const excess = (part: Part): number => (effectOf(part) - part.weight * change) * direction;
  const candidates = parts.filter((part) => part.member !== OTHER_MEMBERS);
  const leader = (candidates.length > 0 ? candidates : parts).reduce((best, part) =>
    excess(part) > excess(best) ? part : best,
  );
  const most = Math.max(0, excess(leader));
  const all = parts.reduce((sum, part) => sum + Math.max(0, excess(part)), 0);
  return {
    leader,
    score: all === 0 ? 0 : Math.min(1, most / Math.abs(change)) * Math.min(1, most / all),
  };
}
