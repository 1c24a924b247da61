import { expect, it } from 'vitest';
import type { BusinessEvent } from '../../../functions/lake/alerts/events.ts';
import { addDays } from '../../../functions/lake/values/day.ts';
import { en } from '../../../functions/languages/en.ts';
import type { KpiDay } from '../../../functions/report/model/day.ts';
import { chartsOf } from '../../../functions/report/site/drawings.ts';
import { AS_OF, mailData, row, wave } from '../fixtures.ts';
import { kpiPage } from './pages.ts';

/** Forty days up to 21 November: the year’s chart begins on 13 October. */
const DAYS = 40;
const FIRST = addDays(AS_OF, 1 - DAYS);
const orders = (['mtd', 'last_28d'] as const).flatMap((period) =>
  Array.from({ length: DAYS }, (_, index) =>
    row('orders', period, 'current', wave(index, 900, 200), null, { asOf: addDays(FIRST, index) }),
  ),
);
const event = (from: string, to: string, more: Partial<BusinessEvent> = {}): BusinessEvent => ({
  ...{ id: null, from, to, text: 'Black <week>', kind: 'promotion' as const },
  ...{ kpi: null, dimension: null, member: null, ...more },
});
const dayWith = (events: readonly BusinessEvent[]) => mailData({ events, totals: orders });
const sheetOf = (events: readonly BusinessEvent[]): KpiDay =>
  dayWith(events).kpis.find(({ kpi }) => kpi.id === 'orders') as KpiDay;
const drawn = (event: BusinessEvent) =>
  Object.fromEntries(chartsOf(sheetOf([]), [event]).map(({ name, trend }) => [name, trend.events]));

it('its days are marked in each chart that has one of them', () => {
  expect(drawn(event('2026-11-03', '2026-11-05'))).toEqual({
    course: [{ from: 2, to: 4 }],
    trend: [{ from: 21, to: 23 }],
  });
  expect(drawn(event('2026-10-01', '2026-10-14'))).toEqual({ course: [], trend: [{ from: 0, to: 1 }] });
});

it('what is ahead is in the month’s chart, up to its end', () => {
  expect(drawn(event('2026-11-28', '2026-12-03'))).toEqual({ course: [{ from: 27, to: 29 }], trend: [] });
});

it('what is of another KPI, or of a member, is in none', () => {
  const none = { course: [], trend: [] };
  expect(drawn(event(AS_OF, AS_OF, { kpi: 'net_revenue' }))).toEqual(none);
  expect(drawn(event(AS_OF, AS_OF, { dimension: 'region', member: 'Alsace' }))).toEqual(none);
});

it('the page lists them newest first, those of members without days for the charts', () => {
  const page = kpiPage(
    dayWith([
      event('2026-11-03', '2026-11-05'),
      event('2026-11-10', '2026-11-10', { dimension: 'region', member: 'Alsace', kind: 'closure' }),
      event('2026-11-12', '2026-11-12', { kpi: 'net_revenue', text: 'not here' }),
      event('2025-01-01', '2025-01-01', { text: 'long ago' }),
    ]),
    'orders',
    en,
    [en],
  );
  const list = /<details class="event-days">.*?<\/details>/s.exec(page)?.[0] ?? '';
  expect(list.replaceAll(/<[^>]*>/g, '|').replaceAll(/\|+/g, '|')).toBe(
    '|Events in this time: 2|10 Nov| Black &lt;week&gt;, region Alsace |closure|3 Nov to 5 Nov| Black &lt;week&gt; |promotion|',
  );
  expect(list.match(/data-from="[^"]*"/g)).toEqual(['data-from="2026-11-03"']);
  expect(page).not.toContain('not here');
  expect(page).not.toContain('long ago');
});
