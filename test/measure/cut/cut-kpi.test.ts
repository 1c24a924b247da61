import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMistake, lintText } from '../../../authoring/lint/lint.ts';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../../functions/lake/catalogue/kpi.ts';
import { CUT, cutKpi, cuttable } from '../../../functions/measure/cut/cut-kpi.ts';
import { keyMembers } from '../../../functions/measure/cut/member-key.ts';
import { kpiStatements } from '../../../functions/measure/statement.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { athenaDialect } from '../../contracts/iceberg-dialects.ts';

const catalogue = loadCatalogue();
const company = { currency: 'EUR', fiscal_year_starts: 1, closed: { weekdays: [], days: [] } };
const sqlOf = (kpi: Kpi): string[] =>
  kpiStatements({ dialect: athenaDialect, catalogue, kpi, company, asOfs: ['2026-11-21'] }).map(
    ({ sql }) => sql,
  );
const key = (members: readonly string[]): string =>
  members.map((member) => `${[...member].length}:${member}`).join('');

describe('members of several dimensions as one text', () => {
  test('are told apart, whatever they are called', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 3 }), (members) => {
        expect(keyMembers(key(members))).toEqual(members);
      }),
    );
  });

  test.each(['Nordwind', '9:short', ':x', '-1:x'])('no other text is taken for one: %s', (text) => {
    expect(() => keyMembers(text)).toThrow(RangeError);
  });
});

const cubes = catalogue.kpis.filter(({ cube }) => cube !== null);

test('every KPI whose rows Vigie counts is cut by two of its dimensions, in one statement that Athena takes', () => {
  const crossed = cubes.filter((kpi) => cuttable(kpi).length >= 2);
  expect(crossed.length).toBeGreaterThan(30);
  for (const kpi of crossed) {
    const cut = cutKpi(kpi, { by: cuttable(kpi).slice(0, 2), where: [], shown: new Map() });
    const [sql, ...more] = sqlOf(cut);
    expect(more).toEqual([]);
    expect(sql).toContain(CUT);
    expect(Buffer.byteLength(sql ?? '')).toBeLessThan(40_000);
  }
});

test.each([
  'net_revenue',
  'cart_abandonment_rate',
  'customer_retention_rate',
  'repurchase_rate',
  'average_order_value',
])(
  '%s, cut, is Trino SQL',
  async (id) => {
    const kpi = catalogue.kpi(id);
    const [one = '', two = ''] = cuttable(kpi);
    const shown = new Map([[two, ["O'Brien", 'B']]]);
    const cut = cutKpi(kpi, { by: [one, two], where: [{ dimension: one, member: "x' OR 1=1 --" }], shown });
    for (const sql of sqlOf(cut)) {
      const syntax = (await lintText('cut.sql', sql)).filter(({ rule }) => rule === 'trino-grammar');
      expect(syntax.map(formatMistake)).toEqual([]);
      expect(sql).toContain("= 'x'' OR 1=1 --'");
    }
  },
  60_000,
);

describe('of a dimension that shows its largest members', () => {
  const revenue = catalogue.kpi('net_revenue');
  const top = revenue.brokenDownBy.find((each) => each.top !== null)?.id ?? '';

  test('the others are one, as they are recorded', () => {
    const [sql] = sqlOf(cutKpi(revenue, { by: [top], where: [], shown: new Map([[top, ["O'Brien"]]]) }));
    expect(sql).toMatch(/CASE WHEN .* IN \('O''Brien'\) THEN .* ELSE '\(other\)' END AS vigie_by_/);
  });

  test('rows of the others are those of nobody shown; where nobody is, of all', () => {
    const where = [{ dimension: top, member: '(other)' }];
    const [some] = sqlOf(cutKpi(revenue, { by: [], where, shown: new Map([[top, ['C1', 'C2']]]) }));
    expect(some).toMatch(/WHERE NOT .* IN \('C1', 'C2'\)/);
    const [all] = sqlOf(cutKpi(revenue, { by: [], where, shown: new Map([[top, []]]) }));
    expect(all).toContain('WHERE NOT (1 = 0)');
  });
});

describe('what cannot be cut says so', () => {
  const refused = (work: () => unknown): VigieError => {
    try {
      work();
    } catch (error) {
      if (error instanceof VigieError) return error;
      throw error;
    }
    throw new Error('it was cut');
  };

  test('a dimension that the rows do not tell, with those they do', () => {
    const error = refused(() =>
      cutKpi(catalogue.kpi('net_revenue'), { by: ['planet'], where: [], shown: new Map() }),
    );
    expect(error.code).toBe('CUT_IMPOSSIBLE');
    expect(error.hint).toContain('channel');
  });

  test('a SELECT that sets parts against the whole, of some members alone', () => {
    const kpi = cubes.find(
      ({ cube, id }) => cube?.gives === 'select' && cuttable(catalogue.kpi(id)).length > 1,
    ) as Kpi;
    const [one = '', two = ''] = cuttable(kpi);
    expect(sqlOf(cutKpi(kpi, { by: [one, two], where: [], shown: new Map() })).length).toBe(1);
    const where = [{ dimension: one, member: 'x' }];
    expect(refused(() => cutKpi(kpi, { by: [two], where, shown: new Map() })).code).toBe('CUT_IMPOSSIBLE');
  });
});
