import type { Day } from '../../../kit/calendar.ts';
import { type Random, randomStream } from '../../../kit/random.ts';
import type { Customer } from './customers.ts';
import { seatPrice } from './deal.ts';
import { workday } from './journey.ts';
import { MOBILE, ONBOARDING, PLANNER, type Product, ROUTES } from './products.ts';

export interface InvoiceLine {
  readonly product: Product;
  readonly quantity: number;
  /** Cents; negative on credit notes. */
  readonly list: number;
  readonly net: number;
}

export interface Invoice {
  readonly id: string;
  readonly kind: 'order' | 'return';
  readonly origin: 'New' | 'Renewal' | 'Expansion';
  /** Day index; negative before the CRM. */
  readonly day: number;
  readonly customer: Customer;
  readonly lines: readonly InvoiceLine[];
}

/** A customer from the day on which it is invoiced first, and what it bought then: cents. */
export interface Subscription {
  readonly customer: Customer;
  readonly amount: number;
}

export interface LedgerInput {
  readonly seed: number;
  readonly days: readonly Day[];
  readonly last: number;
  readonly subscriptions: readonly Subscription[];
}

/** Invoices are kept of a year before the CRM, so that nobody who renews looks like a new customer later. */
export const YEAR_BEFORE = -366;
const YEAR = 365;
const CHURN = 0.11;
/** A year's rise of the price. */
const RISE = 1.03;
const EXPANDING = 0.4;
const CREDITED = 0.015;

type Draft = Omit<Invoice, 'id'>;

/** Everything that was invoiced, in order: subscriptions, their renewals year by year, more seats, credit notes. */
export function ledgerOf({ seed, days, last, subscriptions }: LedgerInput): Invoice[] {
  const drafts = subscriptions
    .flatMap((subscription) =>
      invoicesOf(subscription, days, randomStream(seed, `invoices/${subscription.customer.id}`)),
    )
    .filter(({ day }) => day >= YEAR_BEFORE && day <= last)
    .toSorted((a, b) => a.day - b.day || (a.customer.id < b.customer.id ? -1 : 1));
  return drafts.map((draft, at) => ({ ...draft, id: `INV-${String(at + 1).padStart(6, '0')}` }));
}

function invoicesOf({ customer, amount }: Subscription, days: readonly Day[], random: Random): Draft[] {
  const drafts: Draft[] = [];
  let yearly = amount;
  for (let on = customer.since; on < days.length; on += YEAR) {
    const isFirst = on === customer.since;
    if (!isFirst && random.chance(CHURN)) break;
    const lines = isFirst ? firstLines(customer, yearly, random) : [line(PLANNER, seatsOf(customer), yearly)];
    drafts.push({
      kind: 'order',
      origin: isFirst ? 'New' : 'Renewal',
      day: onWorkday(days, on),
      customer,
      lines,
    });
    if (random.chance(EXPANDING))
      drafts.push(expansion(customer, onWorkday(days, on + random.between(30, 330)), random));
    yearly = Math.round(yearly * RISE);
  }
  return drafts.flatMap((draft) => [draft, ...creditNote(draft, days, random)]);
}

/** Of days before the calendar nobody asks whether they were days of trade. */
const onWorkday = (days: readonly Day[], day: number): number => (day < 0 ? day : workday(days, day));

const seatsOf = ({ prospect }: Customer): number => prospect.seats;

/** The amount of the deal, as lines: a tenth is for setting it up, some of it for add-ons. */
function firstLines(customer: Customer, amount: number, random: Random): InvoiceLine[] {
  const start = Math.round(amount * 0.1);
  const routes = random.chance(0.35) ? Math.round(amount * 0.14) : 0;
  const mobile = random.chance(0.6) ? Math.round(amount * 0.2) : 0;
  const seats = seatsOf(customer);
  return [
    line(PLANNER, seats, amount - start - routes - mobile),
    ...(mobile > 0 ? [line(MOBILE, seats, mobile)] : []),
    ...(routes > 0 ? [line(ROUTES, 1, routes)] : []),
    line(ONBOARDING, 1, start),
  ];
}

function expansion(customer: Customer, day: number, random: Random): Draft {
  const seats = Math.max(1, Math.round(seatsOf(customer) * (0.05 + 0.2 * random.float())));
  const lines = [line(PLANNER, seats, seats * seatPrice(seatsOf(customer)))];
  return { kind: 'order', origin: 'Expansion', day, customer, lines };
}

/** Some invoices are taken back as a whole, one to three weeks later. */
function creditNote(draft: Draft, days: readonly Day[], random: Random): Draft[] {
  if (!random.chance(CREDITED)) return [];
  const day = onWorkday(days, draft.day + random.between(7, 21));
  const lines = draft.lines.map(({ product, quantity, list, net }) => ({
    ...{ product, quantity: -quantity, list: -list, net: -net },
  }));
  return [{ ...draft, kind: 'return', day, lines }];
}

/** A twelfth off the list price, as most get. */
const line = (product: Product, quantity: number, net: number): InvoiceLine => ({
  ...{ product, quantity, net, list: Math.round((net * 12) / 11) },
});
