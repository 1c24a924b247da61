import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { Finding } from '../../../functions/lake/snapshot/finding.ts';
import { weekdayOf } from '../../../functions/lake/values/day.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import type { Language } from '../../../functions/languages/language.ts';
import { chartsOf, type FigureBlock } from '../../../functions/report/letters/blocks.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { renderText } from '../../../functions/report/mail/text.ts';
import type { Day } from '../../../functions/report/model/day.ts';
import { type FigureReader, headlinesOf } from '../../../functions/report/model/headlines.ts';
import { noiseKey } from '../../../functions/report/model/noise.ts';
import {
  companyOf,
  type DayFacts,
  event,
  finding,
  kpiOf,
  kpis,
  mailData,
  row,
  state,
  totals,
} from '../fixtures.ts';

const figures = (data: Day, language: Language = en): FigureBlock[] =>
  digestContent(data, language).blocks.filter((block) => block.kind === 'figure');
const figure = (data: Day, name: string): FigureBlock =>
  figures(data).find((block) => block.name === name) as FigureBlock;
const calm = { alerts: null, findings: [] };
const quiet = mailData(calm);

describe('what stands where', () => {
  it('news, late sources, alerts, figures, origin: in this order', () => {
    const kinds = digestContent(mailData(), en).blocks.map((block) => block.kind);
    expect(kinds).toEqual([
      'title',
      'notice',
      'alerts',
      'figure',
      'figure',
      'figure',
      'figure',
      'figure',
      'heading',
      'figure',
      'footer',
    ]);
  });

  it('two screens of a phone: three alerts at most and seven blocks, the rest under a heading', () => {
    const states = ['A', 'B', 'C', 'D', 'E'].map((member) => state({ rule: 'brand-drop', member }));
    const { blocks } = digestContent(
      mailData({ alerts: { asOf: '2026-11-21', run: 'r', states, events: [] } }),
      en,
    );
    const [first, later] = blocks.filter((block) => block.kind === 'alerts');
    expect([first?.title, first?.items.length, later?.title, later?.items.length]).toEqual([
      '5 open alerts',
      3,
      'And 2 more alerts',
      2,
    ]);
    const before = blocks.slice(
      0,
      blocks.findIndex((block) => block.kind === 'heading'),
    );
    expect(before.filter((block) => block.kind === 'figure')).toHaveLength(4);
  });

  it.each([
    [en, 'No data (21 Nov)', 'No figure could be computed'],
    [fr, 'Pas de données (21 nov.)', 'Aucun chiffre n’a pu être calculé'],
  ] as const)(
    'without any figure it says so, and never that nothing is unusual: $0.name',
    (language, subject, lead) => {
      const nothing = mailData({ alerts: null, findings: [], totals: [] });
      const content = digestContent(nothing, language);
      expect(content.subject).toBe(subject);
      expect(content.blocks[0]).toMatchObject({ kind: 'title', lead: expect.stringContaining(lead) });
      const late = { ...nothing, findings: [finding({ check: 'pull', source: 'sap', table: 'orders' })] };
      expect(digestContent(late, en).subject).toBe('Data missing (sap) (21 Nov)');
    },
  );

  it('the company’s own list of figures, in its order', () => {
    const data = mailData({ company: companyOf({ kpis: { digest: ['orders', 'net_revenue'] } }) });
    expect(figures(data).map((block) => block.name)).toEqual(['Orders', 'Net revenue']);
  });

  describe('themes', () => {
    const themed = [
      kpiOf('net_revenue', 'Net revenue', 'Chiffre d’affaires net'),
      kpiOf('new_leads', 'New leads', 'Nouveaux leads', {
        theme: 'funnel',
        audience: ['executive', 'sales'],
      }),
      kpiOf('bounce_rate', 'Bounce rate', 'Taux de rebond', { theme: 'storefront', audience: ['ecommerce'] }),
      kpiOf('orders', 'Orders', 'Commandes', { unit: 'count' }),
    ];
    const rows = themed.map((kpi) => row(kpi.id, 'mtd', 'current', 1));
    const day = (over: Parameters<typeof companyOf>[0] = {}) =>
      mailData({ ...calm, kpis: themed, totals: rows, company: companyOf({ kpis: {}, ...over }) });
    const told = (data: Day, reader?: FigureReader) =>
      digestContent(data, en, { ...(reader && { reader }) }).blocks.flatMap((block) =>
        block.kind === 'section' ? [`# ${block.text}`] : block.kind === 'figure' ? [block.name] : [],
      );

    it('are the sections, each where its first figure stands; a letter of one theme needs none', () => {
      expect(told(day({ kpis: { digest: ['new_leads', 'orders', 'bounce_rate', 'net_revenue'] } }))).toEqual([
        '# Leads and funnel',
        'New leads',
        '# Sales',
        'Orders',
        'Net revenue',
        '# Web shop',
        'Bounce rate',
      ]);
      expect(told(day({ kpis: { digest: ['orders', 'net_revenue'] } }))).toEqual(['Orders', 'Net revenue']);
    });

    it('stand first in the company’s order: what it lives by', () => {
      expect(told(day({ kpis: { themes: ['funnel', 'sales'] } }))).toEqual([
        '# Leads and funnel',
        'New leads',
        '# Sales',
        'Net revenue',
        'Orders',
      ]);
    });

    it('a list may name a theme: all that was measured of it', () => {
      expect(told(day({ kpis: { digest: ['new_leads', 'sales'] } }))).toEqual([
        '# Leads and funnel',
        'New leads',
        '# Sales',
        'Net revenue',
        'Orders',
      ]);
    });

    it('each reader has her own: her list, else that of her roles, else the company’s, else what is made for her', () => {
      const roles = { digest: ['orders'], roles: { sales: ['new_leads'] } };
      expect(told(day({ kpis: roles }), { roles: ['sales'], kpis: ['bounce_rate'] })).toEqual([
        'Bounce rate',
      ]);
      expect(told(day({ kpis: roles }), { roles: ['sales'] })).toEqual(['New leads']);
      expect(told(day({ kpis: roles }), { roles: ['marketing'] })).toEqual(['Orders']);
      expect(told(day(), { roles: ['ecommerce'] })).toEqual(['Bounce rate']);
      expect(told(day(), { roles: ['board'] })).toEqual(told(day(), { roles: ['executive'] }));
    });
  });

  it('otherwise executives’ KPIs of which there is a figure, revenue first, seven at most', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      kpiOf(`extra_${index}`, `Extra ${index}`, `Extra ${index}`),
    );
    const sales = kpiOf('sales_only', 'Sales', 'Ventes', { audience: ['sales'] });
    const never = kpiOf('never', 'Never', 'Jamais');
    const rows = [
      ...totals,
      ...many.map((kpi) => row(kpi.id, 'mtd', 'current', 1)),
      row('sales_only', 'mtd', 'current', 1),
    ];
    const ids = headlinesOf(mailData({ kpis: [never, sales, ...many, ...kpis], totals: rows })).map(
      ({ kpi }) => kpi.id,
    );
    expect(ids).toEqual([
      'net_revenue',
      'orders',
      'average_order_value',
      'conversion_rate',
      'cart_abandonment_rate',
      'customer_acquisition_cost',
      'extra_0',
    ]);
  });

  it('a window that the company leaves out is not shown', () => {
    const data = mailData({ company: companyOf({ kpis: { windows_off: ['mtd'] } }) });
    expect(figure(data, 'Net revenue')).toMatchObject({ period: 'the day', value: '€35,211' });
  });
});

