import pLimit from 'p-limit';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { tableOf } from '../kit/tables.ts';
import { type Asked, nameOf, sharedOn } from './asked.ts';
import { readBy } from './day-on-athena.ts';
import { type Filling, fillTables } from './history.ts';
import { readByShared } from './shared-day.ts';

export const AS_OF = '2026-11-21';
/** Two years, and the rest of the month that the first windows begin in. */
const FIRST_DAY = addDays(AS_OF, 1 - 751);

/** What is in the lake at first, and what comes to it: the year before. */
export const FILLINGS: readonly [Filling, Filling] = [
  { from: FIRST_DAY, to: AS_OF, whole: true },
  { from: addDays(FIRST_DAY, -365), to: addDays(FIRST_DAY, -1) },
];

/** Figures of what was measured, by its name: as `infra/costs/measured.json` has them, but for the seal. */
export type Figures = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const AT_ONCE = 3;

/** Measures some of what a day asks, in a lake of no other tables than these: with two years of rows, then with three. */
export async function measure(
  engine: Engine,
  catalogue: Catalogue,
  asked: readonly Asked[],
  tables: readonly string[],
): Promise<Figures> {
  await ensureTables({ engine, log: silentLog }, tables.map(tableOf));
  const [twoYears, aYearMore] = FILLINGS;
  await fillTables(engine, tables, twoYears);
  const each = asked.filter(({ kind }) => kind !== 'shared');
  const two = await readByEach(engine, each);
  const shared = asked.filter(({ kind }) => kind === 'shared');
  const ofShared: [string, Readonly<Record<string, unknown>>][] = [];
  for (const one of shared)
    ofShared.push([nameOf(one), await readByShared(engine, await sharedOn(engine, catalogue, AS_OF))]);
  await fillTables(engine, tables, aYearMore);
  const three = await readByEach(engine, each);
  const ofEach = each.map(
    (one, at) => [nameOf(one), figuresOf(one, two[at] as Read, three[at] as Read)] as const,
  );
  return new Map([...ofEach, ...ofShared]);
}

interface Read {
  readonly bytes: number;
  readonly stages: number;
}

/** As `functions/check/together.ts` begins what it puts together. */
const JOINT = /^SELECT 0 AS place, /;

/** Stages are of KPIs, and of checks that ask of several subjects in one statement: a single subject of a check has a few. */
const figuresOf = ({ kind, statements }: Asked, two: Read, three: Read) => ({
  bytes: [two.bytes, three.bytes] as const,
  ...(kind === 'kpis' ? {} : { statements: statements.length }),
  ...(kind === 'kpis' || statements.some((sql) => JOINT.test(sql)) ? { stages: three.stages } : {}),
});

/** What each reads, all of its statements together; the most stages that one of them has. */
function readByEach(engine: Engine, asked: readonly Asked[]): Promise<Read[]> {
  const limit = pLimit(AT_ONCE);
  return limit.map(asked, async (each) => {
    let bytes = 0;
    let stages = 0;
    for (const sql of each.statements) {
      const taken = await readBy(engine, sql);
      if (each.kind === 'kpis' && taken.rows === 0)
        throw new Error(`${each.id} has no figure: its bytes would prove nothing`);
      bytes += taken.bytes;
      stages = Math.max(stages, taken.stages);
    }
    return { bytes, stages };
  });
}
