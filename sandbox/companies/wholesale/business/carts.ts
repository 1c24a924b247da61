import { after24Hours, DAY_SECONDS, type Day, isAfter, type Moment } from '../../../kit/calendar.ts';
import { carrier, type Random, randomStream, weighted } from '../../../kit/random.ts';
import { type Catalogue, FJELLGRIP, type Product } from './catalogue.ts';
import type { Currency, Customer } from './customer.ts';
import { REGIONS } from './customer.ts';
import type { CustomerBase } from './customer-base.ts';
import type { Effects } from './effects.ts';
import { listPrice, netOf } from './pricing.ts';
import type { Stock } from './stock.ts';
import { abandonmentExpected, cartsExpected } from './volumes.ts';
import { CHANNELS, DEVICES, type Device, sessionId } from './web.ts';

export interface CartLine {
  readonly product: Product;
  readonly quantity: number;
  /** Cents, before and after discount. */
  readonly list: number;
  readonly net: number;
  readonly outOfStock: boolean;
}

export interface Cart {
  readonly code: string;
  readonly session: string;
  readonly customer: Customer | null;
  readonly region: string | null;
  readonly currency: Currency;
  readonly device: Device;
  readonly channel: string;
  readonly createdSecond: number;
  readonly changed: Moment;
  /** 24 hours after the change. */
  readonly settles: Moment;
  readonly orders: Moment | null;
  readonly lines: readonly CartLine[];
  /** Number of the order it became; given when the order is placed. */
  order: string | null;
}

/** Not ordered within 24 hours of its last change. */
export const isAbandoned = (cart: Cart): boolean =>
  cart.orders === null || isAfter(cart.orders, cart.settles);

export const hasStockOut = (cart: Cart): boolean => cart.lines.some((line) => line.outOfStock);

/** How much likelier than the average cart one is to be ordered. */
const DEVICE_FACTOR: Readonly<Record<Device, number>> = {
  desktop: 1.06,
  tablet: 0.92,
  mobile: 0.83,
  other: 1,
};
/** … and one with an article that is out of stock on an ordinary day. */
const OUT_OF_STOCK_FACTOR = 0.5;
const LINES = weighted([
  [1, 40],
  [2, 25],
  [3, 18],
  [4, 10],
  [5, 7],
]);

export interface CartInput {
  readonly seed: number;
  readonly scale: number;
  readonly days: readonly Day[];
  readonly catalogue: Catalogue;
  readonly customers: CustomerBase;
  readonly stock: Stock;
  readonly effects: Effects;
}

/** A cart before it is known whether it will be ordered. */
interface Draft {
  readonly second: number;
  readonly device: Device;
  readonly products: readonly Product[];
  readonly out: readonly Product[];
}

/** The web shop's carts, day by day, in order of their last change. */
export function cartDesk(input: CartInput): (day: Day) => Cart[] {
  const count = carrier();
  // Orders are dealt out evenly over the carts rather than drawn: abandonment keeps to its mean from week to week.
  const ordered = carrier();
  let number = 10_000_000;
  return (day) => {
    const random = randomStream(input.seed, `carts/${day.date}`);
    const drafts = Array.from({ length: count(cartsExpected(day) * input.scale) }, () =>
      draftOf(input, day, random),
    );
    drafts.sort((a, b) => a.second - b.second);
    const wanted = 1 - abandonmentExpected(day) + (random.float() - 0.5) * 0.01;
    const chances = orderChances(
      drafts,
      wanted,
      input.effects.stockOut(day.index) ? input.effects.stockOutUplift : 0,
    );
    return drafts.map((draft, index) => {
      number += 1;
      const isOrdered = ordered(chances[index] as number) === 1;
      return cartOf(input, {
        random,
        day,
        draft,
        isOrdered,
        code: `c${number}`,
        session: sessionId(day, index + 1),
      });
    });
  };
}

