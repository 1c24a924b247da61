import { describe, expect, it, test } from 'vitest';
import type { FigureKind } from '../../../functions/lake/catalogue/kpi.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { slackPayload } from '../../../functions/report/channels/slack-blocks.ts';
import type { DashboardBlock } from '../../../functions/report/letters/blocks.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { ripeNote } from '../../../functions/report/letters/figure.ts';
import { renderHtml } from '../../../functions/report/mail/html.tsx';
import { renderText } from '../../../functions/report/mail/text.ts';
import type { Day } from '../../../functions/report/model/day.ts';
import { shownTo } from '../../../functions/report/model/headlines.ts';
import { kpiOf, mailData, row } from '../fixtures.ts';
import { funnelDay, funnelKpis, funnelRows } from '../funnel-day.ts';
import { dayPage, kpiPage } from '../site/pages.ts';

const idsOf = (list: readonly { readonly kpi: { readonly id: string } }[]) => list.map(({ kpi }) => kpi.id);
const dashboardOf = (day: Day, language = en): DashboardBlock =>
  digestContent(day, language).blocks.find((block) => block.kind === 'dashboard') as DashboardBlock;
const rowOf = (day: Day, id: string) => dashboardOf(day).rows.find((each) => each.id === id);

describe('which figures are in it', () => {
  it('a company with a funnel finds its usual ones first, each once; the others follow theme by theme', () => {
    const { blocks } = digestContent(funnelDay(), en);
    expect(blocks.slice(0, 2).map(({ kind }) => kind)).toEqual(['title', 'dashboard']);
    const { dashboard, figures } = shownTo(funnelDay());
    expect(idsOf(dashboard)).toEqual([
      // There are no trials here, no forecast, no costs and no lifetime value: what is next best stands in their places.
      ...['new_leads', 'lead_to_customer_rate', 'net_revenue'],
      ...['stage_losses', 'orders', 'average_order_value', 'repurchase_rate'],
    ]);
    expect(idsOf(figures)).toEqual([]);
  });

  it('a company that lives by its funnel finds its five first, whatever else it has', () => {
    const five = ['order_forecast', 'demo_to_paid_rate', 'cost_per_lead', 'break_even_attainment'];
    const others = ['mql_to_sql_rate', 'customer_acquisition_cost'];
    const more = [...others, ...five].map((id) => kpiOf(id, id, id, { theme: 'funnel' }));
    const rows = more.map(({ id }) => row(id, 'mtd', 'current', 5));
    const { dashboard, figures } = shownTo(funnelDay({}, [...funnelRows, ...rows], [...more, ...funnelKpis]));
    expect(idsOf(dashboard).slice(0, 6)).toEqual(['new_leads', ...five, 'stage_losses']);
    expect(idsOf(figures)).toEqual([
      ...['customer_acquisition_cost', 'lead_to_customer_rate', 'mql_to_sql_rate', 'net_revenue'],
    ]);
  });

  it('a wholesaler with a sales team has sales first: its usual ones', () => {
    const { dashboard } = shownTo(funnelDay({ kpis: { themes: ['sales', 'customers', 'funnel'] } }));
    expect(idsOf(dashboard)).toEqual([
      ...['new_leads', 'orders', 'average_order_value', 'stage_losses', 'repurchase_rate'],
    ]);
  });

  it('a company without a funnel has none', () => {
    expect(shownTo(mailData()).dashboard).toEqual([]);
    expect(dashboardOf(mailData())).toBeUndefined();
  });

  it('a company lists its own, or none', () => {
    const of = (dashboard: string[]) => idsOf(shownTo(funnelDay({ kpis: { dashboard } })).dashboard);
    expect(of(['net_revenue', 'new_leads'])).toEqual(['net_revenue', 'new_leads']);
    expect(of([])).toEqual([]);
  });

  it('who lists figures gets those alone', () => {
    const own = shownTo(funnelDay(), { roles: ['executive'], kpis: ['net_revenue', 'orders'] });
    expect([own.dashboard, idsOf(own.figures)]).toEqual([[], ['net_revenue', 'orders']]);
  });
});

