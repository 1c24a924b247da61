import { expect, test } from 'vitest';
import type { FigureKind } from '../../../functions/lake/catalogue/kpi.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { outlookOf } from '../../../functions/report/letters/outlook.ts';
import type { WindowFigures } from '../../../functions/report/model/day.ts';

const amount = (value: number) => ({ value, numerator: value, denominator: null });

function lineOf(values: Partial<Record<FigureKind, number>>, period: WindowFigures['period'] = 'mtd') {
  const figures = Object.fromEntries(Object.entries(values).map(([kind, value]) => [kind, amount(value)]));
  return { period, figures, notable: new Set<FigureKind>(), recent: [] } satisfies WindowFigures;
}

const ahead = { forecast: 1000.4, forecast_low: 899.6, forecast_high: 1100, forecast_error: 50 };
const revenue = { unit: 'count' } as const;
const format = { language: en, currency: 'EUR' };

test('a figure to date says where its window will end, within what, and how far that usually is off', () => {
  expect(outlookOf(revenue, lineOf({ current: 400, ...ahead }), format)).toBe(
    'Forecast for the whole month: 1,000 · 4 times in 5 between 900 and 1,100 · usually 5% off',
  );
  expect(outlookOf(revenue, lineOf({ current: 400, ...ahead }, 'qtd'), { ...format, language: fr })).toMatch(
    /^Prévision pour le trimestre entier.*4 fois sur 5 entre .* · écart habituel de 5/,
  );
});

test('an error that would be rounded away is less than one in a hundred', () => {
  const close = { ...ahead, forecast_error: 4 };
  expect(outlookOf(revenue, lineOf({ current: 990, ...close }), format)).toMatch(/ · usually <\u00a01% off$/);
});

test('a figure that is a forecast says that it is one', () => {
  expect(outlookOf({ ...revenue, forecasts: true }, lineOf({ current: 1000, ...ahead }), format)).toBe(
    'Forecast · 4 times in 5 between 900 and 1,100 · usually 5% off',
  );
});

test('without a range it says so; without a forecast, or of a window that ends on its day, nothing', () => {
  expect(outlookOf(revenue, lineOf({ current: 400, forecast: 1000 }), format)).toContain('not known yet');
  expect(outlookOf(revenue, lineOf({ current: 400 }), format)).toBeNull();
  expect(outlookOf(revenue, lineOf({ current: 400, ...ahead }, 'last_28d'), format)).toBeNull();
});
