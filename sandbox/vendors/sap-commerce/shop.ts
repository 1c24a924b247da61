import type { Cart, CartLine } from '../../companies/wholesale/business/carts.ts';
import type { CompanyDay } from '../../companies/wholesale/business/company.ts';
import type { Order } from '../../companies/wholesale/business/orders.ts';
import type { Day } from '../../kit/calendar.ts';

/** A cart or an order as the shop's tables hold it: both are abstract orders with entries. */
export interface ShopDocument {
  readonly cart: Cart;
  /** The order that the cart became; null while it is a cart. */
  readonly order: Order | null;
  readonly created: number;
  readonly modified: number;
  /** Last change of the cart’s items. */
  readonly changed: number;
}

export interface ShopEntry {
  readonly document: ShopDocument;
  readonly line: CartLine;
  readonly place: number;
}

/** The shop's carts and orders. When a cart is ordered, it is removed and an order takes its place, as `placeOrder` does. */
export interface ShopStore {
  day(happened: CompanyDay): void;
  carts(): readonly ShopDocument[];
  readonly orders: readonly ShopDocument[];
  version(): number;
}

export function shopStore(days: readonly Day[]): ShopStore {
  const carts = new Map<string, ShopDocument>();
  const orders: ShopDocument[] = [];
  let version = 0;
  let listed: { readonly version: number; readonly carts: readonly ShopDocument[] } | undefined;
  const instant = (day: number, second: number): number => {
    const { utcMidnight, offset } = days[day] as Day;
    return utcMidnight + (second - offset) * 1000;
  };
  return {
    orders,
    version: () => version,
    carts() {
      if (listed?.version !== version) listed = { version, carts: [...carts.values()] };
      return listed.carts;
    },
    day({ filled, orders: placed }) {
      version += 1;
      for (const cart of filled) {
        const changed = instant(cart.changed.day, cart.changed.second);
        const created = instant(cart.changed.day, cart.createdSecond);
        carts.set(cart.code, { cart, order: null, created, modified: changed, changed });
      }
      for (const order of placed) {
        const document = order.cart ? carts.get(order.cart.code) : undefined;
        if (!document) continue;
        carts.delete(document.cart.code);
        const at = instant(order.day.index, order.second);
        orders.push({ ...document, order, created: at, modified: at });
      }
    },
  };
}

export const entriesOf = (document: ShopDocument): ShopEntry[] =>
  document.cart.lines.map((line, place) => ({ document, line, place }));

/** Cents as Java prints a double: `12.5`, `100.0`. */
export const asDouble = (cents: number): string => {
  const number = cents / 100;
  return Number.isInteger(number) ? `${number}.0` : String(number);
};