describe('what a line says', () => {
  it('the objective first: the part that is due, and the whole', () => {
    const orders = rowOf(funnelDay(), 'orders');
    expect(orders?.comparisons.map(({ change, label }) => `${change} ${label}`)).toEqual([
      '−29% vs 42 due by now',
      '−12% vs last year',
    ]);
    expect(orders?.whole).toBe('50% of the full target of 60');
    expect(rowOf(funnelDay(), 'new_leads')?.comparisons[0]).toMatchObject({ label: 'vs last year' });
  });

  it('of what is counted no part of one is due, and hundreds have no tenths', () => {
    const due = (target: number): string | undefined => {
      const rows = funnelRows.map((each) =>
        each.kpi === 'orders' && each.comparison === 'target' ? { ...each, numerator: String(target) } : each,
      );
      return rowOf(funnelDay({}, rows), 'orders')?.comparisons[0]?.label;
    };
    expect([due(42.9), due(680.7), due(4.5)]).toEqual([
      ...['vs 43 due by now', 'vs 681 due by now', 'vs 4.5 due by now'],
    ]);
  });

  it('losses stage by stage, in the order of the funnel, and which of them moved beyond noise', () => {
    expect(
      rowOf(funnelDay(), 'stage_losses')?.parts.map(({ name, value, detail, moved }) => [
        ...[name, value, detail, moved && `${moved.change} ${moved.tone}`],
      ]),
    ).toEqual([
      ['Qualification', '5.6%', '9 of 160', null],
      ['Demonstration', '50.0%', '48 of 96', '+30.0\u00a0pts bad'],
      ['Negotiation', '20.0%', '3 of 15', null],
    ]);
  });

  it('a forecast with its range and its usual error', () => {
    const forecast = kpiOf('order_forecast', 'Order forecast', 'Prévision', { forecasts: true });
    const kinds = {
      current: 50_000,
      forecast: 50_000,
      forecast_low: 41_000,
      forecast_high: 62_000,
      forecast_error: 6000,
    };
    const rows = Object.entries(kinds).map(([kind, value]) =>
      row('order_forecast', 'mtd', kind as FigureKind, value),
    );
    const day = funnelDay({}, [...funnelRows, ...rows], [...funnelKpis, forecast]);
    expect(rowOf(day, 'order_forecast')).toMatchObject({
      value: '€50,000',
      outlook: expect.stringMatching(/€41,000.*€62,000.*12%/),
    });
    expect(renderText(digestContent(day, en))).toMatch(/Order forecast .*€50,000\n.*€41,000/);
    expect(rowOf(day, 'orders')?.outlook).toBeNull();
  });

  it('of late data: neither comparisons nor stages', () => {
    const late = funnelRows.map((each) => ({ ...each, quality: 'stale' as const }));
    const losses = rowOf(funnelDay({}, late), 'stage_losses');
    expect([losses?.comparisons, losses?.parts]).toEqual([[], []]);
    expect(losses?.note).toMatch(/Late data/);
  });

  it('a figure that cannot be shown stands there without a value, and is told of', () => {
    const day = funnelDay();
    const broken = day.kpis.map((each) =>
      each.kpi.id === 'orders' ? ({ ...each, sketch: undefined } as unknown as typeof each) : each,
    );
    const troubles: string[] = [];
    const content = digestContent({ ...day, kpis: broken }, en, { onTrouble: (item) => troubles.push(item) });
    const block = content.blocks.find(({ kind }) => kind === 'dashboard') as DashboardBlock;
    expect(troubles).toEqual(['orders']);
    expect(block.rows.find(({ id }) => id === 'orders')).toMatchObject({ value: null });
    expect(block.rows).toHaveLength(7);
  });
});

test('text, HTML, chat and page say the same of it, in each language', async () => {
  for (const language of [en, fr]) {
    const content = digestContent(funnelDay(), language);
    const said = dashboardOf(funnelDay(), language);
    const page = dayPage(funnelDay(), language);
    for (const text of [
      renderText(content),
      (await renderHtml(content, () => '')).replace(/<!-- -->/g, ''),
      slackPayload(content)
        .blocks.map((block) => JSON.stringify(block))
        .join('\n'),
      page.slice(page.indexOf('class="dashboard"'), page.indexOf('class="overview"')),
    ])
      for (const { name, value, parts } of said.rows)
        for (const word of [name, value as string, ...parts.flatMap((part) => [part.name, part.value])])
          expect(text).toContain(word);
  }
});

test('a rate by entry says whom it is of: who came in later is provisional, and in no comparison', () => {
  expect(renderText(digestContent(funnelDay(), en))).toContain(
    'Of those who came in up to 25 May 2026; younger ones are provisional for 180 days, and not in it.',
  );
  expect(renderText(digestContent(funnelDay(), fr))).toContain('jusqu’au 25 mai 2026');
  expect(kpiPage(funnelDay(), 'lead_to_customer_rate', en)).toContain('up to 25 May 2026; younger ones');
  expect(kpiPage(funnelDay(), 'stage_losses', en)).not.toContain('younger ones');
});

test('what its source knows late says up to which day it counts', () => {
  const note = (language: typeof en) => ripeNote(funnelDay(), { late: 3 }, language);
  expect(note(en)).toBe('Counts up to 18 November 2026: its source knows later days only later.');
  expect(note(fr)).toBe(
    'Compté jusqu’au 18 novembre 2026\u202f: la source ne connaît les jours suivants que plus tard.',
  );
});
