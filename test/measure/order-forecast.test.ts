import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeRows } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays, lastOfMonth } from '../../functions/lake/values/day.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { runs } from '../kit/runs.ts';
import { testEngine } from '../kit/test-engine.ts';

const catalogue = loadCatalogue();
const AS_OF = '2026-06-20';
const STAGES = ['new', 'offer'] as const;
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

interface Deal {
  readonly made: number;
  readonly stays: readonly { readonly stage: (typeof STAGES)[number]; readonly days: number }[];
  readonly end: 'open' | 'won' | 'lost';
  readonly amount: number;
  /** What it is worth from the day after the as-of date on. */
  readonly revalued?: number;
}

/** Days before the as-of date on which it was made, and where it went from there; some of it may be after that date. */
const deal: fc.Arbitrary<Deal> = fc.record({
  made: fc.integer({ min: 0, max: 300 }),
  stays: fc.array(fc.record({ stage: fc.constantFrom(...STAGES), days: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  end: fc.constantFrom('open', 'won', 'lost'),
  amount: fc.integer({ min: 1, max: 1000 }),
});

function rowsOf(deals: readonly Deal[]) {
  const stage_history: Record<string, string>[] = [];
  const deal_amounts: Record<string, string>[] = [];
  const rows = deals.map(({ made, stays, end, amount, revalued }, index) => {
    const created_on = addDays(AS_OF, -made);
    let at = created_on;
    for (const [changed_on, worth] of revalued === undefined
      ? []
      : ([
          [created_on, amount],
          [addDays(AS_OF, 1), revalued],
        ] as const))
      deal_amounts.push({
        ...{ deal_id: `D${index}`, changed_on, changed_at: `${changed_on}T09:00:00Z`, amount: String(worth) },
      });
    for (const { stage, days } of stays) {
      stage_history.push({ kind: 'deal', record_id: `D${index}`, stage_id: stage, entered_on: at });
      at = addDays(at, days);
    }
    const closed = end === 'open' ? {} : { closed_on: at };
    return { deal_id: `D${index}`, created_on, status: end, amount: String(revalued ?? amount), ...closed };
  });
  const stages = STAGES.map((stage_id, step) => ({ stage_id, name: stage_id, step, outcome: 'open' }));
  return { deals: rows, stage_history, deal_amounts, stages };
}

type Row = Readonly<Record<string, unknown>>;

const given = (deals: readonly Deal[]) =>
  withInlineTables(
    engine,
    completeRows(rowsOf(deals), { tables: catalogue.tables, currency: 'EUR', timeZone: 'UTC', asOf: AS_OF }),
    catalogue.tables,
  );

const company = { currency: 'EUR', fiscal_year_starts: 1, closed: { weekdays: [], days: [] } };

async function forecastsOf(deals: readonly Deal[], asOfs: readonly string[]): Promise<readonly Row[]> {
  const { dialect } = given(deals);
  const [statement] = kpiStatements({
    ...{ dialect, catalogue, company, asOfs },
    kpi: catalogue.kpi('order_forecast'),
  });
  const rows = await queryRows(engine, statement?.sql ?? '');
  const keyOf = ({ period, member }: Row): string => `${period} ${member}`;
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const forecastOf = async (deals: readonly Deal[], asOf = AS_OF): Promise<readonly Row[]> =>
  (await forecastsOf(deals, [asOf])).filter(({ period }) => period === 'mtd');

const totalOf = (rows: readonly Row[]): number | undefined => {
  const total = rows.find(({ dimension }) => dimension === null);
  return total && Number(total['numerator']);
};

/** What was won from the first of the month to a day. */
const wonBy = (deals: readonly Deal[], day: string): number =>
  rowsOf(deals).deals.reduce(
    (sum, { status, closed_on, amount, created_on }) =>
      status === 'won' &&
      String(closed_on) >= `${day.slice(0, 8)}01` &&
      String(closed_on) <= day &&
      created_on <= day
        ? sum + Number(amount)
        : sum,
    0,
  );

const options = { numRuns: runs(25) };

test('on the last day of the month the forecast is what is booked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deal, { minLength: 1, maxLength: 8 }), async (deals) => {
      const asOf = lastOfMonth(AS_OF.slice(0, 7));
      const total = totalOf(await forecastOf(deals, asOf));
      expect(total).toBe(wonBy(deals, asOf));
    }),
    options,
  );
});

test('it is no less than what is booked, and its parts add up to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deal, { minLength: 1, maxLength: 10 }), async (deals) => {
      const rows = await forecastOf(deals);
      const total = totalOf(rows);
      if (total === undefined) return;
      const parts = rows.filter(({ dimension }) => dimension === 'stage');
      expect(parts.reduce((sum, { numerator }) => sum + Number(numerator), 0)).toBeCloseTo(total, 3);
      expect(total).toBeGreaterThanOrEqual(wonBy(deals, AS_OF) - 0.001);
      const rest = parts.filter(({ member }) => member !== '(booked)' && member !== '(pace)');
      for (const { numerator } of rest) expect(Number(numerator)).toBeGreaterThanOrEqual(0);
    }),
    options,
  );
});

test('the same whichever other days are asked with it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deal, { minLength: 1, maxLength: 8 }), async (deals) => {
      const days = ['2026-03-31', AS_OF];
      const together = await forecastsOf(deals, days);
      expect(together.filter(({ as_of }) => as_of === AS_OF)).toEqual(await forecastsOf(deals, [AS_OF]));
    }),
    options,
  );
});

test('nothing that is recorded after the day changes what was forecast on it: fates, stages, amounts, new deals', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deal, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('won', 'lost'),
      fc.array(deal, { maxLength: 3 }),
      async (deals, fate, born) => {
        const otherwise = deals.map((each, index) => later(each, index, fate));
        const stillToBeMade = born.map((each) => ({ ...each, made: -1 - each.made }));
        expect(totalOf(await forecastOf([...otherwise, ...stillToBeMade]))).toBe(
          totalOf(await forecastOf(deals)),
        );
      },
    ),
    options,
  );
});

test('a pipeline that is worth nothing promises nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deal, { minLength: 1, maxLength: 8 }), async (deals) => {
      const total = totalOf(await forecastOf(deals.map((each) => ({ ...each, amount: 0 }))));
      expect([0, undefined]).toContain(total);
    }),
    { numRuns: runs(5) },
  );
});

/** The deal as it may go on: if it is open on the day, it ends otherwise, by another stage, and is worth thrice as much from the morrow on. */
function later(each: Deal, index: number, fate: 'won' | 'lost'): Deal {
  const days = each.stays.reduce((sum, stay) => sum + stay.days, 0);
  const endsAfter = each.end === 'open' || days > each.made;
  if (!endsAfter) return each;
  const end = Math.max(days, each.made + 1) - days;
  const stays = each.stays.map((stay, at) =>
    at === each.stays.length - 1 ? { ...stay, days: stay.days + end } : stay,
  );
  const next = { stage: STAGES[index % 2] ?? 'new', days: 5 };
  return { ...each, stays: [...stays, next], end: fate, revalued: 3 * each.amount };
}
