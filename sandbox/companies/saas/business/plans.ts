import { addDays } from '../../../../functions/lake/values/day.ts';
import type { Day } from '../../../kit/calendar.ts';
import { ORIGINS } from './channels.ts';
import { leadsExpected } from './volumes.ts';

export interface Span {
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface Target extends Span {
  readonly kpi: string;
  /** In the KPI's unit. */
  readonly value: string;
}

export interface FixedCost extends Span {
  readonly id: string;
  readonly category: string;
  /** Cents for the whole span. */
  readonly amount: number;
}

/** First and last day of every month from one date's month to another's. */
export function monthsBetween(from: string, to: string): Span[] {
  const months: Span[] = [];
  for (let startsOn = `${from.slice(0, 7)}-01`; startsOn <= to; ) {
    const next = `${addDays(startsOn, 31).slice(0, 7)}-01`;
    months.push({ startsOn, endsOn: addDays(next, -1) });
    startsOn = next;
  }
  return months;
}

/** Of the leads expected in a month, what the company wants. */
const AMBITION = 1.03;
/** Leads of which one becomes a customer, and what a month's invoices come to for one new customer: euro. */
const LEADS_PER_CUSTOMER = 16;
const REVENUE_PER_CUSTOMER = 19_000;

/** Monthly: leads as the season brings them, what should come of them, and levels for the rates. */
export function targetsOf(days: readonly Day[], last: number, scale: number): Target[] {
  const [from, to] = [(days[0] as Day).date, (days[last] as Day).date];
  return monthsBetween(from, to).flatMap((span) => {
    const leads = Math.round(monthLeads(days, span) * scale * AMBITION);
    const customers = Math.max(1, Math.round(leads / LEADS_PER_CUSTOMER));
    const target = (kpi: string, value: string | number): Target => ({ ...span, kpi, value: String(value) });
    return [
      target('new_leads', leads),
      target('new_customers', customers),
      target('net_revenue', customers * REVENUE_PER_CUSTOMER),
      target('cost_per_lead', 110),
      target('mql_to_sql_rate', '0.48'),
      target('competitive_win_rate', '0.25'),
    ];
  });
}

/** Days of the month that the calendar has; a month that begins before it is planned in full. */
function monthLeads(days: readonly Day[], { startsOn, endsOn }: Span): number {
  const inMonth = days.filter(({ date }) => date >= startsOn && date <= endsOn);
  const sum = inMonth.reduce(
    (leads, day) => leads + ORIGINS.reduce((all, origin) => all + leadsExpected(origin, day), 0),
    0,
  );
  return inMonth.length === 0 ? 0 : (sum * Number(endsOn.slice(8))) / inMonth.length;
}

/** Cents a month at scale 1. */
const MONTHLY = [
  ['Salaries of product and support', 15_400_000],
  ['Hosting', 2_300_000],
  ['Rent', 1_600_000],
] as const;

export const fixedCosts = (from: string, to: string, scale: number): FixedCost[] =>
  monthsBetween(from, to).flatMap(({ startsOn, endsOn }) =>
    MONTHLY.map(([category, amount], at) => ({
      ...{ id: `${startsOn.slice(0, 7)}-${at + 1}`, startsOn, endsOn, category },
      amount: Math.round(amount * scale),
    })),
  );
