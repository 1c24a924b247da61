import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { localRun, mailsIn, withContext } from '../kit/local-run.ts';
import { tinyCompany, unmeasured } from '../kit/tiny-company.ts';

const TCURR = `dates: inverted
        max_age_days: null
        where: [{ column: KURST, equals: M }, { column: TCURR, equals: EUR }]
        columns:
          currency: FCURR
          rated_on: GDATU
          rate: { quote: UKURS, units: FFACT, in_units: TFACT, inverse: negative }`;

/** The tiny company with its last day's sales in foreign currency, and SAP's table of rates. */
async function company(
  lines: readonly string[],
  rates: readonly string[],
  mapping = TCURR,
  rateColumn = 'UKURS',
) {
  const tiny = await tinyCompany(unmeasured);
  const exports = join(tiny.folder, 'exports');
  const sales = lines.map((line, index) => `F${index},1,${tiny.lastDay},C1,web,P1,1,${line}`);
  const header = 'order,line,day,customer,channel,product,quantity,amount,currency';
  writeFileSync(join(exports, `sales_${tiny.lastDay}.csv`), [header, ...sales, ''].join('\n'));
  writeFileSync(
    join(exports, 'TCURR.csv'),
    [`MANDT;KURST;FCURR;TCURR;GDATU;${rateColumn};FFACT;TFACT`, ...rates, ''].join('\n'),
  );
  const feed = `      - table: exchange_rates
        path: exports/TCURR.csv
        delimiter: ';'
        ${mapping}
`;
  const config = readFileSync(tiny.config, 'utf8')
    .replace('currency: { constant: EUR }', 'currency: { from: currency, optional: true, default: EUR }')
    .replace('kpis:\n', `${feed}kpis:\n`)
    .replace('above: 560 }', 'below: 0 }');
  writeFileSync(tiny.config, config.replace("delimiter: ';'", "delimiter: ';'\n        decimal: ','"));
  const run = { config: tiny.config, state: join(tiny.folder, 'state'), asOf: tiny.lastDay };
  const timed = { ...run, at: '2026-03-11T06:00:00Z' };
  return { run: timed, manifest: await localRun(timed) };
}

const dayOf = (run: Parameters<typeof withContext>[0] & { asOf: string }) =>
  withContext(run, async ({ platform }) => {
    const query = { kpis: ['net_revenue', 'orders'], from: run.asOf, to: run.asOf, dimension: null };
    const rows = await readFigures(platform.bucket, { ...query, periods: ['day'], comparisons: ['current'] });
    return Object.fromEntries(rows.map((row) => [row.kpi, `${Number(row.numerator)} ${row.quality}`]));
  });

// 99999999 - 20260310 = 79739689.
const RATES = [
  '100;M;USD;EUR;79739689;1,14000-;1;1',
  '100;B;USD;EUR;79739689;1,16000-;1;1',
  '100;M;GBP;EUR;79739689;1,15000;1;1',
  '100;P;GBP;EUR;79739689;1,50000;1;1',
  '100;M;EUR;GBP;79739689;0,87000;1;1',
  '100;M;JPY;EUR;79739689;0,61000;100;1',
];

describe('amounts in foreign currency', () => {
  test('are converted by SAP’s TCURR as a bookkeeper would, to the cent of a large one', async () => {
    const { run, manifest } = await company(['114,USD', '100,GBP', '10000,JPY', '114000000,USD'], RATES);
    expect(manifest.kpis.filter((kpi) => kpi.status === 'failed')).toEqual([]);
    const { net_revenue, orders } = await dayOf(run);
    expect(Number(net_revenue?.split(' ')[0])).toBeCloseTo(100 + 115 + 61 + 100_000_000, 3);
    expect([net_revenue?.split(' ')[1], orders]).toEqual(['ok', '4 ok']);
  });

  test.each([
    ['negative', ['100;M;USD;EUR;79739689;1,14000-;1;1']],
    ['zero', ['100;M;USD;EUR;79739689;0,00000;1;1']],
    [
      'ten times the day before',
      ['100;M;USD;EUR;79739690;0,90000;1;1', '100;M;USD;EUR;79739689;9,00000;1;1'],
    ],
  ])('at a rate that is %s: marked, in the digest too, and judged by no rule', async (_, rates) => {
    // A list whose rates are what one unit is worth, and which is wrong.
    const mapping = TCURR.replace(/rate: \{.*\}/, 'rate: Worth');
    const { run, manifest } = await company(['1140,USD', '100,EUR'], rates, mapping, 'Worth');
    const figures = await dayOf(run);
    expect(figures['net_revenue']).toMatch(/ incomplete$/);
    expect(figures['orders']).toBe('2 ok');
    expect(manifest.alerts).toMatchObject({ firing: 0, opened: 0 });
    const digest = [...mailsIn(run.state)].find(([name]) => name.includes('digest'))?.[1] ?? '';
    expect(digest).toMatch(/figures are incomplete/);
    expect(digest).toMatch(/Affects net revenue/);
  });

  test('by a quotation of SAP’s taken as it stands: refused, and nothing counts it for a rate', async () => {
    const mapping = TCURR.replace(/rate: \{.*\}/, 'rate: UKURS');
    const { run, manifest } = await company(['100,GBP', '50,EUR'], RATES, mapping);
    expect(JSON.stringify(manifest.pulls)).toMatch(/TCURR holds quotations.*quote: UKURS/);
    const figures = await dayOf(run);
    expect(figures['net_revenue']).not.toMatch(/ok$/);
    expect(figures['orders']).toBe('2 ok');
  });
});
