import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { allFedTables } from '../../functions/lake/company/fed-tables.ts';
import { addMonths, lastOfMonth } from '../../functions/lake/values/day.ts';
import { en } from '../../functions/languages/en.ts';
import { formatNumber } from '../../functions/languages/numbers.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { asTable } from '../print.ts';

/** Whole months that are shown. */
const MONTHS = 3;

interface Estimate {
  readonly month: string;
  readonly domain: string;
  readonly country: string;
  readonly visits: number;
}

interface Counted {
  readonly month: string;
  readonly site: string;
  readonly country: string;
  readonly clicks: number;
  /** Days of the month that the site has, in any country. */
  readonly days: number;
}

/** What a service estimates of the own domains in a month, and what Google counted of them, in the same countries. */
export interface Beside {
  readonly month: string;
  readonly estimated: number;
  readonly counted: number;
  readonly countries: readonly string[];
  readonly sites: readonly string[];
}

/**
 * How far off the service's estimate of the own domains is from what Google counted, where the lake has both: as information. The
 * share is made of estimates alone, for nobody counts a competitor's clicks (decision 0067). Empty for any other KPI.
 */
export async function countedBeside(context: Context, kpi: Kpi, date: string): Promise<string[]> {
  const fed = allFedTables(context.company.sources);
  const isShare = kpi.measures?.includes('own_organic_traffic') === true;
  if (!isShare || !fed.has('search_visibility') || !fed.has('search_clicks')) return [];
  const first = addMonths(`${date.slice(0, 7)}-01`, -MONTHS);
  const [estimates, counted] = [
    await estimatesOf(context, first, date),
    await countsOf(context, first, date),
  ];
  return [
    out.bold('Beside it: what Google counted of the own sites, of which nothing is in the share'),
    linesOf(monthsBeside(estimates, counted)),
    '',
  ];
}

async function estimatesOf({ platform }: Context, from: string, to: string): Promise<Estimate[]> {
  const rows = await queryRows(
    platform.engine,
    `SELECT CAST(month_on AS varchar) AS month, domain, upper(country) AS country, organic_traffic
     FROM ${platform.engine.dialect.table('search_visibility')}
     WHERE own AND organic_traffic IS NOT NULL AND month_on BETWEEN DATE '${from}' AND DATE '${to}'`,
    { label: 'estimates of the own domains' },
  );
  return rows.map((row) => ({
    month: String(row['month']).slice(0, 7),
    domain: String(row['domain']).toLowerCase(),
    // As services call Great Britain.
    country: row['country'] === 'UK' ? 'GB' : String(row['country']),
    visits: Number(row['organic_traffic']),
  }));
}

async function countsOf({ platform }: Context, from: string, to: string): Promise<Counted[]> {
  const rows = await queryRows(
    platform.engine,
    `SELECT c.month, c.site, c.country, sum(c.click_count) AS clicks, max(d.days) AS days
     FROM (SELECT substr(CAST(searched_on AS varchar), 1, 7) AS month, site, country, click_count
           FROM ${platform.engine.dialect.table('search_clicks')}
           WHERE searched_on BETWEEN DATE '${from}' AND DATE '${to}') c
     JOIN (SELECT substr(CAST(searched_on AS varchar), 1, 7) AS month, site, count(DISTINCT searched_on) AS days
           FROM ${platform.engine.dialect.table('search_clicks')}
           WHERE searched_on BETWEEN DATE '${from}' AND DATE '${to}' GROUP BY 1, 2) d
     ON d.month = c.month AND d.site = c.site
     GROUP BY 1, 2, 3`,
    { label: 'clicks that Google counted' },
  );
  return rows.map((row) => ({
    ...{ month: String(row['month']), site: String(row['site']), country: String(row['country']) },
    ...{ clicks: Number(row['clicks']), days: Number(row['days']) },
  }));
}

/** The months that both tell, oldest first. A month of which Google's count lacks a day, or the countries, is none. */
export function monthsBeside(estimates: readonly Estimate[], counted: readonly Counted[]): Beside[] {
  const months = [...new Set(estimates.map(({ month }) => month))].toSorted();
  return months.flatMap((month) => {
    const told = estimates.filter((each) => each.month === month);
    const own = counted.filter(
      (each) => each.month === month && told.some(({ domain }) => isOf(each.site, domain)),
    );
    const countries = [...new Set(told.map(({ country }) => country))].toSorted();
    const there = own.filter(({ country }) => countries.includes(country));
    const isWhole = own.every(({ days }) => days === Number(lastOfMonth(month).slice(8)));
    if (there.length === 0 || !isWhole) return [];
    return [
      {
        ...{ month, countries, sites: [...new Set(there.map(({ site }) => site))].toSorted() },
        estimated: told.reduce((sum, { visits }) => sum + visits, 0),
        counted: there.reduce((sum, { clicks }) => sum + clicks, 0),
      },
    ];
  });
}

/** Whether a property is of a domain, or of a part of it. */
function isOf(site: string, domain: string): boolean {
  const host = site.replace(/^(sc-domain:|https?:\/\/)/, '').replace(/\/.*$/, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function linesOf(months: readonly Beside[]): string {
  if (months.length === 0) return '  no month yet that both tell whole, in the same countries';
  const rows = months.map(({ month, estimated, counted, countries, sites }) => [
    month,
    formatNumber(estimated, en),
    formatNumber(counted, en),
    counted === 0 ? '' : `${gap(estimated, counted)} %`,
    countries.join(', '),
    sites.join(', '),
  ]);
  return asTable(['month', 'estimated', 'counted', 'estimate off by', 'countries', 'site'], rows, [1, 2, 3]);
}

function gap(estimated: number, counted: number): string {
  const percent = Math.round(((estimated - counted) / counted) * 100);
  return percent > 0 ? `+${percent}` : String(percent).replace('-', '−');
}
