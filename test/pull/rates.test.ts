import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedRate } from '../../functions/pull/files/mapping/fill-rate.ts';
import { openDesk } from './pulling.ts';

/** Pulls rates from a file: what came of them, and why others were refused. */
async function rates(csv: string, rate: unknown, feed: object = {}) {
  const desk = await openDesk('Europe/Paris');
  await desk.drop('rates.csv', csv);
  const columns = { currency: 'FROM', rated_on: 'ON', rate };
  const report = await desk.pull([{ table: 'exchange_rates', path: 'rates.csv', columns, ...feed }], {
    share: 1,
  });
  if (report.problem) throw new Error(report.problem.message);
  const rows = await desk.rows(report.batches[0]);
  return rows.map((row) => `${row['currency']} ${row['rated_on']} ${row['rate']}`);
}

const refusals = async (csv: string, rate: unknown) => {
  const desk = await openDesk('Europe/Paris');
  await desk.drop('rates.csv', csv);
  const columns = { currency: 'FROM', rated_on: 'ON', rate };
  const report = await desk.pull([{ table: 'exchange_rates', path: 'rates.csv', columns }], { share: 0 });
  return report.problem?.message ?? '';
};

const SAP = { quote: 'RATE', units: 'PER', in_units: 'IN', inverse: 'negative' };
const sap = (from: string, rate: string, per: string, into: string) =>
  `FROM,ON,RATE,PER,IN\n${from},2026-11-20,${rate},${per},${into}\n`;

describe('an exchange rate as it is quoted', () => {
  it.each([
    ['direct', ['GBP', '1.15', '1', '1'], '1.150000000000'],
    ['for a hundred', ['JPY', '0.61', '100', '1'], '0.006100000000'],
    ['inverse, minus behind', ['USD', '1.14000-', '1', '1'], '0.877192982456'],
    ['inverse, minus in front', ['USD', '-1.14', '1', '1'], '0.877192982456'],
    ['inverse, for a hundred', ['JPY', '1.64-', '100', '1'], '0.006097560976'],
    ['in a thousand of the reporting currency', ['EUR', '17.0', '1', '1000'], '17000.000000000000'],
    ['small, all its digits', ['IDR', '17000-', '1', '1'], '0.000058823529'],
  ])('by SAP: %s', async (_, [from = '', ...rest], rate) => {
    const [quote = '', per = '', into = ''] = rest;
    expect(await rates(sap(from, quote, per, into), SAP)).toEqual([`${from} 2026-11-20 ${rate}`]);
  });

  it.each([
    [
      'a ratio of zero',
      sap('JPY', '0.61', '0', '1'),
      SAP,
      'needs PER, which is zero; SAP then keeps the ratio',
    ],
    ['an empty ratio', sap('JPY', '0.61', '', '1'), SAP, 'needs PER, which is empty'],
    ['a negative ratio', sap('JPY', '0.61', '-100', '1'), SAP, 'needs PER, which is negative'],
    ['a ratio in words', sap('JPY', '0.61', 'hundred', '1'), SAP, 'needs PER, which is not a number'],
    ['a rate of zero', sap('JPY', '0', '1', '1'), SAP, 'RATE is zero'],
    ['a sign nobody announced', sap('USD', '-1.14', '1', '1'), { quote: 'RATE' }, 'inverse: negative'],
    [
      'a sign where all are inverse',
      sap('USD', '-1.1', '1', '1'),
      { quote: 'RATE', inverse: 'always' },
      'negative',
    ],
    ['a rate beyond what is kept', sap('USD', '1', '1', '1000000000'), SAP, 'too large'],
  ])('refuses %s', async (_, csv, rate, why) => {
    expect(await refusals(csv, rate)).toContain(why);
  });

  it('takes the ratio from the mapping where the export has none', async () => {
    const csv = 'FROM,ON,RATE\nJPY,2026-11-20,0.61\nGBP,2026-11-20,1.15\n';
    const rate = { quote: 'RATE', units: { by: 'FROM', values: { JPY: 100 } } };
    expect(await rates(csv, rate)).toEqual([
      'JPY 2026-11-20 0.006100000000',
      'GBP 2026-11-20 1.150000000000',
    ]);
  });

  it('leaves a day without a quotation out as the lake demands: refused, not zero', async () => {
    expect(await refusals('FROM,ON,RATE\nUSD,2026-11-20,\n', { quote: 'RATE' })).toMatch(
      /rate.*(empty|required)/,
    );
  });

  it('reads the European Central Bank, over the euro where that is not the reporting currency', async () => {
    const csv = 'FROM,ON,USD,GBP\nx,2026-11-20,1.25,0.8\n';
    const constant = (code: string, rate: unknown) =>
      rates(csv, rate, { columns: { currency: { constant: code }, rated_on: 'ON', rate } });
    expect(await constant('USD', { quote: 'USD', inverse: 'always' })).toEqual([
      'USD 2026-11-20 0.800000000000',
    ]);
    expect(await constant('GBP', { quote: 'GBP', in_units: 'USD', inverse: 'always' })).toEqual([
      'GBP 2026-11-20 1.562500000000',
    ]);
  });

  it.each([
    ['79738879', '2026-11-20'],
    ['79759770', '2024-02-29'],
    ['80009898', '1999-01-01'],
  ])('reads the inverted date %s as %s', async (text, day) => {
    const csv = `FROM,ON,RATE\nUSD,${text},0.9\n`;
    expect(await rates(csv, 'RATE', { dates: 'inverted' })).toEqual([`USD ${day} 0.900000000000`]);
  });

  it.each(['79738867', '20261120', '7973887', '99999999'])('refuses %s as an inverted date', async (text) => {
    await expect(rates(`FROM,ON,RATE\nUSD,${text},0.9\n`, 'RATE', { dates: 'inverted' })).resolves.toEqual(
      [],
    );
  });
});

it('a quotation and its inverse are one over the other, for any ratio', () => {
  const exact = fc.record({
    mantissa: fc.integer({ min: 1, max: 10 ** 9 }),
    scale: fc.integer({ min: 0, max: 5 }),
  });
  const units = fc.constantFrom(1, 10, 100, 1000).map((mantissa) => ({ mantissa, scale: 0 }));
  fc.assert(
    fc.property(exact, units, units, (quote, per, into) => {
      const direct = quotedRate(quote, per, into, 'negative');
      const minus = { ...quote, mantissa: -quote.mantissa };
      const inverse = quotedRate(minus, per, into, 'negative');
      const price = quote.mantissa / 10 ** quote.scale;
      const near = (rate: typeof direct, wanted: number): void =>
        expect(Math.abs(Number(rate?.mantissa) / 1e12 - wanted)).toBeLessThanOrEqual(wanted * 1e-12 + 6e-13);
      near(direct, (price * into.mantissa) / per.mantissa);
      near(inverse, into.mantissa / per.mantissa / price);
      // Read the other way round, the same two quotations swap their meaning.
      expect(quotedRate(quote, per, into, 'positive')).toEqual(inverse);
      expect(quotedRate(minus, per, into, 'positive')).toEqual(direct);
    }),
  );
});
