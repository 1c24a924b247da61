import type { AlertReport } from '../../../functions/lake/catalogue/alert.ts';
import { alertReportKey } from '../../../functions/lake/catalogue/alert.ts';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { FigureKind, Kpi } from '../../../functions/lake/catalogue/kpi.ts';
import { type Company, companySchema } from '../../../functions/lake/company/company.ts';
import { noFigures } from '../../../functions/lake/snapshot/columns.ts';
import { type CheckReport, checkReportKey } from '../../../functions/lake/snapshot/finding.ts';
import { type DayFigures, recordFigures } from '../../../functions/lake/snapshot/store.ts';
import { addDays, datesBetween } from '../../../functions/lake/values/day.ts';
import { type Bucket, writeJson } from '../../../functions/platform/bucket.ts';

export const asOf = '2026-11-21';
const RUN = `${asOf}.20261122T060004Z`;
const RECORDED_AT = '2026-11-22T06:03:10.000Z';

/** A product and a customer may be called anything. */
export const NASTY = '<script>alert("x")</script>';

export const company: Company = companySchema.parse({
  company: { name: 'Maison & Fils <b>', time_zone: 'Europe/Paris', currency: 'EUR' },
  sources: [
    {
      name: 'shop',
      kind: 'files',
      feeds: [
        { table: 'carts', path: 'carts_*.csv', columns: { cart_id: 'id' } },
        { table: 'cart_lines', path: 'cart_lines_*.csv', columns: { cart_id: 'id' } },
      ],
    },
  ],
  kpis: { digest: ['lost_sales_amount', 'cart_abandonment_rate', 'conversion_rate'] },
  alerts: {
    rules: [
      {
        id: 'brand-abandonment',
        kpi: 'cart_abandonment_rate',
        kind: 'limit',
        above: 0.8,
        dimension: 'brand',
        severity: 'critical',
      },
    ],
  },
});

export const catalogue = loadCatalogue();

interface Shape {
  readonly numerator: number;
  readonly denominator: number | null;
}

/** Figures that move like a company's: by season, week and a little chance, the same at every call. */
function shapeOf(kpi: Kpi, day: number, weight: number): Shape {
  const season =
    1 + 0.25 * Math.sin((day / 365) * 2 * Math.PI) + 0.06 * Math.sin(day * 1.7) + 0.03 * Math.sin(day * 5.1);
  if (!kpi.ratio) return { numerator: Math.round(48_000 * season * weight * 100) / 100, denominator: null };
  const denominator = Math.max(1, Math.round(900 * season * weight));
  const base = kpi.unit === 'currency' ? 94 : kpi.unit === 'ratio' ? 3.4 : 0.62;
  const rate = base * (1 + 0.08 * Math.sin(day / 23) + 0.05 * Math.sin(day * 2.3));
  return { numerator: Math.round(denominator * rate * 100) / 100, denominator };
}

const MEMBERS = [
  'Nordwind',
  'Alpina',
  NASTY,
  'Hercule Pneus & Jantes',
  'Sud-Est',
  'B6',
  'B7',
  'B8',
  'B9',
  'B10',
  '(other)',
  '(unknown)',
];
const DAYS_OF = { day: 1, last_7d: 7, last_28d: 28, mtd: 21, qtd: 52, ytd: 325, last_365d: 365 } as const;

