import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeRows } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import type { PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { partsOf } from '../../functions/measure/cube/parts.ts';
import { keepInSlices, relationOf } from '../../functions/measure/shared/slices.ts';
import { movesStatement, partStatement } from '../../functions/measure/statement.ts';
import { type Engine, queryRows, type Scratch } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { cubeCatalogue } from '../kit/cube-files.ts';
import { runs } from '../kit/runs.ts';
import { tables } from '../kit/tables.ts';
import { testEngine } from '../kit/test-engine.ts';

// The largest members of many days, of sums that are kept and some days at a time, are those that one statement of the rows finds.
const LAST_DAY = '2028-03-01';
const company = {
  currency: 'EUR',
  fiscal_year_starts: 4,
  closed: { weekdays: ['sunday' as const], days: [] },
};
const dimensions = `channel: { names: { en: C, fr: C } }
customer: { names: { en: K, fr: K }, column: customer_id, top: 2 }
product: { names: { en: P, fr: P }, column: product_id, top: 1 }`;

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

const row = fc.record({
  day: fc.oneof(fc.nat(30), fc.nat(430), fc.nat(900)).map((back) => addDays(LAST_DAY, 1 - back)),
  customer_id: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', null),
  product_id: fc.constantFrom('p', 'q', 'r', 's', null),
  channel: fc.constantFrom('web', null),
  amount: fc.option(fc.integer({ min: -9, max: 30 }), { freq: 8 }),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
/** Days in a row, as a back-fill has them, and some that are far apart. */
const asOfs = fc
  .tuple(fc.nat(330), fc.constantFrom(1, 8, 30, 65), fc.uniqueArray(fc.nat(430), { maxLength: 3 }))
  .map(([last, days, others]) => {
    const backs = new Set([...Array.from({ length: days }, (_, at) => last + at), ...others]);
    return [...backs].map((back) => addDays(LAST_DAY, -back)).sort();
  });

const text = (value: string | null): string => (value === null ? 'CAST(NULL AS varchar)' : `'${value}'`);
function measureOf(rows: readonly Row[], value: string): string {
  const values = rows.map(
    ({ day, customer_id, product_id, channel, amount }) =>
      `(DATE '${day}', ${text(customer_id)}, ${text(product_id)}, ${text(channel)}, ${amount ?? 'CAST(NULL AS integer)'})`,
  );
  return `/*describes: Random rows.\nvalues: { money: ${value} }\n*/
SELECT day, customer_id, product_id, channel, amount FROM (VALUES ${values.join(', ')}) AS v (day, customer_id, product_id, channel, amount)\n`;
}

/** A part, and what it is made with. */
function countedOf(rows: readonly Row[], value: string, windows: readonly PeriodName[]) {
  const catalogue = cubeCatalogue({
    dimensions,
    measures: { moved: measureOf(rows, value) },
    counted: `numerator: money\ndimensions: [channel, customer, product]\nwindows: [${windows.join(', ')}]\nheadline: ${windows[0]}`,
  });
  const given = completeRows({}, { tables, currency: 'EUR', timeZone: 'Europe/Paris', asOf: LAST_DAY });
  const { dialect } = withInlineTables(engine, given, tables);
  const [part] = partsOf(catalogue.kpi('counted').cube as never);
  if (part === undefined) throw new Error('no part');
  return { part, facts: { dialect, catalogue, company } };
}

const rowsOf = async (select: string): Promise<string[]> =>
  (await queryRows(engine, select)).map((each) => JSON.stringify(each)).sort();

test.each<[string, readonly PeriodName[]]>([
  ['sum amount', ['day', 'mtd', 'last_365d']],
  ['sum known amount', ['mtd', 'last_7d']],
])(
  'as one statement of all days finds them: %s',
  async (value, windows) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 60 }),
        asOfs,
        fc.constantFrom(1000, 24),
        async (rows, days, most) => {
          const { part, facts } = countedOf(rows, value, windows);
          expect(part.kind).toBe('top');
          const { keep, drop } = engine.scratch as Scratch;
          const all = { ...part, known: null };
          const moved = await keep(movesStatement({ ...facts, asOfs: days }, all, windows));
          const from = { relation: moved, keptAs: ({ name }: { name: string }) => name };
          const slices = await keepInSlices(days, 1000, {
            keep: async (some) => {
              if (some.length > most) throw new VigieError('full', { code: 'SQL_OUT_OF_MEMORY' });
              return keep(partStatement({ ...facts, asOfs: some }, part, windows, from));
            },
            drop,
          });
          expect(slices.flatMap((slice) => slice.asOfs)).toEqual(days);
          const found = await rowsOf(`SELECT * FROM ${relationOf(slices, days)} s`);
          for (const relation of [moved, ...slices.map((slice) => slice.relation)]) await drop(relation);
          expect(found).toEqual(await rowsOf(partStatement({ ...facts, asOfs: days }, part, windows)));
        },
      ),
      { numRuns: runs(5) },
    );
  },
  120_000,
);

test('what cannot be kept of one day leaves nothing behind', async () => {
  const dropped: string[] = [];
  const full = new VigieError('full', { code: 'SQL_OUT_OF_MEMORY' });
  const keeping = keepInSlices(['1', '2', '3', '4', '5'], 4, {
    keep: async (days) => {
      if (days.length > 1 || days[0] === '4') throw full;
      return `kept_${days[0]}`;
    },
    drop: async (relation) => void dropped.push(relation),
  });
  await expect(keeping).rejects.toBe(full);
  expect(dropped).toEqual(['kept_1', 'kept_2', 'kept_3']);
});

test('only what the engine has no memory for is tried with fewer days', async () => {
  const tried: number[] = [];
  const wrong = new VigieError('no such column', { code: 'SQL_FAILED' });
  const keep = async (days: readonly string[]): Promise<string> => {
    tried.push(days.length);
    throw wrong;
  };
  await expect(keepInSlices(['1', '2'], 2, { keep, drop: async () => undefined })).rejects.toBe(wrong);
  expect(tried).toEqual([2]);
});