describe('the subject says the news', () => {
  const subject = (data: Day, language: Language = en) =>
    digestContent(data, language).subject.replaceAll('\u202f', '_');

  it('an alert first', () => {
    expect(subject(mailData({ findings: [] }))).toBe(
      'Cart abandonment rate 81.2% — above its limit; net revenue +4.0% (21 Nov)',
    );
    expect(subject(mailData({ findings: [] }), fr)).toBe(
      'Taux d’abandon de panier 81,2_% — au-dessus de sa limite_; chiffre d’affaires net +4,0_% (21 nov.)',
    );
  });

  it('without alerts the first two figures', () => {
    expect(subject(quiet)).toBe('Net revenue +4.0%; orders −2.0% (21 Nov)');
  });

  it('late data first when the first figure depends on it, else last', () => {
    const late = finding({ table: 'orders', source: 'sap' });
    expect(subject(mailData({ findings: [late] }))).toMatch(/^Data missing \(sap\); cart abandonment rate/);
    expect(subject(mailData({ alerts: null }))).toBe('Net revenue +4.0%; orders −2.0% (21 Nov, ads late)');
  });

  it('a snoozed alert is not the news', () => {
    const alerts = { asOf: '2026-11-21', run: 'r', states: [state({ muted: true })], events: [] };
    expect(subject(mailData({ alerts, findings: [] }))).toBe('Net revenue +4.0%; orders −2.0% (21 Nov)');
  });
});

