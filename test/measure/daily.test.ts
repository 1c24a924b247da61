import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodNames } from '../../functions/lake/catalogue/kpi.ts';
import { periodsFor } from '../../functions/lake/company/calendar.ts';
import { windowsOfDays } from '../../functions/measure/daily.ts';
import { periodsRelation } from '../../functions/measure/relations.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { runs } from '../kit/runs.ts';
import { testEngine } from '../kit/test-engine.ts';

interface DailyRow {
  readonly day: string;
  readonly member: string | null;
  readonly numerator: number | null;
}

const day = fc
  .integer({ min: 0, max: 500 })
  .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
const row = fc.record({
  day,
  member: fc.constantFrom(null, 'a', 'b'),
  numerator: fc.option(fc.integer({ min: -50, max: 50 })),
});
const asOf = fc.constantFrom('2026-03-01', '2026-04-30', '2026-05-04');

/** What a person does: looks at every day of the window, and adds. */
function naive(rows: readonly DailyRow[], periods: ReturnType<typeof periodsFor>): string[] {
  return periods.flatMap((period) =>
    [null, 'a', 'b'].flatMap((member) => {
      const inside = rows.filter(
        (each) => each.member === member && each.day >= period.startsOn && each.day <= period.endsOn,
      );
      const known = inside.flatMap(({ numerator }) => numerator ?? []);
      const sum = known.length === 0 ? null : known.reduce((total, each) => total + each, 0);
      return inside.length === 0
        ? []
        : [`${period.asOf} ${period.period} ${period.comparison} ${member} ${sum}`];
    }),
  );
}

test('windows looked up at their edges equal windows added up day by day', async () => {
  const engine = await testEngine();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), asOf, async (rows, date) => {
      const options = { closed: { weekdays: ['sunday' as const], days: [] }, fiscal_year_starts: 4 };
      const periods = periodsFor(options, [date], periodNames);
      const values = rows.map(
        ({ day, member, numerator }) =>
          `(DATE '${day}', ${member ? `'${member}'` : 'NULL'}, ${numerator ?? 'CAST(NULL AS integer)'}, 1)`,
      );
      const { before, after } = windowsOfDays({
        keys: ['member'],
        sums: ['numerator'],
        counts: ['days'],
        levels: [],
        over: 'periods',
      });
      const select = `SELECT * FROM (VALUES ${values.join(', ')}) AS d (day, member, numerator, days)`;
      const returned = await queryRows(
        engine,
        `WITH ${periodsRelation(periods, false)}${before}${select}${after}`,
      );
      const lines = returned.map(
        (r) => `${r['as_of']} ${r['period']} ${r['comparison']} ${r['member']} ${r['numerator']}`,
      );
      expect(lines.sort()).toEqual(naive(rows, periods).sort());
    }),
    { numRuns: runs(25) },
  );
  await engine.close();
});

test('a view of days: counts without NULL, what stands at a window’s end, and rows of one kind of window', async () => {
  const engine = await testEngine();
  const counted = fc.record({
    day,
    period: fc.constantFrom('day', 'mtd'),
    member: fc.constantFrom('a', 'b'),
    n: fc.integer({ min: -3, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(counted, { minLength: 1, maxLength: 20 }), asOf, async (rows, date) => {
      const options = { closed: { weekdays: [], days: [] }, fiscal_year_starts: 1 };
      const periods = periodsFor(options, [date], ['day', 'mtd']);
      const { before, after } = windowsOfDays({
        keys: ['period', 'member'],
        sums: [],
        counts: ['n'],
        levels: ['stock'],
        over: 'periods',
      });
      const values = rows.map((row) => `(DATE '${row.day}', '${row.period}', '${row.member}', ${row.n})`);
      const select = `SELECT day, period, member, n, n AS stock FROM (VALUES ${values.join(', ')}) AS d (day, period, member, n)`;
      const sql = `WITH ${periodsRelation(periods, false)}${before}${select}${after}`;
      const lines = (await queryRows(engine, sql)).map(
        (r) => `${r['period']} ${r['comparison']} ${r['member']} ${r['n']} ${r['stock']}`,
      );
      const expected = periods.flatMap(({ period, comparison, startsOn, endsOn }) =>
        ['a', 'b'].flatMap((member) => {
          const own = rows.filter((row) => row.member === member && row.period === period);
          const sum = (from: string) =>
            own.filter((row) => row.day >= from && row.day <= endsOn).reduce((total, { n }) => total + n, 0);
          return own.length === 0 ? [] : [`${period} ${comparison} ${member} ${sum(startsOn)} ${sum('')}`];
        }),
      );
      expect(lines.sort()).toEqual(expected.sort());
    }),
    { numRuns: runs(20) },
  );
  await engine.close();
});
