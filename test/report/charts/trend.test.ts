import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayTicks, scaleOf } from '../../../functions/report/charts/scales.ts';
import { drawTrend, type Trend } from '../../../functions/report/charts/trend.ts';
import { runs } from '../../kit/runs.ts';

const SIZE = { width: 350, height: 180 } as const;
const WORDS = [
  { value: (value: number) => `${value}`, day: (date: string) => date.slice(5) },
  { value: (value: number) => `${value} €`, day: (date: string) => `${date.slice(8)}.` },
];
const dates = (count: number): string[] =>
  Array.from({ length: count }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
const trend = (values: readonly (number | null)[], more: Partial<Trend> = {}): Trend => {
  const none = values.map(() => null);
  return {
    dates: dates(values.length),
    values,
    lastYear: none,
    targets: none,
    spans: [],
    events: [],
    ...more,
  };
};
/** Figures as there are: decimals with four places. */
const figure = fc.integer({ min: -1e14, max: 1e14 }).map((whole) => whole / 1e4);
const drawn = (it: Trend) => drawTrend(it, { ...SIZE, words: WORDS });
const lineOf = (shapes: string, colour: string): string =>
  new RegExp(`<path d="([^"]*)"[^>]* stroke="var\\(--${colour}\\)" stroke-width`).exec(shapes)?.[1] ?? '';

describe('the trend of a KPI', () => {
  it('puts values where they belong: zero on the axis, the highest rule at the top', () => {
    // Rules at 0, 50 … 200, labels of five characters: the rules end 350 − 32 − 10 from the left.
    const { shapes, labels } = drawn(trend([0, 100, 200]));
    expect(lineOf(shapes, 'line')).toBe('M2 158L155 83L308 8');
    expect(labels[0]).toContain('<text x="314" y="158">0</text><text x="314" y="120.5">50</text>');
    expect(labels[1]).toContain('<text x="314" y="8">200 €</text>');
  });

  it('breaks at days without a value, and marks a day between two of them', () => {
    const { shapes } = drawn(trend([1, 2, null, 3, null, 4, 5]));
    expect(lineOf(shapes, 'line').match(/M/g)).toHaveLength(2);
    expect(shapes.match(/<circle/g)).toHaveLength(2);
  });

  it('draws last year, target and open alerts where there are any', () => {
    const bare = drawn(trend([1, 2, 3])).shapes;
    expect(bare).not.toMatch(/--faint|dasharray|--alert/);
    const spans = [{ from: 1, to: 2 }];
    const { shapes } = drawn(trend([1, 2, 3, 4], { lastYear: [1, 2, 3, 4], targets: [3, 3, 3, 3], spans }));
    expect(lineOf(shapes, 'faint')).not.toBe('');
    expect(shapes).toContain('stroke-dasharray="4,3"');
    // Rules at 0 … 4; half a day before its first day to half a day after its last one.
    expect(shapes).toContain('M55 8H267V158H55Z');
  });

  it('goes on from the last day to where the figure is to end, and where it will', () => {
    const end = { target: 10, forecast: 8, low: 7, high: 9 };
    const course = trend([1, 2, null, null], { targets: [2, 4, null, null], end });
    const { shapes } = drawn(course);
    expect(shapes.match(/<circle/g)).toHaveLength(3);
    expect(shapes).toContain('stroke-opacity="0.28"');
    expect(shapes.match(/stroke-dasharray="4,3"/g)).toHaveLength(2);
    const open = { target: null, forecast: null, low: null, high: null };
    expect(drawn({ ...course, end: open }).shapes.match(/<circle/g)).toHaveLength(1);
  });

  it('says nothing that a browser could take for markup', () => {
    const words = [{ value: () => '<b>&', day: () => '<i>' }];
    const { labels } = drawTrend(trend([1, 2]), { ...SIZE, words });
    expect(labels[0]).not.toMatch(/<[bi]>|&(?!amp;|lt;)/);
  });

  it('stays in its picture, whatever is drawn', () => {
    const value = fc.option(figure, { nil: null });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 120 }), (values) => {
        const { shapes } = drawn(trend(values, { lastYear: values.toReversed() }));
        expect(shapes).not.toMatch(/NaN|Infinity|e[+-]\d/);
        for (const [, x, y] of shapes.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(SIZE.width);
          expect(Number(y)).toBeGreaterThanOrEqual(7.9);
          expect(Number(y)).toBeLessThanOrEqual(159);
        }
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('the scale of an axis', () => {
  it('has round rules', () => {
    expect(scaleOf([3, 97]).rules).toEqual([0, 25, 50, 75, 100]);
    expect(scaleOf([93, 97]).rules).toEqual([93, 94, 95, 96, 97]);
    expect(scaleOf([-40, 90]).rules).toEqual([-50, 0, 50, 100]);
    expect(scaleOf([]).rules).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(scaleOf([0.1, 0.3]).rules.length).toBe(5);
  });

  it('holds a large value that hardly moves', () => {
    const { min, max } = scaleOf([9999999998.5004, 9999999998.9004]);
    expect(min).toBeLessThanOrEqual(9999999998.5004);
    expect(max).toBeGreaterThanOrEqual(9999999998.9004);
  });

  it('holds every value between two to seven steps', () => {
    const values = fc.array(figure, { maxLength: 9 });
    fc.assert(
      fc.property(values, (all) => {
        const { min, max, rules } = scaleOf(all);
        for (const value of all) {
          const slack = Math.max(Math.abs(min), Math.abs(max)) * 1e-9;
          expect(value).toBeGreaterThanOrEqual(min - slack);
          expect(value).toBeLessThanOrEqual(max + slack);
        }
        expect(rules.length).toBeGreaterThanOrEqual(2);
        expect(rules.length).toBeLessThanOrEqual(8);
        expect([rules[0], rules.at(-1)]).toEqual([min, max]);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('the days that are named', () => {
  it('are Mondays, and first days of months in a longer trend', () => {
    expect(dayTicks(dates(40), 880)).toEqual([4, 11, 18, 25, 32]);
    expect(dayTicks(dates(100), 880).map((day) => dates(100)[day])).toEqual([
      '2026-02-01',
      '2026-03-01',
      '2026-04-01',
    ]);
  });

  it('are fewer in a narrow picture', () => {
    expect(dayTicks(dates(90), 350).length).toBeLessThanOrEqual(5);
  });
});
