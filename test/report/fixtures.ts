import type { AlertEvent, AlertReport, AlertState } from '../../functions/lake/catalogue/alert.ts';
import { type AlertRule, alertRule } from '../../functions/lake/catalogue/alert-kinds/kinds.ts';
import type { FigureKind, Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { noLabels } from '../../functions/lake/catalogue/labels.ts';
import type { BoundRule } from '../../functions/lake/company/alert-rules.ts';
import { type Company, companySchema } from '../../functions/lake/company/company.ts';
import { explainChange } from '../../functions/lake/drivers/explain-change.ts';
import type { Finding } from '../../functions/lake/snapshot/finding.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import {
  type AlertOfDay,
  type AlertPasts,
  alertPastKey,
  alertsOf,
} from '../../functions/report/model/alerts.ts';
import type { Causes, Day } from '../../functions/report/model/day.ts';
import { themeByTheme } from '../../functions/report/model/headlines.ts';
import { kpiDayOf } from '../../functions/report/model/kpi-day.ts';
import type { Noise } from '../../functions/report/model/noise.ts';
import { tables } from '../kit/tables.ts';

export const AS_OF = '2026-11-21';
export const RUN = '2026-11-21.20261122T060004Z';

/** A KPI without its SQL: what the report knows of it. */
export function kpiOf(id: string, en: string, fr: string, more: Partial<Kpi> = {}): Kpi {
  return {
    id,
    file: `sql/kpis/${id}.sql`,
    sql: '',
    sqlLine: 1,
    version: '1',
    names: { en, fr },
    describes: { en, fr },
    unit: 'currency',
    ratio: false,
    cube: null,
    brokenDownBy: [],
    good: 'up',
    windows: ['day', 'last_7d', 'last_28d', 'mtd', 'ytd'],
    headline: 'mtd',
    dimensions: { brand: { en: 'Brand', fr: 'Marque' }, region: { en: 'Region', fr: 'Région' } },
    reads: { orders: null },
    counts: Object.keys(more.reads ?? { orders: null }),
    dependsOn: Object.keys(more.reads ?? { orders: null }),
    views: [],
    additive: true,
    theme: 'sales',
    audience: ['executive'],
    runbook: `docs/kpis.md#${id}`,
    advice: { en: `See why ${id} moved.`, fr: `Voir pourquoi ${id} a bougé.` },
    ...more,
  };
}

export const kpis: Kpi[] = [
  kpiOf('net_revenue', 'Net revenue', 'Chiffre d’affaires net'),
  kpiOf('orders', 'Orders', 'Commandes', { unit: 'count' }),
  kpiOf('average_order_value', 'Average order value', 'Panier moyen', { ratio: true, headline: 'last_28d' }),
  kpiOf('conversion_rate', 'Conversion rate', 'Taux de conversion', {
    ratio: true,
    unit: 'percent',
    headline: 'last_7d',
    reads: { sessions: null },
  }),
  kpiOf('cart_abandonment_rate', 'Cart abandonment rate', 'Taux d’abandon de panier', {
    ratio: true,
    unit: 'percent',
    headline: 'last_7d',
    good: 'down',
    reads: { carts: null },
    additive: false,
    benchmark: { value: 0.75, source: 'a study' },
  }),
  kpiOf('customer_acquisition_cost', 'Customer acquisition cost', 'Coût d’acquisition client', {
    ratio: true,
    headline: 'last_28d',
    good: 'down',
    reads: { ad_spend: null },
  }),
];

export function companyOf(change: Record<string, unknown> = {}): Company {
  return companySchema.parse({
    company: { name: 'Nordwind Négoce', time_zone: 'Europe/Paris', currency: 'EUR' },
    sources: [
      { kind: 'files', name: 'sap', feeds: [{ table: 'orders', path: 'orders_*.csv', columns: {} }] },
      {
        kind: 'files',
        name: 'shop',
        feeds: [
          { table: 'carts', path: 'c', columns: {} },
          { table: 'sessions', path: 's', columns: {} },
        ],
      },
      { kind: 'files', name: 'ads', feeds: [{ table: 'ad_spend', path: 'a', columns: {} }] },
    ],
    recipients: [
      { email: 'claire@example.com', name: 'Claire Élysée', language: 'fr', roles: ['executive'] },
      { email: 'tom@example.com', name: 'Tom', roles: ['executive'] },
      { email: 'ops@example.com', roles: ['ops'] },
    ],
    delivery: { from: 'Vigie <vigie@nordwind.example>' },
    ...change,
  });
}

export function row(
  kpi: string,
  period: PeriodName,
  comparison: FigureKind,
  numerator: number | null,
  denominator: number | null = null,
  more: Partial<SnapshotRow> = {},
): SnapshotRow {
  return {
    kpi,
    asOf: AS_OF,
    period,
    comparison,
    dimension: null,
    member: null,
    numerator: numerator === null ? null : String(numerator),
    denominator: denominator === null ? null : String(denominator),
    unit: 'x',
    quality: 'ok',
    version: 1,
    run: RUN,
    recordedAt: '2026-11-22T06:00:04Z',
    ...more,
  };
}

