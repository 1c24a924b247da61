import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeRows } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { runs } from '../kit/runs.ts';
import { testEngine } from '../kit/test-engine.ts';

// Where each deal is on a day is told by the SQL with window functions, and here day by day.
const catalogue = loadCatalogue();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

const FIRST = '2026-03-01';
const DAYS = 24;
const ENDS: readonly string[] = ['won', 'lost'];
const dayOf = (at: number): string => addDays(FIRST, at);

/** Days since the first one; `ended`: on which the deal says it was closed, null while it says it is open. */
interface Deal {
  readonly keepsHistory: boolean;
  readonly made: number;
  readonly entries: readonly { readonly stage: string; readonly at: number }[];
  readonly ended: number | null;
}

const at = fc.integer({ min: 0, max: DAYS - 4 });
/** Its history may have begun before it was made, go on after it was closed, have its end and it is open: all of that is in CRMs. */
const deal: fc.Arbitrary<Deal> = fc.record({
  keepsHistory: fc.boolean(),
  made: at,
  entries: fc
    .uniqueArray(fc.record({ stage: fc.constantFrom('demo', 'offer', 'won', 'lost'), at }), {
      maxLength: 5,
      selector: (entry) => entry.at,
    })
    .map((entries) => entries.toSorted((a, b) => a.at - b.at))
    .map((entries) => entries.filter(({ stage }, index) => stage !== entries[index - 1]?.stage)),
  ended: fc.option(at),
});
const deals = fc.array(deal, { minLength: 1, maxLength: 6 });

/** The first day of which all stages of the CRM without history are known: null if it never comes, 0 if they always are. */
function knownFrom(all: readonly Deal[]): number | null {
  const its = all.filter(({ keepsHistory }) => !keepsHistory);
  if (!its.some(({ made, entries: [first] }) => first !== undefined && first.at - made > 1)) return 0;
  const moves = its.flatMap(({ entries }) =>
    entries.filter(({ stage }, index) => index > 0 && ![stage, entries[index - 1]?.stage ?? ''].some(isEnd)),
  );
  return moves.length === 0 ? null : Math.min(...moves.map((move) => move.at));
}

const isEnd = (stage: string): boolean => ENDS.includes(stage);

/** Where a deal is on a day: its stage, null where nobody knows, `nowhere` where it is not open. */
function plainPlace(each: Deal, all: readonly Deal[], day: number): string | null {
  const { made, ended, entries, keepsHistory } = each;
  if (day < made || (ended !== null && day >= ended)) return 'nowhere';
  const known = keepsHistory || entries.length === 0 ? 0 : knownFrom(all);
  const last = entries.findLast((entry) => entry.at <= day);
  if (known === null || day < known || last === undefined) return null;
  if (!isEnd(last.stage)) return last.stage;
  // An end that was taken back: until the next stage, or since then if nobody says one.
  return ended === null && last === entries.at(-1) ? null : 'nowhere';
}

interface Stay {
  readonly deal_id: string;
  readonly stage_id: string | null;
  readonly from_on: string;
  readonly until_on: string | null;
}

async function sqlStays(all: readonly Deal[]): Promise<readonly Stay[]> {
  const rows = {
    deals: all.map(({ made, ended }, index) => ({
      ...{ deal_id: `D${index}`, created_on: dayOf(made), status: ended === null ? 'open' : 'won' },
      ...(ended === null ? {} : { closed_on: dayOf(ended) }),
    })),
    stage_history: all.flatMap(({ entries, keepsHistory }, index) =>
      entries.map((entry) => ({
        ...{ kind: 'deal', record_id: `D${index}`, stage_id: entry.stage, entered_on: dayOf(entry.at) },
        ...(keepsHistory ? { crm: 'full', basis: 'history' } : { crm: 'bare', basis: 'since' }),
      })),
    ),
    stages: ['full', 'bare'].flatMap((crm) =>
      ['demo', 'offer', 'won', 'lost'].map((stage_id, step) => ({
        ...{ crm, stage_id, name: stage_id, step },
        outcome: isEnd(stage_id) ? stage_id : 'open',
      })),
    ),
  };
  const context = { tables: catalogue.tables, currency: 'EUR', timeZone: 'UTC', asOf: dayOf(DAYS) };
  const { dialect } = withInlineTables(engine, completeRows(rows, context), catalogue.tables);
  const tables = ['deals', 'stage_history', 'stages', 'leads'].map(
    (name) => `${name} AS (SELECT * FROM ${dialect.table(name)} v)`,
  );
  const views = catalogue.viewsOf({ views: ['deal_stays'] }).map(({ name, sql }) => `${name} AS (${sql})`);
  const sql = `WITH ${[...tables, ...views].join(',\n')} SELECT deal_id, stage_id, from_on, until_on FROM deal_stays`;
  return (await queryRows(engine, sql, { label: 'stays of deals' })) as unknown as Stay[];
}

test('every deal is in one stage, or in none that is known, on each day from the one on which it was made until it is closed', async () => {
  await fc.assert(
    fc.asyncProperty(deals, async (all) => {
      const stays = await sqlStays(all);
      for (const [index, each] of all.entries())
        for (let day = -1; day <= DAYS; day += 1) {
          const on = dayOf(day);
          const there = stays.filter(
            (stay) =>
              stay.deal_id === `D${index}` &&
              stay.from_on <= on &&
              (stay.until_on === null || stay.until_on > on),
          );
          const plain = plainPlace(each, all, day);
          // The stage is the CRM's own where two have one of that name.
          const own = plain === null ? null : `${each.keepsHistory ? 'full' : 'bare'}/${plain}`;
          expect([on, ...there.map(({ stage_id }) => stage_id)]).toEqual(
            plain === 'nowhere' ? [on] : [on, own],
          );
        }
    }),
    { numRuns: runs(60) },
  );
});
