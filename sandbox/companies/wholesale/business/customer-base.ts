import { carrier, dealer, hash, type Random, randomStream, weighted } from '../../../kit/random.ts';
import { ACQUISITION_CHANNELS, type Customer, inventCustomer, keyAccounts } from './customer.ts';
import type { Effects } from './effects.ts';

/** Customers who order, day by day: some come, some go. */
export interface CustomerBase {
  /** Moves to the next day: says goodbye to those who leave, and returns those who come, each with an order to place. */
  startDay(index: number, trading: boolean): readonly Customer[];
  /** An active customer, larger ones more often; `orders` tells whether for an order or for a visit. */
  draw(random: Random, orders: boolean): Customer;
  /** Everybody who ever was, in the order of their numbers. */
  readonly all: readonly Customer[];
}

/** At scale 1. */
const ESTABLISHED = 1600;
const NEW_PER_DAY = 72 / 28;
/** Longest time that a customer stays, in days. */
const LONGEST_STAY = 1500;
/** How much more often a customer of a size orders than a small one. */
const SIZE_WEIGHTS = [1, 3, 8] as const;
/** So long orders go by preference to customers who have none yet, so that no old customer looks like a new one later. */
const ROLL_CALL_DAYS = 75;

/** Customers of the planted story: most of the large ones and of those of medium size. */
const isBest = (seed: number, { id, size }: Customer): boolean =>
  size > 0 && hash(`${seed}/best/${id}`) % 100 < (size === 2 ? 90 : 75);

/** `growth` multiplies the number of customers. */
export function customerBase(seed: number, growth: number, effects: Effects): CustomerBase {
  const random = randomStream(seed, 'customers');
  const all: Customer[] = [...keyAccounts];
  const pools: Customer[][] = [[], [], []];
  const leavers = new Map<number, Customer[]>();
  const rollCall: Customer[] = [];
  const channels = dealer(random, weighted(ACQUISITION_CHANNELS));
  const arrivals = carrier();
  let waiting = 0;
  let today = 0;

  const join = (openedOn: number, from: number, stay: number): Customer => {
    const customer = inventCustomer(random, {
      number: all.length + 1,
      openedOn,
      acquisitionChannel: channels(),
    });
    all.push(customer);
    pools[customer.size]?.push(customer);
    leavers.set(from + stay, [...(leavers.get(from + stay) ?? []), customer]);
    return customer;
  };
  const leave = (customer: Customer): void => {
    const pool = pools[customer.size] ?? [];
    const at = pool.indexOf(customer);
    // A pool is never emptied, whatever the seed.
    if (at < 0 || pool.length === 1) return;
    pool[at] = pool[pool.length - 1] as Customer;
    pool.pop();
  };
  /** The customer drawn, or in the place of one who no longer orders a smaller one: nothing more is drawn. */
  const heardFrom = (customer: Customer, orders: boolean): Customer => {
    const smaller = pools[customer.size - 1] ?? [];
    if (!orders || !isBest(seed, customer) || !effects.bestQuiet(today) || smaller.length === 0)
      return customer;
    return smaller[hash(`${customer.id}/${today}`) % smaller.length] as Customer;
  };
  const established = Math.max(30, Math.round(ESTABLISHED * growth));
  for (let count = 0; count < established; count += 1)
    rollCall.push(join(-1 - random.int(2500), 0, random.between(20, LONGEST_STAY)));

  return {
    all,
    startDay(index, trading) {
      today = index;
      for (const customer of leavers.get(index) ?? []) leave(customer);
      leavers.delete(index);
      // Accounts asked for on a Sunday are opened on Monday: over weeks the number stays the same.
      waiting += arrivals(NEW_PER_DAY * growth);
      if (!trading) return [];
      const newcomers = Array.from({ length: waiting }, () =>
        join(index, index, random.between(60, LONGEST_STAY)),
      );
      waiting = 0;
      return newcomers;
    },
    draw(drawing, orders) {
      if (orders && today < ROLL_CALL_DAYS && rollCall.length > 0 && drawing.chance(0.7))
        return rollCall.pop() as Customer;
      const shares = SIZE_WEIGHTS.map((weight, size) => weight * (pools[size]?.length ?? 0));
      let at = drawing.float() * shares.reduce((sum, share) => sum + share, 0);
      for (const [size, share] of shares.entries()) {
        if (at < share) return heardFrom(drawing.pick(pools[size] ?? []), orders);
        at -= share;
      }
      return keyAccounts[0] as Customer;
    },
  };
}
