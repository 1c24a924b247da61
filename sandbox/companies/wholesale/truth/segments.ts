/** What a customer's documents of a day come to: orders, and the net amount of orders and returns (1/10,000 euro). */
export interface Purchase {
  readonly day: number;
  readonly customer: string;
  readonly orders: number;
  readonly amount: number;
}

interface Customer {
  recency: number;
  orders: number;
  amount: number;
}

const YEAR = 365;
/** Below five customers there are no fifths. */
const LEAST = 5;

/**
 * The best customers among those who ordered in the 365 days to a day: by fifths of recency, frequency and amount; who is
 * level stands in the middle of the group. The best have 4 or 5 by recency, and 8 or more by the two others together.
 */
export function bestCustomers(purchases: readonly Purchase[], asOf: number): number {
  const known = new Map<string, Customer>();
  for (const { day, customer, orders, amount } of purchases) {
    if (day > asOf || day <= asOf - YEAR) continue;
    const of = known.get(customer) ?? { recency: Number.NEGATIVE_INFINITY, orders: 0, amount: 0 };
    if (orders > 0) of.recency = Math.max(of.recency, day);
    of.orders += orders;
    of.amount += amount;
    known.set(customer, of);
  }
  const customers = [...known.values()].filter(({ orders }) => orders > 0);
  if (customers.length < LEAST) return 0;
  const [late, often, large] = [
    fifths(customers.map(({ recency }) => recency)),
    fifths(customers.map(({ orders }) => orders)),
    fifths(customers.map(({ amount }) => amount)),
  ];
  return customers.filter((of) => late(of.recency) >= 4 && often(of.orders) + large(of.amount) >= 8).length;
}

/** The fifth, 1 to 5, in which a value lies: by the middle of the places that its equals take. */
function fifths(values: readonly number[]): (value: number) => number {
  const sorted = values.toSorted((a, b) => a - b);
  const below = new Map<number, number>();
  const equal = new Map<number, number>();
  for (const [place, value] of sorted.entries()) {
    if (!below.has(value)) below.set(value, place);
    equal.set(value, (equal.get(value) ?? 0) + 1);
  }
  return (value) =>
    1 + Math.floor((5 * (2 * (below.get(value) ?? 0) + (equal.get(value) ?? 0))) / (2 * values.length));
}
