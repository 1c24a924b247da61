import { addDays } from '../../../../functions/lake/values/day.ts';
import type { Day } from '../../../kit/calendar.ts';
import { wholeExport } from '../../../kit/dated-export.ts';
import { type Outreach, ordinary } from '../../../kit/outreach/heard.ts';
import { writeClicks, writeOutreach } from '../../../kit/outreach/write-outreach.ts';
import { growthOf } from '../business/company.ts';
import type { Cost } from '../business/costs.ts';
import { quarterPlan } from '../business/costs.ts';
import { keyAccounts, REGIONS } from '../business/customer.ts';
import { expectedRevenue, expectedTargets } from '../business/plans.ts';
import { DOMAIN } from '../config/outreach.ts';
import {
  budgetLines,
  type Consent,
  consentLines,
  costLines,
  type Market,
  marketLines,
  monthsBetween,
  type Plan,
  type Target,
  targetLines,
} from './finance.ts';
import { customerLines, objectiveLines, productLines, rateLines } from './sap.ts';
import type { ExportInput } from './system.ts';

/** Contract volume of a key account in a year, at scale 1: cents of its currency. */
const CONTRACT_YEAR = 180_000_000;

/** Writes the files without a date: what SAP and the office hold as of the last day. */
export async function writeMasterData(
  input: ExportInput,
  scale: number,
  costs: readonly Cost[],
): Promise<void> {
  const { company, days, rows } = input;
  const write = writerOf(input);
  const first = days[0] as Day;
  await write(
    'exports/sap/KNA1.csv',
    customerLines(company.customers, (c) => addDays(first.date, c.openedOn).replaceAll('-', '')),
    'windows-1252',
  );
  await write('exports/sap/MARA.csv', productLines(company.catalogue), 'windows-1252');
  rows.customers = company.customers.length;
  rows.products = company.catalogue.products.length;
  await writeListExports(input, scale);
  await writeOfficeFiles(input, scale, costs);
  await writeClicks(outreachOf(input), input);
}

/** What SAP gives as list exports only, whatever else it serves: contract volumes and exchange rates. */
export async function writeListExports(input: ExportInput, scale: number): Promise<void> {
  const { company, days, last, rows } = input;
  const write = writerOf(input);
  const [from, to] = [days[0] as Day, days[last] as Day].map(({ date }) => Number(date.slice(0, 4)));
  const years = Array.from({ length: (to ?? 0) - (from ?? 0) + 1 }, (_, at) => (from ?? 0) + at);
  await write('exports/sap/ZZIEL.csv', objectiveLines(keyAccounts, years, Math.round(CONTRACT_YEAR * scale)));
  await write('exports/sap/TCURR.csv', rateLines(company.rates));
  rows.customer_objectives = keyAccounts.length * years.length;
  rows.exchange_rates = company.rates.list.length;
}

/** What people keep in spreadsheets: targets, budgets, cost beyond media. */
export async function writeOfficeFiles(
  input: ExportInput,
  scale: number,
  costs: readonly Cost[],
): Promise<void> {
  const { days, last, rows } = input;
  const write = writerOf(input);
  const [from, to] = [(days[0] as Day).date, (days[last] as Day).date];
  const targets = targetsFor(from, to, scale);
  const budgets = budgetsFor(from, to, scale);
  await write('exports/finance/targets.csv', targetLines(targets));
  await write('exports/finance/budgets.csv', budgetLines(budgets));
  await write('exports/finance/marketing_costs.csv', costLines(costs));
  rows.targets = targets.length;
  rows.budgets = budgets.length;
  rows.marketing_costs = costs.length;
  const markets = marketsFor(from, to, scale);
  await write('exports/finance/market_sizes.csv', marketLines(markets));
  rows.market_sizes = markets.length;
  const consents = consentsOf(input);
  await write('exports/finance/consentements.csv', consentLines(consents));
  rows.consents = consents.length;
  await writeOutreach(outreachOf(input), input);
}

const outreachOf = (input: ExportInput): Outreach => ({
  ...input,
  ...HEARD,
  effects: ordinary,
  growth: input.company.growth,
});

/** Who else sells tyres there, and what goes out by mail. */
const HEARD = {
  domain: DOMAIN,
  rivals: [
    { name: 'Pneus Réunis', domain: 'pneus-reunis.example' },
    { name: 'Reifenhof', domain: 'reifenhof.example' },
    { name: 'Roue Libre', domain: 'roue-libre.example' },
  ],
  regions: REGIONS,
  newsletters: ['Offers of the week', 'Workshop news', 'New in the range', 'Offers of the week'],
};

/** The association's figures: what each region bought in a year, eleven times what the company sells there. */
function marketsFor(from: string, to: string, scale: number): Market[] {
  const years = monthsBetween(from, to).map(({ startsOn }) => startsOn.slice(0, 4));
  return [...new Set(years)].flatMap((year) =>
    REGIONS.map((region) => {
      const [startsOn, endsOn] = [`${year}-01-01`, `${year}-12-31`];
      const sold = expectedRevenue(startsOn, endsOn, scale) / REGIONS.length;
      return { region, startsOn, endsOn, amount: Math.round(sold * 11) };
    }),
  );
}

/** Everybody is asked as the account is opened; of those who agreed, one in nine took it back in the last five days. */
function consentsOf({ company, days, last }: ExportInput): Consent[] {
  const [first, today] = [days[0] as Day, days[last] as Day];
  return company.customers.flatMap(({ id: customer, email, consent, openedOn }) => {
    const asked = { email, customer, date: addDays(first.date, openedOn), granted: consent };
    const gone = { ...asked, date: addDays(today.date, -(Number(customer) % 5)), granted: false };
    return consent && Number(customer) % 9 === 0 && gone.date > asked.date ? [asked, gone] : [asked];
  });
}

const writerOf =
  ({ folder, onFile, days, last }: ExportInput) =>
  (name: string, lines: Iterable<string>, encoding: 'utf-8' | 'windows-1252' = 'utf-8') =>
    wholeExport({ folder, onFile, encoding }, name, days[last] as Day, lines);

/** Monthly targets: the expected revenue, and levels for the rates. */
function targetsFor(from: string, to: string, scale: number): Target[] {
  return monthsBetween(from, to).flatMap(({ startsOn, endsOn }) => [
    { kpi: 'net_revenue', startsOn, endsOn, value: String(expectedRevenue(startsOn, endsOn, scale)) },
    ...expectedTargets(growthOf(scale)).map((target) => ({ ...target, startsOn, endsOn })),
  ]);
}

/** Quarterly budgets of marketing. */
function budgetsFor(from: string, to: string, scale: number): Plan[] {
  const months = monthsBetween(`${from.slice(0, 4)}-01-01`, `${to.slice(0, 4)}-12-31`);
  return months.flatMap(({ startsOn }, at) => {
    const endsOn = months[at + 2]?.endsOn;
    if (at % 3 !== 0 || endsOn === undefined) return [];
    return quarterPlan(growthOf(scale)).map((plan) => ({ ...plan, startsOn, endsOn }));
  });
}
