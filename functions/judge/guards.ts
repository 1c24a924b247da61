import type { BoundRule } from '../lake/company/alert-rules.ts';
import type { SnapshotRow } from '../lake/snapshot/snapshot.ts';
import { wilsonInterval } from '../lake/values/statistics.ts';

export interface Crossing {
  readonly value: number;
  readonly level: number;
  /** What the level was made from; null for a fixed limit. */
  readonly base: number | null;
}

/** Whether a figure beyond its level rests on enough to be told: every guard that the rule sets. */
export function passesGuards(
  bound: BoundRule,
  figure: Pick<SnapshotRow, 'numerator' | 'denominator'>,
  crossing: Crossing,
): boolean {
  return volumeOf(bound, figure, crossing) >= bound.rule.min_volume && excludesLevel(bound, figure, crossing);
}

/**
 * What a figure rests on: a ratio on its denominator, an amount or count on itself, or on what it is compared with
 * if that is more: an amount that falls to nothing must not hide behind its own smallness.
 */
function volumeOf(
  { kpi }: BoundRule,
  figure: Pick<SnapshotRow, 'numerator' | 'denominator'>,
  { value, base }: Crossing,
): number {
  return kpi.ratio ? Number(figure.denominator) : Math.max(Math.abs(value), Math.abs(base ?? 0));
}

/** Whether the interval of a share leaves the level outside, on the right side. A figure beyond 0 to 1 is no share. */
function excludesLevel(
  { rule }: BoundRule,
  figure: Pick<SnapshotRow, 'denominator'>,
  { value, level }: Crossing,
): boolean {
  if (rule.confidence === undefined || value < 0 || value > 1) return true;
  const { low, high } = wilsonInterval(value, Number(figure.denominator), rule.confidence);
  return rule.above === undefined ? high < level : low > level;
}
