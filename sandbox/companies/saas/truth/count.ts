import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import type { Entry } from '../business/journey.ts';
import { dealOn } from '../business/known.ts';
import type { Lead } from '../business/lead.ts';
import { STAGES } from '../business/stages.ts';
import { type DayTruth, emptyDay, type Share, tally } from './day-truth.ts';

/** Days that a lead, a deal or a trial has before it counts. */
const SALES_DAYS = 30;
const CUSTOMER_DAYS = 180;
const TRIAL_DAYS = 21;
const PAYING_DAYS = 30;

/** Counts what was invented, as it is known on the last day. */
export function truthOf(company: Company): DayTruth[] {
  const truth = company.days.slice(0, company.last + 1).map(emptyDay);
  const stands = ({ removal }: Lead | Deal): boolean => removal === null || removal.day > company.last;
  for (const lead of company.leads) if (stands(lead)) countLead(truth, lead);
  for (const deal of company.deals) if (stands(deal)) countDeal(truth, deal, company);
  countInvoices(truth, company);
  for (const { day, cost } of company.spends)
    on(truth, day.index, (today) => {
      today.mediaCost += cost * 100;
    });
  for (const { day, kind, amount } of company.costs)
    on(truth, day.index, (today) => {
      today[kind === 'sales' ? 'salesCost' : 'marketingCost'] += amount * 100;
    });
  for (const { day, people } of company.reach)
    on(truth, day.index, (today) => {
      today.reached += people;
    });
  return truth;
}

/** What is beyond the last day is not known. */
function on(truth: readonly DayTruth[], day: number, count: (today: DayTruth) => void): void {
  const today = truth[day];
  if (today) count(today);
}

function add(share: Share, isPart: boolean): void {
  share[0] += isPart ? 1 : 0;
  share[1] += 1;
}

function countLead(truth: readonly DayTruth[], lead: Lead): void {
  const { createdAt, origin, mql, sql, deal, entries } = lead;
  const last = truth.length - 1;
  on(truth, createdAt.day, (today) => {
    today.newLeads += 1;
    today.leadsByCampaign[origin.campaign] = (today.leadsByCampaign[origin.campaign] ?? 0) + 1;
  });
  const qualified = Math.min(mql?.day ?? Number.POSITIVE_INFINITY, sql?.day ?? Number.POSITIVE_INFINITY);
  on(truth, qualified, (today) => {
    today.mqls += 1;
  });
  on(truth, qualified + SALES_DAYS, ({ sqlIn30 }) =>
    add(sqlIn30, sql !== null && sql.day <= qualified + SALES_DAYS),
  );
  const won = deal?.entries.find(({ stage, at }) => stage === 'won' && at.day <= last)?.at.day;
  on(truth, createdAt.day + CUSTOMER_DAYS, ({ wonIn180 }) =>
    add(
      tally(wonIn180, origin.channel, (): Share => [0, 0]),
      won !== undefined && won <= createdAt.day + CUSTOMER_DAYS,
    ),
  );
  countStays(truth, entries);
}

function countDeal(truth: readonly DayTruth[], deal: Deal, { last, rates }: Company): void {
  countStays(truth, deal.entries);
  const { status, wonOn, lostOn } = dealOn(deal, last);
  const closed = wonOn ?? lostOn;
  const isWon = status === 'won';
  if (closed !== null)
    on(truth, closed, (today) => {
      today[isWon ? 'dealsWon' : 'dealsLost'] += 1;
      if (deal.competitors.length > 0) add(today.wonAgainstAny, isWon);
      for (const name of deal.competitors)
        add(
          tally(today.wonAgainst, name, (): Share => [0, 0]),
          isWon,
        );
      const amount = deal.prices.at(-1)?.amount ?? 0;
      const left = Math.round((amount * deal.margin) / 100);
      // The rate is that of the day on which the deal was made.
      if (isWon) today.wonContribution += rates.toEuro(left, deal.currency, deal.createdAt.day);
    });
  const trial = deal.removal ? undefined : deal.entries.find(({ stage }) => stage === 'trial');
  const due = (trial?.at.day ?? Number.NaN) + TRIAL_DAYS + PAYING_DAYS;
  on(truth, due, ({ trialsPaid }) => add(trialsPaid, isWon && closed !== null && closed <= due));
}

/** Each stay from one entry to the next. */
function countStays(truth: readonly DayTruth[], entries: readonly Entry<string>[]): void {
  for (const [place, { stage, at }] of entries.entries()) {
    if (STAGES.find(({ id }) => id === stage)?.outcome !== 'open') continue;
    on(truth, at.day, (today) => {
      stageOf(today, stage).entries += 1;
    });
    const next = entries[place + 1];
    if (next)
      on(truth, next.at.day, (today) => {
        const counted = stageOf(today, stage);
        counted.exits += 1;
        counted.stayDays += next.at.day - at.day;
        if (next.stage === 'lost' || next.stage === 'disqualified') counted.losses += 1;
      });
  }
}

const stageOf = (today: DayTruth, stage: string) =>
  tally(today.stages, stage, () => ({ entries: 0, exits: 0, losses: 0, stayDays: 0 }));

/** Credit notes are negative, and make nobody a customer. */
function countInvoices(truth: readonly DayTruth[], { invoices, rates }: Company): void {
  const customers = new Set<string>();
  for (const { day, kind, customer, lines } of invoices) {
    const isFirst = kind === 'order' && !customers.has(customer.id);
    if (kind === 'order') customers.add(customer.id);
    on(truth, day, (today) => {
      for (const { net } of lines) today.netRevenue += rates.toEuro(net, customer.prospect.currency, day);
      today[kind === 'order' ? 'orders' : 'returns'] += 1;
      if (isFirst) today.newCustomers += 1;
    });
  }
}
