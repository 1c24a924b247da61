import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import type { Company } from '../../lake/company/company.ts';
import type { KpiDay } from './day.ts';

/** What an executive asks first. KPIs that are not named here follow by id. */
const ORDER = [
  'net_revenue',
  'orders',
  'average_order_value',
  'conversion_rate',
  'cart_abandonment_rate',
  'new_customers',
  'customer_acquisition_cost',
  'return_on_ad_spend',
  'customer_retention_rate',
  'lost_sales_amount',
  'new_leads',
  'lead_to_customer_rate',
  'demo_to_paid_rate',
  'cost_per_lead',
  'stage_losses',
  'mql_to_sql_rate',
  'competitive_win_rate',
];

/** Thirty seconds on a phone. A company that lists its own may have more. */
const MOST = 7;

/**
 * The headline figures first, in the order shown: those the company lists under `kpis.digest`, else the executives' ones of
 * which there was any figure lately. The others keep their order.
 */
export function headlinesFirst(
  company: Pick<Company, 'kpis'>,
  kpis: readonly KpiDay[],
): { readonly kpis: readonly KpiDay[]; readonly headlines: number } {
  const chosen = chooseHeadlines(company, kpis);
  return {
    kpis: [...chosen, ...kpis.filter((each) => !chosen.includes(each))],
    headlines: chosen.length,
  };
}

function chooseHeadlines(company: Pick<Company, 'kpis'>, kpis: readonly KpiDay[]): KpiDay[] {
  const listed = company.kpis.digest;
  if (listed) return listed.flatMap((id) => kpis.find(({ kpi }) => kpi.id === id) ?? []);
  const rank = ({ kpi }: KpiDay): number => (ORDER.includes(kpi.id) ? ORDER.indexOf(kpi.id) : ORDER.length);
  return kpis
    .filter(({ kpi, isMeasured }) => kpi.audience.includes('executive') && isMeasured)
    .toSorted((a, b) => rank(a) - rank(b) || (a.kpi.id < b.kpi.id ? -1 : 1))
    .slice(0, MOST);
}

/** The window in which a KPI is shown: its headline, or its first one where the company leaves that out. */
export function shownPeriod(kpi: Kpi, company: Pick<Company, 'kpis'>): PeriodName {
  const off = company.kpis.windows_off;
  if (!off.includes(kpi.headline)) return kpi.headline;
  return kpi.windows.find((window) => !off.includes(window)) ?? kpi.headline;
}