describe('a figure', () => {
  it('has value, comparisons, target, trend in words, and the reason', () => {
    const revenue = figure(quiet, 'Net revenue');
    expect(revenue.value).toBe('€691,123');
    expect(revenue.comparisons).toEqual([
      { change: '+4.0%', label: 'vs last year', tone: 'good' },
      { change: '−2.0%', label: 'vs the month before', tone: 'calm' },
    ]);
    expect(revenue.target).toEqual({
      change: '−4.0%',
      label: 'vs target of €720,000',
      tone: 'bad',
      whole: null,
    });
    expect(revenue.chart?.alt).toBe(
      '28 days, day by day: €24,018 (28 Oct) to €50,220 (17 Nov), last €35,211 (21 Nov)',
    );
    expect(revenue.sentence).toBe(
      '+\u2060€26,600 vs last year: mostly region Bretagne (+\u2060€24,200) and unknown (+\u2060€9,100); the other way, Alsace (−\u2060€6,718).',
    );
  });

  it('says what part of a target is due, and how far along the whole of it is', () => {
    const data = mailData({
      ...calm,
      totals: [...totals, row('net_revenue', 'mtd', 'full_target', 1_000_000)],
    });
    expect(figure(data, 'Net revenue').target).toEqual({
      change: '−4.0%',
      label: 'vs €720,000 due by now',
      tone: 'bad',
      whole: '69% of the full target of €1,000,000',
    });
    expect(renderText(digestContent(data, fr))).toContain(
      '−4,0\u202f% par rapport aux 720\u202f000\u202f€ attendus à ce jour · 69\u202f% de l’objectif total de 1\u202f000\u202f000\u202f€',
    );
  });

  it('has a colour only where its change is more than it does anyway', () => {
    const spread = (size: number) =>
      new Map([[noiseKey('net_revenue', 'mtd', 'last_year'), { spread: size }]]);
    const tone = (size: number) =>
      figure(mailData({ ...calm, noise: spread(size) }), 'Net revenue').comparisons[0]?.tone;
    expect([tone(0.019), tone(0.021)]).toEqual(['good', 'calm']);
  });

  it('that did not move says so', () => {
    expect(figure(quiet, 'Orders').comparisons[1]).toEqual({
      change: 'unchanged',
      label: 'vs the month before',
      tone: 'calm',
    });
  });

  it('of a year is compared once: the window before is last year’s', () => {
    const yearly = kpiOf('net_revenue', 'Net revenue', 'CA', { headline: 'ytd' });
    const rows = [
      row('net_revenue', 'ytd', 'current', 110),
      row('net_revenue', 'ytd', 'previous', 100),
      row('net_revenue', 'ytd', 'last_year', 100),
    ];
    expect(figure(mailData({ kpis: [yearly], totals: rows }), 'Net revenue').comparisons).toHaveLength(1);
  });

  it('gives its reason once: with its alert, if it has one', () => {
    const text = renderText(digestContent(mailData(), en));
    expect(text.split('mostly brand Nordwind')).toHaveLength(2);
    expect(figure(quiet, 'Cart abandonment rate').sentence).toContain('mostly brand Nordwind');
  });
});

describe('no data is not zero', () => {
  const without = (change: Partial<DayFacts>, id = 'net_revenue') =>
    mailData({
      alerts: null,
      findings: [],
      totals: totals.filter((each) => each.kpi !== id || each.asOf !== '2026-11-21'),
      ...change,
    });

  it.each<[string, Day, string]>([
    ['nothing recorded', without({}), 'Nothing was recorded in this window (month to date).'],
    [
      'a late source',
      without({ findings: [finding({ table: 'orders', source: 'sap' })] }),
      'sap has not delivered what this is counted from.',
    ],
    [
      'no source at all',
      without({
        company: companyOf({
          sources: [{ kind: 'files', name: 'x', feeds: [{ table: 'carts', path: 'x', columns: {} }] }],
        }),
      }),
      'No source supplies orders yet.',
    ],
  ])('because of %s', (_, data, reason) => {
    const revenue = figure(data, 'Net revenue');
    expect(revenue).toMatchObject({
      value: null,
      noValue: 'no data',
      note: reason,
      comparisons: [],
      target: null,
    });
    expect(revenue.chart).not.toBeNull();
  });

  it('because there is nothing to divide by', () => {
    expect(figure(quiet, 'Customer acquisition cost')).toMatchObject({
      value: null,
      note: expect.stringContaining('denominator is zero'),
    });
  });
});

