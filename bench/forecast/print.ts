import { median } from '../../functions/lake/values/statistics.ts';

/** Days of the month on which is forecast. */
export const DAYS = [5, 10, 15, 20, 25] as const;

interface Tried {
  readonly day: number;
  readonly actual: number;
}

const percent = (share: number): string =>
  Number.isNaN(share) ? 'none'.padStart(9) : `${(100 * share).toFixed(1).padStart(7)} %`;

export function header(name: string): void {
  console.log(`\n${name}`);
  console.log(`  ${'on day'.padEnd(40)}${DAYS.map((day) => String(day).padStart(9)).join('')}`);
}

/** The median and the mean error of what was said, out of what came; `none` where it says nothing. */
export function errorLine<T extends Tried>(
  name: string,
  trials: readonly T[],
  said: (trial: T) => number | null,
): void {
  const cells = DAYS.map((day) => {
    const errors = trials.flatMap((trial) => {
      const value = trial.day === day ? said(trial) : null;
      return value === null ? [] : [Math.abs(value - trial.actual) / trial.actual];
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    return [percent(median(errors)), percent(mean)] as const;
  });
  console.log(`  ${name.padEnd(40)}${cells.map(([middle]) => middle).join('')}`);
  console.log(`  ${'  mean'.padEnd(40)}${cells.map(([, mean]) => mean).join('')}`);
}

/** How often something held. */
export function shareLine<T extends Tried>(
  name: string,
  trials: readonly T[],
  held: (trial: T) => boolean | null,
): void {
  const cells = [...DAYS, null].map((day) => {
    const known = trials.flatMap((trial) => {
      const each = day === null || trial.day === day ? held(trial) : null;
      return each === null ? [] : [each];
    });
    return percent(known.length === 0 ? Number.NaN : known.filter(Boolean).length / known.length);
  });
  console.log(`  ${name.padEnd(40)}${cells.join('')} in all`);
}
