import Table from 'cli-table3';
import { depths, type Outcome, type Way } from './trial.ts';

/** What came out, by KPI, dimension and size of the effect, beside the choice of version 0.2. */
export function report(outcomes: readonly Outcome[]): void {
  const cases = outcomes.filter(({ plant }) => plant !== null);
  const calm = outcomes.filter(({ plant }) => plant === null);
  const table = new Table({
    head: ['', 'cases', 'named', 'of those right', '0.2: named', 'of those right'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const add = (title: string, of: readonly Outcome[]): number =>
    table.push([title, of.length, ...named(of, 'year'), ...named(of, 'until 0.2')]);
  for (const [title, of] of grouped(cases, ({ kpi }) => kpi)) add(title, of);
  for (const [title, of] of grouped(cases, ({ plant }) => `by ${plant?.dimension}`)) add(title, of);
  for (const [title, of] of grouped(cases, sizeOf)) add(title, of);
  add('all', cases);
  console.log(`${table}`);
  for (const way of [...depths.toReversed(), 'until 0.2'] as const)
    console.log(`${TITLES[way]}: ${summary(cases, calm, way)}`);
  console.log(`${cases.length} planted causes: ${summary(cases, calm, 'year')}`);
}

const TITLES: Readonly<Record<Way, string>> = {
  year: 'a year and more recorded',
  quarter: 'ninety days recorded (a first run)',
  day: 'one day recorded',
  'until 0.2': 'as version 0.2 chose',
};

function summary(cases: readonly Outcome[], calm: readonly Outcome[], way: Way): string {
  const isNamed = (each: Outcome): boolean => each.named[way] !== null;
  const large = cases.filter(({ effect }) => Math.abs(effect) > 0.1);
  const [share, right] = named(cases, way);
  return (
    `named in ${share}, of those ${right} right; effects above a tenth named in ${percent(large.filter(isNamed).length, large.length)}; ` +
    `nobody named in ${percent(calm.length - calm.filter(isNamed).length, calm.length)} of ${calm.length} changes without a cause`
  );
}

/** How many were named, and how many of those rightly. */
function named(of: readonly Outcome[], way: Way): [share: string, right: string] {
  const told = of.filter((each) => each.named[way] !== null);
  return [
    percent(told.length, of.length),
    percent(told.filter((each) => each.isRight[way]).length, told.length),
  ];
}

function sizeOf({ effect }: Outcome): string {
  const size = Math.abs(effect);
  if (size < 0.03) return 'effect 0 to 3 % of the total';
  if (size < 0.05) return 'effect 3 to 5 %';
  return size <= 0.1 ? 'effect 5 to 10 %' : 'effect above 10 %';
}

function grouped(outcomes: readonly Outcome[], by: (outcome: Outcome) => string): [string, Outcome[]][] {
  const keys = [...new Set(outcomes.map(by))].toSorted();
  return keys.map((key) => [key, outcomes.filter((outcome) => by(outcome) === key)]);
}

const percent = (part: number, of: number): string =>
  of === 0 ? '–' : `${((100 * part) / of).toFixed(0)} %`;