/** A wave, so that trends have something to show: the same every time. */
export const wave = (index: number, base: number, swing: number): number =>
  Math.round((base + swing * Math.sin(index * 1.7) + (swing / 20) * index) * 100) / 100;

const history = (
  kpi: string,
  period: PeriodName,
  base: number,
  swing: number,
  denominator: number | null = null,
): SnapshotRow[] =>
  Array.from({ length: 27 }, (_, index) =>
    row(kpi, period, 'current', wave(index, base, swing), denominator, { asOf: addDays(AS_OF, index - 27) }),
  );

export const totals: SnapshotRow[] = [
  ...history('net_revenue', 'day', 31000, 9000),
  row('net_revenue', 'day', 'current', 35210.55),
  row('net_revenue', 'mtd', 'current', 691123.12),
  row('net_revenue', 'mtd', 'previous', 705000),
  row('net_revenue', 'mtd', 'last_year', 664541.46),
  row('net_revenue', 'mtd', 'target', 720000),
  ...history('orders', 'day', 80, 20).map((each) => ({
    ...each,
    numerator: String(Math.round(Number(each.numerator))),
  })),
  row('orders', 'day', 'current', 92),
  row('orders', 'mtd', 'current', 1683),
  row('orders', 'mtd', 'previous', 1683),
  row('orders', 'mtd', 'last_year', 1717),
  ...history('average_order_value', 'last_28d', 410, 12, 1),
  row('average_order_value', 'last_28d', 'current', 691123.12, 1683),
  row('average_order_value', 'last_28d', 'previous', 395, 1),
  row('average_order_value', 'last_28d', 'last_year', 387, 1),
  ...history('conversion_rate', 'last_7d', 3.1, 0.4, 100),
  row('conversion_rate', 'last_7d', 'current', 310, 10000),
  row('conversion_rate', 'last_7d', 'previous', 290, 10000),
  ...history('cart_abandonment_rate', 'last_7d', 74, 2, 100),
  row('cart_abandonment_rate', 'last_7d', 'current', 812, 1000),
  row('cart_abandonment_rate', 'last_7d', 'previous', 750, 1000),
  row('cart_abandonment_rate', 'last_7d', 'last_year', 741, 1000),
  ...history('customer_acquisition_cost', 'last_28d', 120, 8, 1),
  row('customer_acquisition_cost', 'last_28d', 'current', 5321, 0),
];

export const abandonmentRule: AlertRule = alertRule.parse({
  id: 'abandonment',
  kind: 'limit',
  kpi: 'cart_abandonment_rate',
  above: 0.8,
  clear: 0.75,
  severity: 'critical',
});
export const brandRule: AlertRule = alertRule.parse({
  id: 'brand-drop',
  kind: 'change',
  kpi: 'net_revenue',
  against: 'last_year',
  below: -0.3,
  dimension: 'brand',
});

export const rules: BoundRule[] = [
  { rule: abandonmentRule, kpi: kpis[4] as Kpi, period: 'last_7d', notify: ['ops', 'executive'] },
  { rule: brandRule, kpi: kpis[0] as Kpi, period: 'mtd', notify: ['ops', 'sales'] },
];

export const event = (change: Partial<AlertEvent> = {}): AlertEvent => ({
  rule: 'abandonment',
  member: null,
  kpi: 'cart_abandonment_rate',
  kind: 'opened',
  severity: 'critical',
  asOf: AS_OF,
  period: 'last_7d',
  dimension: null,
  value: 0.812,
  level: 0.8,
  firedOn: AS_OF,
  notify: ['ops', 'executive'],
  muted: false,
  ...change,
});

export const state = (change: Partial<AlertState> = {}): AlertState => ({
  rule: 'abandonment',
  member: null,
  state: 'firing',
  since: AS_OF,
  count: 0,
  before: null,
  firedOn: AS_OF,
  lastNotifiedOn: AS_OF,
  value: 0.812,
  level: 0.8,
  muted: false,
  ...change,
});

export const finding = (change: Partial<Finding> = {}): Finding => ({
  check: 'freshness',
  severity: 'error',
  table: 'ad_spend',
  source: 'ads',
  message: 'ad_spend from ads ends on 2026-11-18, 3 trading days before 2026-11-21.',
  lastDate: '2026-11-18',
  sample: null,
  hint: 'Ask for the export of 19 November.',
  ...change,
});

