/**
 * What the anomaly rule sees, and how often it is wrong, beside the rule of version 0.2 and a plain z-score.
 *
 *     node --import tsx bench/anomaly.ts [--series FOLDER] [--seed 7301] [--small]
 *
 * Series of days: made up (every month end, season, campaign and holiday in them is usual), and public ones, `date,value`, in
 * --series. Into each, one after the other, a rise or fall of 20, 40 or 60 % is planted, for 1, 3 or 7 days. Each rule gets the
 * level at which it opens as many false alerts as the others: six a year, on days on which nothing was planted. Precision is of
 * twelve such events a year. `at 3`: false alerts a year, and what is found, at a level of 3, which is what a company would write.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomStream } from '../sandbox/kit/random.ts';
import { madeUp } from './anomaly/made-up.ts';
import { header, line, type Result, summary } from './anomaly/print.ts';
import { readPublic } from './anomaly/public.ts';
import { type Kept, rules } from './anomaly/rules.ts';
import { falseAt, judgedDays, levelFor, plants, seen } from './anomaly/trial.ts';

const { values } = parseArgs({
  options: {
    series: { type: 'string' },
    seed: { type: 'string', default: '7301' },
    small: { type: 'boolean', default: false },
  },
});
const FALSE_A_YEAR = 6;
const FIXED = 3;
const YEAR = 365;
const each = values.small ? 1 : 8;

function trials(name: string, kept: Kept): Result[] {
  const days = judgedDays(kept.series, YEAR);
  const random = randomStream(Number(values.seed), `bench/anomaly/${name}`);
  const planted = plants(kept.series, days, random, each);
  return Object.entries(rules).map(([rule, of]) => {
    const level = levelFor(of, kept, days, FALSE_A_YEAR);
    const outcomes = planted.map((one) => seen(of, kept, one, [level, FIXED]));
    return { rule, level, falseAtFixed: falseAt(of, kept, days, FIXED), outcomes };
  });
}

const made = madeUp(randomStream(Number(values.seed), 'bench/anomaly'));
const folder = values.series;
const found = folder !== undefined && existsSync(folder);
if (!found) console.log('SKIPPED: public series. Give --series a folder of files `date,value`.');
const read = found ? readdirSync(folder).filter((name) => name.endsWith('.csv')) : [];
const all: Record<string, Kept> = {
  ...made,
  ...Object.fromEntries(
    read.map((name) => [basename(name, '.csv'), readPublic(join(folder as string, name))]),
  ),
};
const results = Object.entries(all).flatMap(([name, kept]) => {
  const of = trials(name, kept);
  header(name);
  of.forEach(line);
  return of;
});
header(`all ${Object.keys(all).length} series`);
for (const rule of Object.keys(rules)) {
  const of = results.filter((result) => result.rule === rule);
  const outcomes = of.flatMap((result) => result.outcomes);
  const falseAtFixed = of.reduce((sum, result) => sum + result.falseAtFixed, 0) / of.length;
  line({ rule, level: Number.NaN, falseAtFixed, outcomes });
  console.log(summary(rule, outcomes));
}
const [first] = Object.values(all);
if (first) console.log(`a figure of a morning, history put together: ${millisecondsOf(first).toFixed(1)} ms`);
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

/** Processor time of judging a figure on one day, with nothing remembered of other days. */
function millisecondsOf(kept: Kept): number {
  const days = judgedDays(kept.series, 60);
  const before = process.cpuUsage();
  for (const day of days) rules['the rule'](kept)(day);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / days.length;
}
