import type { Kpi, PeriodName, Theme } from '../../lake/catalogue/kpi.ts';
import { hasFunnel, themesOf } from '../../lake/company/chosen-kpis.ts';
import type { Company } from '../../lake/company/company.ts';
import { allFedTables } from '../../lake/company/fed-tables.ts';
import type { Members } from '../../lake/company/members.ts';
import type { Day, KpiDay } from './day.ts';

/** What is asked first. KPIs that are not named here follow by id. */
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

/** Thirty seconds on a phone. Whoever lists figures may have more. */
const MOST = 7;
/** Beside a dashboard. */
const MOST_BESIDE = 4;

/** What decides which figures somebody is shown first. */
export interface FigureReader {
  readonly roles: readonly string[];
  readonly kpis?: readonly string[] | undefined;
  /** Of whose figures alone somebody is told. */
  readonly members?: Members | undefined;
  readonly lists?: readonly string[] | undefined;
  /** What is shown one person alone reads: it may name customers. */
  readonly personal?: true;
}

/** Whom the page and the summary of a run are for. */
export const EXECUTIVE: FigureReader = { roles: ['executive'] };

type Told = Pick<Day, 'company' | 'kpis' | 'themes'>;

/** What a reader is shown first. */
export interface Shown {
  /** The sales dashboard; empty where there is none. */
  readonly dashboard: readonly KpiDay[];
  /** The headline figures after it, in their order. */
  readonly figures: readonly KpiDay[];
}

/**
 * What a reader is shown first, in its order: the figures that she lists, else those of her roles (`kpis.roles`). Else the
 * dashboard where there is one, and the company’s list (`kpis.digest`), else those made for her roles of which there was any
 * figure lately: what the company lives by first.
 */
export function shownTo(day: Told, reader: FigureReader = EXECUTIVE): Shown {
  const own = reader.kpis ?? ofRoles(day.company, reader);
  if (own) return { dashboard: [], figures: named(day, own) };
  // A dashboard is of totals.
  const dashboard = reader.members ? [] : dashboardOf(day);
  const listed = day.company.kpis.digest;
  const others = listed ? named(day, listed) : usual(day, reader, dashboard);
  return { dashboard, figures: others.filter((each) => !dashboard.includes(each)) };
}

/** All of it, as one list. */
export function headlinesOf(day: Told, reader: FigureReader = EXECUTIVE): readonly KpiDay[] {
  const { dashboard, figures } = shownTo(day, reader);
  return [...dashboard, ...figures];
}

/** The sales dashboard: of each place the first KPI of which there was a figure lately. */
const DASHBOARD: readonly (readonly string[])[] = [
  ['new_leads'],
  ['orders'],
  ['average_order_value'],
  ['stage_losses'],
  ['order_forecast'],
  ['customer_lifetime_value', 'repurchase_rate'],
];
/**
 * Where the funnel is what a company lives by, its five come before: what comes in, what the month will bring, whether who
 * tries buys, what a lead costs, whether what was won carries the house. They fit a phone's first screen.
 */
const FUNNEL_FIRST: readonly (readonly string[])[] = [
  ['new_leads'],
  ['order_forecast'],
  ['demo_to_paid_rate', 'mql_to_sql_rate', 'lead_to_customer_rate'],
  ['cost_per_lead', 'customer_acquisition_cost'],
  ['break_even_attainment', 'net_revenue'],
  ['stage_losses'],
];

/** As `kpis.dashboard` lists it; else the usual one where the company has a funnel. */
function dashboardOf({ company, kpis, themes }: Told): KpiDay[] {
  const listed = company.kpis.dashboard;
  if (listed === undefined && !hasFunnel(allFedTables(company.sources))) return [];
  const usual = themes[0] === 'funnel' ? [...FUNNEL_FIRST, ...DASHBOARD] : DASHBOARD;
  const places = listed ? listed.map((id) => [id]) : usual;
  const found = places.flatMap(
    (ids) =>
      ids.flatMap((id) => kpis.find(({ kpi, isMeasured }) => kpi.id === id && isMeasured) ?? [])[0] ?? [],
  );
  return [...new Set(found)];
}

function ofRoles({ kpis }: Pick<Company, 'kpis'>, { roles }: FigureReader): readonly string[] | undefined {
  const lists = roles.flatMap((role) => (Object.hasOwn(kpis.roles, role) ? (kpis.roles[role] ?? []) : []));
  return lists.length > 0 ? lists : undefined;
}

/** Of a theme all that was measured of it. */
function named({ kpis }: Told, listed: readonly string[]): KpiDay[] {
  const found = listed.flatMap(
    (name) =>
      kpis.find(({ kpi }) => kpi.id === name) ??
      kpis.filter(({ kpi, isMeasured }) => kpi.theme === name && isMeasured),
  );
  return [...new Set(found)];
}

/** Whoever has no role that KPIs are made for is shown what executives are; who is told of members, what is known of them. */
function usual(
  { kpis, themes }: Told,
  { roles, members }: FigureReader,
  before: readonly KpiDay[],
): KpiDay[] {
  const knows = ({ dimensions }: Kpi): boolean =>
    members === undefined || Object.keys(members).some((dimension) => Object.hasOwn(dimensions, dimension));
  const made = (wanted: readonly string[]) =>
    kpis.filter(
      ({ kpi, isMeasured }) => isMeasured && knows(kpi) && kpi.audience.some((role) => wanted.includes(role)),
    );
  const mine = made(roles);
  return (mine.length > 0 ? mine : made(EXECUTIVE.roles))
    .filter((each) => !before.includes(each))
    .toSorted(byRank(themes))
    .slice(0, before.length > 0 ? MOST_BESIDE : MOST);
}

/** What is asked first of the theme that the company lives by, then what is asked first of the others. */
function byRank([first]: readonly Theme[]): (a: KpiDay, b: KpiDay) => number {
  const rank = ({ kpi }: KpiDay): number => {
    const place = ORDER.indexOf(kpi.id);
    return place < 0 ? 2 * ORDER.length : place + (kpi.theme === first ? 0 : ORDER.length);
  };
  return (a, b) => rank(a) - rank(b) || (a.kpi.id < b.kpi.id ? -1 : 1);
}

/** The KPIs of a day in the order in which they are told: theme by theme, in each the headline figures first. */
export function themeByTheme(
  company: Company,
  kpis: readonly KpiDay[],
): { readonly kpis: readonly KpiDay[]; readonly themes: readonly Theme[] } {
  const themes = themesOf(company);
  const first = headlinesOf({ company, kpis, themes });
  const place = (each: KpiDay): number => (first.includes(each) ? first.indexOf(each) : first.length);
  const ordered = kpis.toSorted(
    (a, b) => themes.indexOf(a.kpi.theme) - themes.indexOf(b.kpi.theme) || place(a) - place(b),
  );
  return { kpis: ordered, themes };
}

/** Figures by theme, each theme where its first one stands. */
export function byTheme<T>(
  figures: readonly T[],
  themeOf: (figure: T) => Theme,
): { readonly theme: Theme; readonly figures: readonly T[] }[] {
  const themes = [...new Set(figures.map(themeOf))];
  return themes.map((theme) => ({ theme, figures: figures.filter((each) => themeOf(each) === theme) }));
}

/** The window in which a KPI is shown: its headline, or its first one where the company leaves that out. */
export function shownPeriod(kpi: Kpi, company: Pick<Company, 'kpis'>): PeriodName {
  const off = company.kpis.windows_off;
  if (!off.includes(kpi.headline)) return kpi.headline;
  return kpi.windows.find((window) => !off.includes(window)) ?? kpi.headline;
}
