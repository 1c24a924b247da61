import { describe, expect, it } from 'vitest';
import type { AlertReport, AlertState } from '../../../functions/lake/catalogue/alert.ts';
import { alertSpans } from '../../../functions/report/model/alert-spans.ts';
import { shadedTrend } from '../../../functions/report/site/drawings.ts';

const state = (firedOn: string | null, more: Partial<AlertState> = {}): AlertState => ({
  ...{ rule: 'high', member: null, state: firedOn ? 'firing' : 'normal', since: '2026-11-01', count: 0 },
  ...{ before: null, firedOn, lastNotifiedOn: null, value: null, level: null, muted: false },
  ...more,
});
const report = (asOf: string, ...states: AlertState[]): AlertReport => ({
  asOf,
  run: 'r',
  states,
  events: [],
});

describe('alertSpans', () => {
  it('spans the days on which an alert was open, two openings apart', () => {
    const reports = [
      report('2026-11-01', state('2026-11-01')),
      report('2026-11-02', state('2026-11-01')),
      report('2026-11-03', state(null)),
      report('2026-11-04', state('2026-11-04')),
    ];
    expect(alertSpans(reports)).toEqual([
      { rule: 'high', member: null, from: '2026-11-01', to: '2026-11-02', open: false },
      { rule: 'high', member: null, from: '2026-11-04', to: '2026-11-04', open: true },
    ]);
  });

  it('keeps an alert open while its data is missing', () => {
    const reports = [
      report('2026-11-01', state('2026-11-01')),
      report('2026-11-02', state('2026-11-01', { state: 'no_data', before: 'firing' })),
      report('2026-11-03', state('2026-11-01')),
    ];
    expect(alertSpans(reports)).toMatchObject([{ from: '2026-11-01', to: '2026-11-03', open: true }]);
  });

  it('tells members apart, whatever they are called, and does not mind the order of reports', () => {
    const reports = [
      report('2026-11-02', state('2026-11-01', { member: 'a' }), state('2026-11-02', { member: 'a,b' })),
      report('2026-11-01', state('2026-11-01', { member: 'a' })),
    ];
    expect(alertSpans(reports).map(({ member, from, to }) => [member, from, to])).toEqual([
      ['a', '2026-11-01', '2026-11-02'],
      ['a,b', '2026-11-02', '2026-11-02'],
    ]);
  });

  it('begins with the first report when an alert was opened before it', () => {
    expect(alertSpans([report('2026-11-05', state('2026-10-01'))])).toMatchObject([{ from: '2026-11-05' }]);
  });
});

it('of a line, the days of alerts on the total are shaded; a member’s alert is not the company’s', () => {
  const dates = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
  const none = dates.map(() => null);
  const trend = { period: 'day', dates, values: [1, 2, 3, 4], lastYear: none, targets: none } as const;
  const span = { rule: 'r', from: '2026-11-19', to: '2026-11-20', open: false };
  expect(shadedTrend(trend, [{ ...span, member: null }]).spans).toEqual([{ from: 1, to: 2 }]);
  expect(shadedTrend(trend, [{ ...span, member: 'Alpina' }]).spans).toEqual([]);
});