function dayFigures(kpi: Kpi, date: string, day: number): DayFigures {
  const figures = noFigures();
  const add = (
    period: keyof typeof DAYS_OF,
    kind: FigureKind,
    dimension: string | null,
    member: string | null,
    shape: Shape,
  ) => {
    const size = kpi.ratio && kind === 'target' ? 1 : DAYS_OF[period];
    figures.period.push(period);
    figures.comparison.push(kind);
    figures.dimension.push(dimension);
    figures.member.push(member);
    figures.numerator.push(BigInt(Math.round(shape.numerator * size * 1e6)));
    figures.denominator.push(
      shape.denominator === null ? null : BigInt(Math.round(shape.denominator * size * 1e6)),
    );
  };
  for (const period of kpi.windows) {
    add(period, 'current', null, null, shapeOf(kpi, day, 1));
    add(period, 'previous', null, null, shapeOf(kpi, day - DAYS_OF[period], 1));
    if (period !== 'last_365d') add(period, 'last_year', null, null, shapeOf(kpi, day - 364, 0.93));
    if (kpi.id === 'cart_abandonment_rate')
      add(period, 'target', null, null, { numerator: 0.6, denominator: 1 });
    if (kpi.id === 'lost_sales_amount')
      add(period, 'target', null, null, { numerator: 47_000, denominator: null });
    if (kpi.id === 'lost_sales_amount' && period === 'mtd')
      add(period, 'full_target', null, null, { numerator: 94_000, denominator: null });
    if (date !== asOf || period !== kpi.headline) continue;
    for (const dimension of Object.keys(kpi.dimensions)) {
      MEMBERS.forEach((member, place) => {
        add(period, 'current', dimension, member, shapeOf(kpi, day + place, 0.4 / (place + 1)));
        if (place !== 3)
          add(period, 'previous', dimension, member, shapeOf(kpi, day + place - 7, 0.4 / (place + 1)));
      });
    }
  }
  return { asOf: date, quality: kpi.id === 'bounce_rate' && date === asOf ? 'stale' : 'ok', figures };
}

/** KPIs that the sample measures; the others of the catalogue have no data. */
export const measured = [
  'bounce_rate',
  'cart_abandonment_rate',
  'conversion_rate',
  'customer_acquisition_cost',
  'lost_sales_amount',
  'return_on_ad_spend',
];

/** Days without a recording: somebody forgot to run Vigie. */
const GAP: readonly string[] = datesBetween('2026-11-03', '2026-11-05');

/** Fills a bucket with `days` days of figures, alerts and checks up to `asOf`. */
export async function fillBucket(bucket: Bucket, days: number): Promise<void> {
  const dates = datesBetween(addDays(asOf, 1 - days), asOf);
  for (const id of measured) {
    const kpi = catalogue.kpi(id);
    const figures = dates.flatMap((date, day) => (GAP.includes(date) ? [] : [dayFigures(kpi, date, day)]));
    await recordFigures(bucket, {
      kpi: id,
      unit: kpi.unit,
      run: RUN,
      recordedAt: RECORDED_AT,
      days: figures,
    });
  }
  for (const date of dates.slice(-60)) await writeJson(bucket, alertReportKey(date), alertReport(date));
  const checks: CheckReport = {
    asOf,
    run: RUN,
    findings: [
      {
        check: 'freshness',
        severity: 'error',
        table: 'sessions',
        source: 'analytics',
        message: 'nothing newer than 2026-11-18',
        lastDate: '2026-11-18',
        sample: null,
        hint: 'Ask for the export.',
      },
      {
        check: 'missing_exchange_rate',
        severity: 'error',
        table: 'order_lines',
        source: null,
        message: `12 rows in USD without a rate ${NASTY}`,
        lastDate: null,
        sample: NASTY,
        hint: null,
      },
    ],
  };
  await writeJson(bucket, checkReportKey(asOf), checks);
}

/** Open from 10 to 14 October, and again since 19 November. */
function alertReport(date: string): AlertReport {
  const firedOn =
    date >= '2026-10-10' && date <= '2026-10-14' ? '2026-10-10' : date >= '2026-11-19' ? '2026-11-19' : null;
  const state = {
    rule: 'brand-abandonment',
    member: NASTY,
    since: firedOn ?? date,
    count: 0,
    before: null,
    lastNotifiedOn: firedOn,
    muted: false,
  };
  return {
    ...{ asOf: date, run: RUN, events: [] },
    states: [{ ...state, state: firedOn ? 'firing' : 'normal', firedOn, value: 0.871, level: 0.8 }],
  };
}