type Member = readonly [member: string, numerator: number, denominator: number | null];
const explained = (dimension: string, members: readonly Member[]) => {
  const sum = (index: 1 | 2): number => members.reduce((total, member) => total + (member[index] ?? 0), 0);
  const part = (name: string | null, numerator: number, denominator: number | null) => ({
    dimension: name === null ? null : dimension,
    member: name,
    numerator: String(numerator),
    denominator: denominator === null ? null : String(denominator),
  });
  return [
    part(null, sum(1), sum(2)),
    ...members.map(([name, numerator, denominator]) => part(name, numerator, denominator)),
  ];
};

/** Brand Nordwind goes from 72 % to 95 %. */
const abandonment = {
  before: explained('brand', [
    ['Nordwind', 216, 300],
    ['Taiga', 320, 400],
    ['Alpina', 214, 300],
  ]),
  now: explained('brand', [
    ['Nordwind', 285, 300],
    ['Taiga', 320, 400],
    ['Alpina', 207, 300],
  ]),
};

/** Explained by windows that were all as the one before. */
const explain = (
  kpi: Parameters<typeof explainChange>[0],
  { now, before }: Record<'now' | 'before', Parameters<typeof explainChange>[1]>,
) => explainChange(kpi, now, before, { habit: Array(8).fill(before), runs: [Array(8).fill(before)] });

const revenue = {
  before: explained('region', [
    ['Bretagne', 100000, null],
    ['(unknown)', 60000, null],
    ['Alsace', 504541.46, null],
  ]),
  now: explained('region', [
    ['Bretagne', 124200, null],
    ['(unknown)', 69100, null],
    ['Alsace', 497823.12, null],
  ]),
};

/** What a day is made of, before it is put together. */
export interface DayFacts extends Omit<Day, 'kpis' | 'themes' | 'computed' | 'openAlerts' | 'alertNews'> {
  readonly kpis: readonly Kpi[];
  /** Totals: of the day with every comparison, of the days before the figures themselves. */
  readonly totals: readonly SnapshotRow[];
  readonly alerts: AlertReport | null;
  readonly alertPasts: AlertPasts;
  /** By `noiseKey`. */
  readonly noise: ReadonlyMap<string, Noise>;
  /** By KPI and window: `net_revenue|mtd`. */
  readonly causes: ReadonlyMap<string, Causes>;
}

/** A day put together from facts, as read-day.ts does. */
export function dayOf(facts: DayFacts): Day {
  const { kpis: list, totals: rows, alerts, alertPasts, noise, causes, ...day } = facts;
  const { company, asOf } = day;
  const all = list.map((kpi) => {
    const own = rows.filter((each) => each.kpi === kpi.id);
    const explained = [...causes].flatMap(([key, cause]) => {
      const [id, period] = key.split('|');
      return id === kpi.id ? [[period, cause] as const] : [];
    });
    return kpiDayOf({
      ...{ company, kpi, asOf, noise, spans: [] },
      figures: own.filter((each) => each.asOf === asOf),
      history: own,
      causes: Object.fromEntries(explained),
    });
  });
  return {
    ...day,
    ...themeByTheme(company, all),
    computed: all.flatMap(({ recorded }) => recorded ?? [])[0] ?? null,
    ...alertsOf(alerts, day.rules, alertPasts),
  };
}

/** News on an alert as a day tells it. */
export const news = (event: AlertEvent): AlertOfDay =>
  alertsOf({ asOf: AS_OF, run: RUN, states: [], events: [event] }, rules, facts().alertPasts)
    .alertNews[0] as AlertOfDay;

export const mailData = (change: Partial<DayFacts> = {}): Day => dayOf(facts(change));

export const facts = (change: Partial<DayFacts> = {}): DayFacts => ({
  knownAt: null,
  of: null,
  history: [],
  events: [],
  unreliable: [],
  lists: [],
  company: companyOf(),
  tables,
  asOf: AS_OF,
  kpis,
  totals,
  alerts: {
    asOf: AS_OF,
    run: RUN,
    states: [
      state(),
      state({ rule: 'brand-drop', member: 'Alpina', firedOn: '2026-11-19', value: 41200, level: 52300 }),
    ],
    events: [event()],
  },
  rules,
  findings: [finding()],
  runs: [],
  redefined: null,
  broken: [],
  noise: new Map(),
  alertPasts: new Map([
    [alertPastKey({ rule: 'abandonment', member: null }), { value: 0.75, against: 'previous' }],
  ]),
  sources: [
    { source: 'sap', lastDate: AS_OF, tables: ['orders'] },
    { source: 'shop', lastDate: AS_OF, tables: ['carts', 'sessions'] },
    { source: 'ads', lastDate: '2026-11-18', tables: ['ad_spend'] },
  ],
  labels: noLabels,
  causes: new Map<string, Causes>([
    [
      'cart_abandonment_rate|last_7d',
      {
        against: 'previous',
        explanation: explain({ ratio: true, unit: 'percent' }, abandonment),
      },
    ],
    [
      'net_revenue|mtd',
      {
        against: 'last_year',
        explanation: explain({ ratio: false, unit: 'currency' }, revenue),
      },
    ],
  ]),
  ...change,
});
