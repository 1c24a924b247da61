import type { FigureKind, Kpi } from '../../lake/catalogue/kpi.ts';
import { judgement } from '../../languages/numbers.ts';
import { type ComparedFigure, figureValueOf } from './day.ts';

/** What a change of a figure is to its reader. */
export type Reading = ReturnType<typeof judgement>;

/**
 * How a figure's change against something reads, wherever it is shown: `same`, without a colour, also where it rounds to nothing
 * (`change` without a sign, as it is written) and where the figure moves as far anyway.
 */
export function readingOf(
  line: ComparedFigure | undefined,
  against: FigureKind,
  { good }: Pick<Kpi, 'good'>,
  change: string,
): Reading {
  if (!line?.notable.has(against) || !/^[+−]/.test(change)) return 'same';
  return judgement(figureValueOf(line), figureValueOf(line, against), good);
}
