import { LENGTHS, type Outcome, SIZES } from './trial.ts';

export interface Result {
  readonly rule: string;
  /** That gives as many false alerts as the others. */
  readonly level: number;
  /** False alerts in the year at a level of 3. */
  readonly falseAtFixed: number;
  readonly outcomes: readonly Outcome[];
}

const EVENTS_A_YEAR = 12;
const FALSE_A_YEAR = 6;

export const header = (name: string): void =>
  console.log(
    `\n${name}\n${''.padEnd(22)}  found  right  delay  ${[...SIZES.map((size) => `±${size * 100} %`), ...LENGTHS.map((days) => `${days} d`)].map((each) => each.padStart(7)).join('')}   level  at 3: false, found`,
  );

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const recall = (outcomes: readonly Outcome[], at: 'openedOn' | 'atFixed' = 'openedOn'): number =>
  outcomes.filter((outcome) => outcome[at] !== null).length / outcomes.length;

const precision = (found: number): number => (found * EVENTS_A_YEAR) / (found * EVENTS_A_YEAR + FALSE_A_YEAR);

/** For the table of all benchmarks. */
export function summary(rule: string, outcomes: readonly Outcome[]): string {
  const found = recall(outcomes);
  return `${outcomes.length} planted events, ${rule}: ${percent(found)} found, ${percent(precision(found))} of its alerts right`;
}

/** One rule: how much it found, how many of its alerts are right, days until it told, by size and length. */
export function line({ rule, level, falseAtFixed, outcomes }: Result): void {
  const found = recall(outcomes);
  const told = outcomes.flatMap(({ openedOn }) => openedOn ?? []);
  const right = precision(found);
  const delay = told.reduce((sum, days) => sum + days, 0) / Math.max(1, told.length);
  const parts = [
    ...SIZES.map((size) => outcomes.filter(({ factor }) => Math.abs(Math.abs(factor - 1) - size) < 1e-9)),
    ...LENGTHS.map((length) => outcomes.filter(({ days }) => days === length)),
  ].map((part) => percent(recall(part)).padStart(7));
  console.log(
    `${rule.padEnd(22)}  ${percent(found).padStart(5)}  ${percent(right).padStart(5)}  ${delay.toFixed(1).padStart(5)}  ${parts.join('')}  ${(Number.isNaN(level) ? '' : level.toFixed(2)).padStart(6)}  ${falseAtFixed.toFixed(1).padStart(11)}  ${percent(recall(outcomes, 'atFixed')).padStart(5)}`,
  );
}
