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

type Said<T> = (trial: T) => number | null;

const off = <T extends Tried>(trial: T, said: Said<T>): number | null => {
  const value = said(trial);
  return value === null ? null : Math.abs(value - trial.actual) / trial.actual;
};

/** Middle and mean of the errors on a day, of trials of which both say something. */
function errorsOn<T extends Tried>(trials: readonly T[], day: number, said: Said<T>, other: Said<T>) {
  const errors = trials.flatMap((trial) => {
    const error = trial.day === day && other(trial) !== null ? off(trial, said) : null;
    return error === null ? [] : [error];
  });
  return { middle: median(errors), mean: errors.reduce((sum, error) => sum + error, 0) / errors.length };
}

const line = (name: string, cells: readonly string[]): void =>
  console.log(`  ${name.padEnd(40)}${cells.join('')}`);

/**
 * The median and the mean error of what was said, out of what came; `none` where it says nothing. With `ours`, how large the errors of
 * that are to these, on the same trials: under 1 it is nearer.
 */
export function errorLine<T extends Tried>(
  name: string,
  trials: readonly T[],
  said: Said<T>,
  ours?: Said<T>,
): void {
  const theirs = DAYS.map((day) => errorsOn(trials, day, said, said));
  line(
    name,
    theirs.map(({ middle }) => percent(middle)),
  );
  line(
    '  mean',
    theirs.map(({ mean }) => percent(mean)),
  );
  if (ours === undefined || theirs.every(({ mean }) => Number.isNaN(mean))) return;
  const own = DAYS.map((day) => errorsOn(trials, day, ours, said));
  line(
    '  forecast to it',
    own.map(({ middle }, at) => ratio(middle / (theirs[at]?.middle ?? Number.NaN))),
  );
  line(
    '    mean',
    own.map(({ mean }, at) => ratio(mean / (theirs[at]?.mean ?? Number.NaN))),
  );
}

const ratio = (value: number): string => (Number.isNaN(value) ? 'none' : value.toFixed(2)).padStart(9);

/** How often something held, and of how many. */
export function shareLine<T extends Tried>(
  name: string,
  trials: readonly T[],
  held: (trial: T) => boolean | null,
): void {
  const known = (day: number | null): boolean[] =>
    trials.flatMap((trial) => {
      const each = day === null || trial.day === day ? held(trial) : null;
      return each === null ? [] : [each];
    });
  const share = (all: readonly boolean[]): string =>
    percent(all.length === 0 ? Number.NaN : all.filter(Boolean).length / all.length);
  const cells = [...DAYS, null].map((day) => share(known(day)));
  console.log(`  ${name.padEnd(40)}${cells.join('')} in all, of ${known(null).length}`);
}