function draftOf(input: CartInput, day: Day, random: Random): Draft {
  const second = 6 * 3600 + Math.floor((random.float() + random.float()) * 8.99 * 3600);
  const device = random.pick(DEVICES);
  const drawn = Array.from({ length: random.pick(LINES) }, () => input.catalogue.draw(random));
  const products = [...new Set(drawn)];
  return { second, device, products, out: products.filter((product) => input.stock.isOut(product, day)) };
}

/**
 * The probability of each cart to be ordered, so that of all carts the share `wanted` is expected to be, less the
 * `uplift` of abandonment by a stock-out, which only the carts with a sold-out Fjellgrip article bear.
 */
function orderChances(drafts: readonly Draft[], wanted: number, uplift: number): number[] {
  const isHit = (draft: Draft): boolean =>
    uplift > 0 && draft.out.some((product) => product.brand === FJELLGRIP);
  const weights = drafts.map(
    (draft) =>
      DEVICE_FACTOR[draft.device] * (draft.out.length > 0 && !isHit(draft) ? OUT_OF_STOCK_FACTOR : 1),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const usual = weights.map((weight) => (weight / total) * wanted * drafts.length);
  const hit = drafts.filter(isHit).length;
  const ofHit = usual.reduce((sum, chance, index) => (isHit(drafts[index] as Draft) ? sum + chance : sum), 0);
  const left = Math.max(0.004, (ofHit - uplift * drafts.length) / hit);
  return usual.map((chance, index) => (isHit(drafts[index] as Draft) ? left : chance));
}

interface CartContext {
  readonly random: Random;
  readonly day: Day;
  readonly draft: Draft;
  readonly isOrdered: boolean;
  readonly code: string;
  readonly session: string;
}

function cartOf(input: CartInput, { random, day, draft, isOrdered, code, session }: CartContext): Cart {
  const { second, device, products, out } = draft;
  const customer = isOrdered || random.chance(0.6) ? input.customers.draw(random, isOrdered) : null;
  const changed = { day: day.index, second };
  const settles = after24Hours(input.days, changed);
  return {
    code,
    session,
    customer,
    region: customer ? customer.region : random.chance(0.8) ? random.pick(REGIONS) : null,
    currency: customer?.currency ?? 'EUR',
    device,
    channel: random.pick(CHANNELS),
    createdSecond: second - random.int(Math.min(3 * 3600, second - 5 * 3600)),
    changed,
    settles,
    orders: isOrdered
      ? orderMoment(input.days, changed, random)
      : lateMoment(input.days, customer, settles, random),
    lines: products.map((product) => lineOf(product, customer, random, out.includes(product))),
    order: null,
  };
}

function lineOf(product: Product, customer: Customer | null, random: Random, outOfStock: boolean): CartLine {
  const quantity = random.pick(product.packs);
  const list = quantity * listPrice(product, customer?.currency ?? 'EUR');
  return { product, quantity, list, net: netOf(list, customer?.discount ?? 0), outOfStock };
}

/** Most order at once; some sleep on it and order the next morning, if that is a day of trade. */
function orderMoment(days: readonly Day[], changed: Moment, random: Random): Moment {
  const next = days[changed.day + 1];
  if (next?.trading && changed.second > 8 * 3600 && random.chance(0.12)) {
    return { day: next.index, second: 6 * 3600 + random.int(changed.second - 8 * 3600 + 1) };
  }
  return { day: changed.day, second: Math.min(DAY_SECONDS - 1, changed.second + random.between(20, 1500)) };
}

/** A few come back when the 24 hours are over: they count as abandoned, though an order followed. */
function lateMoment(
  days: readonly Day[],
  customer: Customer | null,
  settles: Moment,
  random: Random,
): Moment | null {
  if (!random.chance(0.03) || customer === null) return null;
  const day = days.slice(settles.day + 1, settles.day + 3).find((each) => each.trading);
  return day ? { day: day.index, second: random.between(7 * 3600, 19 * 3600) } : null;
}
