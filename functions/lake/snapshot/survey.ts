import type { Kpi } from '../catalogue/kpi.ts';
import { wilsonInterval } from '../values/statistics.ts';

/** Two-sided: nineteen of twenty such intervals hold what all would have answered. */
const CONFIDENCE = 0.95;

/** A figure as it is kept. */
interface Kept {
  readonly value: number | null;
  readonly denominator: number | null;
}

/**
 * Where the figure of a survey would lie had everybody been asked, in its own unit; null where it is no survey's, or has no value.
 *
 * A share of satisfied answers: Wilson's interval (`wilsonInterval`). A net promoter score is the mean of 100, 0 and −100; of
 * all answers with the same mean those without a 0 vary most, and then the score is a share of promoters. So Wilson's interval
 * of (100 + score) / 200 is never too narrow, whatever the part of the passives, which is not kept.
 */
export function surveyInterval(
  { survey, unit }: Pick<Kpi, 'survey' | 'unit'>,
  figure: Kept | undefined,
): { readonly low: number; readonly high: number } | null {
  if (!survey || figure?.value == null || !figure.denominator) return null;
  if (unit === 'percent') return wilsonInterval(figure.value, figure.denominator, CONFIDENCE);
  const { low, high } = wilsonInterval((100 + figure.value) / 200, figure.denominator, CONFIDENCE);
  return { low: 200 * low - 100, high: 200 * high - 100 };
}
