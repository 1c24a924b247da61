import type { Day } from '../../../kit/calendar.ts';
import { carrier, type Random, randomStream, weighted } from '../../../kit/random.ts';
import { type Booking, bookingOn } from './booking.ts';
import type { Cart } from './carts.ts';
import type { Catalogue, Product } from './catalogue.ts';
import { BRUECKNER, type Customer, keyAccounts } from './customer.ts';
import type { CustomerBase } from './customer-base.ts';
import type { Effects } from './effects.ts';
import { freightOf, listPrice, marginOf, netOf } from './pricing.ts';
import { deskOrdersExpected } from './volumes.ts';

export interface OrderLine {
  readonly product: Product;
  readonly quantity: number;
  /** Cents. */
  readonly list: number;
  readonly net: number;
  readonly freight: number;
  readonly margin: number;
}

export interface Order {
  number: string;
  /** SAP's document types: TA an order, ZBO a booking, RE a return (its amounts are positive here, as SAP has them). */
  readonly type: 'TA' | 'ZBO' | 'RE';
  readonly day: Day;
  readonly second: number;
  readonly customer: Customer;
  readonly channel: 'Web shop' | 'EDI' | 'Sales rep' | 'Telephone';
  readonly cart: Cart | null;
  readonly booking: Booking | null;
  readonly lines: readonly OrderLine[];
  /** Cancelled on the next day of trade: the export of that day says so. */
  readonly cancelled: boolean;
}

export interface OrderInput {
  readonly seed: number;
  readonly scale: number;
  readonly catalogue: Catalogue;
  readonly customers: CustomerBase;
  readonly effects: Effects;
}

const CANCELLED_SHARE = 0.015;
const RETURN_SHARE = 0.025;
/** Orders from which returns are taken. */
const MEMORY = 400;
const DESK_LINES = weighted([
  [1, 15],
  [2, 20],
  [3, 22],
  [4, 18],
  [5, 13],
  [7, 8],
  [9, 4],
]);
const KEY_ACCOUNT_LINES = 8;
const KEY_ACCOUNT_ORDERS = 2;

/** All documents of a day in order of their time: `newcomers` place their first order, `carts` become web orders. */
export type OrderDesk = (day: Day, newcomers: readonly Customer[], carts: readonly Cart[]) => Order[];

export function orderDesk(input: OrderInput): OrderDesk {
  const deskCount = carrier();
  const returnCount = carrier();
  const remembered: Order[] = [];
  let number = 4_500_000;
  return (day, newcomers, carts) => {
    if (!day.trading) return [];
    const random = randomStream(input.seed, `orders/${day.date}`);
    const deskOrders = Math.max(0, deskCount(deskOrdersExpected(day) * input.scale) - newcomers.length);
    const orders = [
      ...newcomers.map((customer) => deskOrder(input, day, customer, random, true)),
      ...Array.from({ length: deskOrders }, () =>
        deskOrder(input, day, input.customers.draw(random, true), random, false),
      ),
      ...(day.weekday < 5 ? keyAccountOrders(input, day) : []),
      ...carts.map((cart) => webOrder(day, cart, random)),
    ];
    const returns =
      day.weekday < 5 ? takeBack(remembered, day, returnCount(orders.length * RETURN_SHARE), random) : [];
    const documents = [...orders, ...returns].toSorted((a, b) => a.second - b.second);
    for (const order of documents) {
      number += 1;
      order.number = String(number);
      if (order.cart) order.cart.order = order.number;
      if (order.type === 'TA' && !order.cancelled) remembered.push(order);
    }
    remembered.splice(0, Math.max(0, remembered.length - MEMORY));
    return documents;
  };
}

function deskOrder(input: OrderInput, day: Day, customer: Customer, random: Random, first: boolean): Order {
  const booking = first ? null : bookingOn(day, random, input.effects.clearance(day.index));
  const products = new Set(
    Array.from({ length: random.pick(DESK_LINES) }, () => input.catalogue.draw(random)),
  );
  return {
    number: '',
    type: booking ? 'ZBO' : 'TA',
    day,
    second: random.between(7 * 3600, 18 * 3600),
    customer,
    channel: random.chance(0.65) ? 'Sales rep' : 'Telephone',
    cart: null,
    booking,
    lines: [...products].map((product) => {
      const quantity = random.pick(product.packs) * (booking ? booking.tier : 1);
      return lineOf(product, quantity, customer, booking?.discount ?? 0);
    }),
    // A first order stands: how many customers came is known on the day.
    cancelled: !first && random.chance(CANCELLED_SHARE),
  };
}

function lineOf(product: Product, quantity: number, customer: Customer, extraDiscount: number): OrderLine {
  const list = quantity * listPrice(product, customer.currency);
  const net = netOf(list, customer.discount + extraDiscount);
  return { product, quantity, list, net, freight: freightOf(net), margin: marginOf(list, net) };
}

/** Key accounts draw from a stream of their own: a halved day of one leaves the others as they were. */
function keyAccountOrders(input: OrderInput, day: Day): Order[] {
  return keyAccounts.flatMap((customer) => {
    const random = randomStream(input.seed, `key-account/${customer.id}/${day.date}`);
    const orders = Array.from(
      { length: Math.max(KEY_ACCOUNT_ORDERS, Math.round(KEY_ACCOUNT_ORDERS * input.scale)) },
      (_, index) => {
        const products = new Set(
          Array.from({ length: KEY_ACCOUNT_LINES }, () => input.catalogue.draw(random)),
        );
        const lines = [...products].map((product) =>
          lineOf(product, Math.max(...product.packs), customer, 0),
        );
        const second = Math.min(20 * 3600, (6 + (index % 12)) * 3600 + random.int(3600));
        return {
          number: '',
          type: 'TA',
          day,
          second,
          customer,
          channel: 'EDI',
          cart: null,
          booking: null,
          lines,
          cancelled: false,
        } satisfies Order as Order;
      },
    );
    return customer.name === BRUECKNER && input.effects.halved(day.index)
      ? orders.slice(0, Math.ceil(orders.length / 2))
      : orders;
  });
}

function webOrder(day: Day, cart: Cart, random: Random): Order {
  if (!cart.customer || !cart.orders) throw new Error(`cart ${cart.code} is not ordered`);
  const lines = cart.lines.map(({ product, quantity, list, net }) => ({
    product,
    quantity,
    list,
    net,
    freight: freightOf(net),
    margin: marginOf(list, net),
  }));
  return {
    number: '',
    type: 'TA',
    day,
    second: cart.orders.second,
    customer: cart.customer,
    channel: 'Web shop',
    cart,
    booking: null,
    lines,
    cancelled: random.chance(CANCELLED_SHARE),
  };
}

/** Returns of the first line of earlier orders; each order is asked once. */
function takeBack(remembered: Order[], day: Day, count: number, random: Random): Order[] {
  const returns: Order[] = [];
  for (let index = 0; index < count && remembered.length > 0; index += 1) {
    const [order] = remembered.splice(random.int(remembered.length), 1) as [Order];
    returns.push({
      ...order,
      number: '',
      type: 'RE',
      day,
      second: random.between(9 * 3600, 17 * 3600),
      cart: null,
      lines: order.lines.slice(0, 1),
    });
  }
  return returns;
}
