import type { Day } from '../../../kit/calendar.ts';
import { type Random, randomStream } from '../../../kit/random.ts';
import { type Rates, ratesFor } from '../../../kit/rates.ts';
import { type Customer, customerOf, establishedCustomers } from './customers.ts';
import { type Deal, seatPrice } from './deal.ts';
import type { Effects } from './effects.ts';
import { type Invoice, ledgerOf, type Subscription, YEAR_BEFORE } from './invoices.ts';
import type { Lead } from './lead.ts';
import { leadDesk } from './leads.ts';
import { FOREIGN } from './market.ts';
import { type Cost, costsOf, type Reach, reachOf, type Spend, spendOf } from './marketing.ts';
import { type Activity, activityOf, type Team, teamOf } from './team.ts';

export interface CompanyInput {
  readonly seed: number;
  readonly scale: number;
  /** The days to live through, and enough more for what is planned beyond the last. */
  readonly days: readonly Day[];
  readonly last: number;
  readonly effects: Effects;
}

/** All that the company lived through. Leads and deals carry their whole life; what is later than `last` is not known. */
export interface Company {
  readonly days: readonly Day[];
  readonly last: number;
  readonly team: Team;
  readonly leads: readonly Lead[];
  readonly deals: readonly Deal[];
  readonly customers: readonly Customer[];
  readonly invoices: readonly Invoice[];
  readonly spends: readonly Spend[];
  readonly costs: readonly Cost[];
  readonly reach: readonly Reach[];
  readonly activity: readonly Activity[];
  /** Customers on days on which they tried out something, or had an idea. */
  readonly participations: readonly {
    readonly day: number;
    readonly customer: string;
    readonly kind: string;
  }[];
  readonly rates: Rates;
}

export function companyOf({ seed, scale, days, last, effects }: CompanyInput): Company {
  const team = teamOf(last);
  const established = establishedCustomers(seed, scale);
  const customerOn = (_: number, random: Random) => random.pick(established).id;
  const desk = leadDesk({ seed, scale, days, effects, team, customerOn });
  const lived = days.slice(0, last + 1);
  const arrivals = lived.map((day) => desk(day));
  const leads = arrivals.flatMap((arrived) => arrived.leads);
  const deals = [...leads.flatMap(({ deal }) => deal ?? []), ...arrivals.flatMap((arrived) => arrived.deals)];
  const subscriptions = [...established.map(yearlyOf), ...wonBy(deals, { seed, last })];
  return {
    ...{ days, last, team, leads },
    deals: deals.filter(({ createdAt }) => createdAt.day <= last).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    customers: subscriptions.map(({ customer }) => customer),
    invoices: ledgerOf({ seed, days, last, subscriptions }),
    spends: lived.flatMap(spendOf(seed, scale)),
    costs: lived.flatMap(costsOf(seed, scale, effects)),
    reach: lived.flatMap(reachOf(seed, scale)),
    activity: lived.flatMap(activityOf(seed, team)),
    participations: lived.flatMap((day) => participationsOn(day, seed, established)),
    rates: ratesFor({ seed, days, count: last + 1, foreign: FOREIGN, lead: 14 - YEAR_BEFORE }),
  };
}

const yearlyOf = (customer: Customer): Subscription => {
  const { seats } = customer.prospect;
  return { customer, amount: seats * seatPrice(seats) };
};

/** What was won by the last day, invoiced at once. */
function wonBy(deals: readonly Deal[], { seed, last }: Pick<CompanyInput, 'seed' | 'last'>): Subscription[] {
  return deals.flatMap((deal) => {
    const won = deal.entries.find(({ stage }) => stage === 'won');
    if (!won || won.at.day > last) return [];
    const customer = customerOf(deal, won.at.day, randomStream(seed, `customer/${deal.id}`));
    return [{ customer, amount: deal.prices.at(-1)?.amount ?? 0 }];
  });
}

/** Two a week or so. */
function participationsOn({ index, date, trading }: Day, seed: number, customers: readonly Customer[]) {
  const random = randomStream(seed, `innovation/${date}`);
  if (!trading || !random.chance(0.45)) return [];
  return [
    { day: index, customer: random.pick(customers).id, kind: random.pick(['test', 'workshop', 'idea']) },
  ];
}