describe('late and incomplete figures', () => {
  const marked = (quality: 'stale' | 'incomplete') => totals.map((each) => ({ ...each, quality }));

  it('a late one is shown with its date, compared with nothing', () => {
    const data = mailData({
      totals: marked('stale'),
      findings: [finding({ table: 'orders', source: 'sap', lastDate: '2026-11-19' })],
      alerts: null,
    });
    expect(figure(data, 'Net revenue')).toMatchObject({
      value: '€691,123',
      comparisons: [],
      target: null,
      note: 'Late data: counts only up to 19 November, so it is not compared.',
    });
    // Outside of the mail nothing would tell that it is late.
    const { subject, preheader } = digestContent(data, en);
    expect(subject).toBe('Data missing (sap) (21 Nov)');
    expect(preheader).not.toContain('691,123');
  });

  it('an incomplete one says so, and why stands at the top', () => {
    const gap = finding({
      check: 'missing_exchange_rate',
      table: 'orders',
      message: '3 orders in USD have no rate.',
      means: loadCatalogue().checks.find(({ id }) => id === 'missing_exchange_rate')?.means ?? {},
    });
    const data = mailData({ totals: marked('incomplete'), findings: [gap] });
    expect(figure(data, 'Net revenue').note).toBe('Incomplete: see the top of this mail.');
    const notice = digestContent(data, en).blocks.find((block) => block.kind === 'notice');
    expect(notice?.items).toEqual([
      {
        what: 'Ads, orders: some amounts could not be converted for want of an exchange rate.',
        detail: 'Affects net revenue, orders and average order value.',
      },
    ]);
    expect(renderText(digestContent(data, fr))).toContain('faute de taux de change');
  });

  it('a source that failed altogether names all figures it feeds', () => {
    const data = mailData({
      findings: [finding({ check: 'pull', table: null, source: 'shop', lastDate: null })],
    });
    const notice = digestContent(data, en).blocks.find((block) => block.kind === 'notice');
    expect(notice?.items[0]).toEqual({
      what: 'shop: could not be read; its data ends on 21 November',
      detail: 'Affects conversion rate and cart abandonment rate.',
    });
  });
});

it('alerts: worst and newest first, back to normal last, members by name', () => {
  const alerts = {
    asOf: '2026-11-21',
    run: 'r',
    states: [
      state({ rule: 'brand-drop', member: 'Alpina', firedOn: '2026-11-19', value: 41200, level: 52300 }),
      state(),
      state({ rule: 'gone-from-config' }),
    ],
    events: [
      event(),
      event({
        rule: 'brand-drop',
        member: '(unknown)',
        kind: 'resolved',
        value: 61200,
        level: 52300,
        firedOn: '2026-11-12',
      }),
    ],
  };
  const block = digestContent(mailData({ alerts }), en).blocks.find((each) => each.kind === 'alerts');
  expect(block?.title).toBe('2 open alerts');
  expect(block?.items.map((item) => [item.badge, item.figure, item.why])).toEqual([
    [
      'New · critical · last 7 days',
      'Cart abandonment rate: 81.2%',
      'Above its limit of 80.0% since 21 November. The 7 days before: 75.0%.',
    ],
    [
      'Open · warning · month to date',
      'Net revenue, brand Alpina: €41,200',
      'More than 30% below last year (limit: €52,300) since 19 November.',
    ],
    [
      'Back to normal · warning · month to date',
      'Net revenue, brand unknown: €61,200',
      'It was more than 30% below last year (limit: €52,300), since 12 November.',
    ],
  ]);
});

it('is the same for the same data', () => {
  expect(digestContent(mailData(), fr)).toEqual(digestContent(mailData(), fr));
});

it('what is incomplete but not shown is left to the operators; the same is said once', () => {
  const other = finding({
    check: 'missing_exchange_rate',
    table: 'customer_objectives',
    message: '1 row in GBP',
  });
  const two = [
    finding({ check: 'missing_exchange_rate', table: 'orders', source: null }),
    finding({ check: 'missing_exchange_rate', table: 'orders', source: null }),
  ];
  const notices = (findings: Finding[]) =>
    digestContent(mailData({ findings }), fr).blocks.filter((block) => block.kind === 'notice');
  expect(notices([other])).toEqual([]);
  expect(notices(two)[0]?.items).toHaveLength(1);
});

it('days without trade are no gaps in a trend of days', () => {
  const open = totals.filter(
    (each) => each.kpi === 'net_revenue' && !['saturday', 'sunday'].includes(weekdayOf(each.asOf)),
  );
  const closed = {
    name: 'N',
    time_zone: 'Europe/Paris',
    currency: 'EUR',
    closed: { weekdays: ['saturday', 'sunday'] },
  };
  const of = (company: Record<string, unknown>) =>
    chartsOf(
      digestContent(mailData({ company: companyOf(company), totals: open, alerts: null, findings: [] }), en),
    )[0];
  expect(of({ company: closed })?.alt).toMatch(/^20 days, day by day/);
  expect(of({ company: closed })?.values).not.toEqual(of({})?.values);
});
