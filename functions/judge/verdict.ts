import type { AlertState } from '../lake/catalogue/alert.ts';
import type { Company } from '../lake/company/company.ts';
import type { FigureIndex } from './figures.ts';

export type Closed = Company['company']['closed'];

/** Where the figures of a day are looked up, and which days count. */
export interface DayOfFigures {
  readonly figures: FigureIndex;
  readonly asOf: string;
  readonly closed: Closed;
}

/**
 * What a day says of a rule and member.
 *
 * - `breach`: beyond the level, and every guard is passed.
 * - `clear`: on the right side of the clear level.
 * - `hold`: neither; or there is too little to judge by: no value (denominator of zero), nothing to compare with,
 *   too little volume. It neither opens nor resolves.
 * - `gone`: the member is no longer in the figures, though the KPI has data, and nothing says that it fell to 0.
 */
export interface Verdict {
  readonly says: 'breach' | 'clear' | 'hold' | 'gone';
  readonly value: number | null;
  /** The level to cross, in the KPI's unit. */
  readonly level: number | null;
  /** How far it is from what is usual, in spreads; null of rules that do not ask, or where nobody can say. */
  readonly deviations: number | null;
  readonly basis?: AlertState['basis'];
}
