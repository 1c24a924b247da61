import { describe, expect, it } from 'vitest';
import type { SnapshotRow } from '../../../functions/lake/snapshot/snapshot.ts';
import { figureValueOf, hasFigures } from '../../../functions/report/model/day.ts';
import { type KpiFacts, kpiDayOf } from '../../../functions/report/model/kpi-day.ts';
import { companyOf, kpiOf } from '../fixtures.ts';

const asOf = '2026-11-21';
const row = (more: Partial<SnapshotRow>): SnapshotRow => ({
  ...{ kpi: 'k', asOf, period: 'last_28d', comparison: 'current', dimension: null, member: null },
  ...{
    numerator: '100',
    denominator: null,
    unit: 'currency',
    quality: 'ok',
    version: 1,
    run: 'r',
    recordedAt: '2026-11-22T06:00:00Z',
  },
  ...more,
});
const amount = kpiOf('k', 'K', 'K', {
  windows: ['last_28d', 'mtd'],
  headline: 'last_28d',
  dimensions: { brand: { en: 'Brand', fr: 'Marque' } },
});
const rate = { ...amount, ratio: true, unit: 'percent' as const };
const sheet = (more: Partial<KpiFacts>) =>
  kpiDayOf({
    company: companyOf(),
    kpi: amount,
    asOf,
    period: 'last_28d',
    noise: new Map(),
    causes: {},
    figures: [],
    history: [],
    spans: [],
    ...more,
  });

describe('kpiDayOf', () => {
  it('has no figure where nothing is recorded, and none where the denominator is zero', () => {
    const none = sheet({});
    expect(none.windows.map((line) => figureValueOf(line))).toEqual([null, null]);
    expect(hasFigures(none)).toBe(false);
    const zero = sheet({ kpi: rate, figures: [row({ numerator: '0', denominator: '0' })] });
    expect(zero.windows[0]?.figures.current).toEqual({ value: null, numerator: 0, denominator: 0 });
    expect(hasFigures(zero)).toBe(true);
  });

  it('tells zero from nothing', () => {
    expect(sheet({ figures: [row({ numerator: '0' })] }).windows[0]?.figures.current?.value).toBe(0);
  });

  it('puts largest members first, the nameless last, and says their part of the total', () => {
    const member = (name: string, numerator: string) => row({ dimension: 'brand', member: name, numerator });
    const figures = [
      row({}),
      member('(unknown)', '50'),
      member('a', '10'),
      member('(other)', '9'),
      member('b', '31'),
    ];
    const [brands] = sheet({ figures }).breakdowns;
    expect(brands?.members.map(({ member, share }) => [member, share])).toEqual([
      ['b', 0.31],
      ['a', 0.1],
      ['(other)', 0.09],
      ['(unknown)', 0.5],
    ]);
  });

  it('says no part where members overlap or the total is not positive', () => {
    const figures = [row({}), row({ dimension: 'brand', member: 'a', numerator: '60' })];
    const share = (more: Partial<KpiFacts>) => sheet({ figures, ...more }).breakdowns[0]?.members[0]?.share;
    expect(share({})).toBe(0.6);
    expect(share({ kpi: { ...amount, additive: false } })).toBe(null);
    expect(share({ figures: [row({ numerator: '-5' }), ...figures.slice(1)] })).toBe(null);
  });

  it('draws a gap for a day that was not measured, and begins with the first day that was', () => {
    const history = ['2026-11-17', '2026-11-18', '2026-11-20'].map((date) => row({ asOf: date }));
    const { trend, windows } = sheet({ history });
    expect(trend?.dates).toEqual(['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21']);
    expect(trend?.values).toEqual([100, 100, null, 100, null]);
    expect(windows[0]?.recent).toEqual([100, 100, null, 100, null]);
    expect(sheet({ history: history.slice(0, 1) }).trend).toBe(null);
  });

  it('shows the 28 days up to each day where the headline is a running total', () => {
    const history = ['2026-11-20', '2026-11-21'].map((date) => row({ asOf: date }));
    expect(sheet({ history, period: 'mtd' }).trend?.period).toBe('last_28d');
  });

  it('shows a running total on its way, from its first day to its last, with where it is to end and will', () => {
    const month = (more: Partial<SnapshotRow>) => row({ period: 'mtd', ...more });
    const figures = [
      month({ numerator: '60' }),
      month({ comparison: 'target', numerator: '70' }),
      month({ comparison: 'full_target', numerator: '100' }),
      month({ comparison: 'forecast', numerator: '90' }),
      month({ comparison: 'forecast_low', numerator: '80' }),
      month({ comparison: 'forecast_high', numerator: '95' }),
    ];
    const history = [
      month({ asOf: '2026-10-31', numerator: '99' }),
      month({ asOf: '2026-11-19', numerator: '50' }),
      month({ asOf: '2026-11-19', comparison: 'last_year', numerator: '55' }),
    ];
    const { course } = sheet({ figures, history, period: 'mtd' });
    expect([course?.dates[0], course?.dates.at(-1), course?.dates.length]).toEqual([
      '2026-11-01',
      '2026-11-30',
      30,
    ]);
    expect(course?.values.slice(17, 22)).toEqual([null, 50, null, 60, null]);
    expect(course?.lastYear[18]).toBe(55);
    expect(course?.targets[20]).toBe(70);
    expect(course?.end).toEqual({ target: 100, forecast: 90, low: 80, high: 95 });
    expect(sheet({ figures: figures.slice(1), period: 'mtd' }).course).toBe(null);
    expect(sheet({ figures: [row({})] }).course).toBe(null);
  });
});
