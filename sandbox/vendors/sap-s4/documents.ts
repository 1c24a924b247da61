import type { CompanyDay } from '../../companies/wholesale/business/company.ts';
import type { Order, OrderLine } from '../../companies/wholesale/business/orders.ts';
import type { Day } from '../../kit/calendar.ts';

/** A sales document as SAP keeps it. */
export interface SalesDocument {
  readonly order: Order;
  /** LastChangeDateTime, in ms. */
  changed: number;
  /** Every item has a reason for rejection. */
  rejected: boolean;
}

export interface SalesItem {
  readonly document: SalesDocument;
  readonly line: OrderLine;
  /** From 0. */
  readonly place: number;
}

/** The documents, by number; a cancelled one is changed on the day of its cancellation. */
export interface DocumentStore {
  day(happened: CompanyDay): void;
  /** Sales orders and bookings, by number. */
  readonly orders: readonly SalesDocument[];
  /** Customer returns: SAP gives them out through a service of their own. */
  readonly returns: readonly SalesDocument[];
  /** Rises with every day. */
  version(): number;
  /** Documents of the last three days of trade are still being delivered. */
  isOpen(document: SalesDocument): boolean;
}

/** Late enough that the day's orders are in. */
const CANCELLED_AT = 20 * 3600;
const OPEN_DAYS = 3;

export const instantOf = (day: Day, second: number): number => day.utcMidnight + (second - day.offset) * 1000;

export function documentStore(): DocumentStore {
  const orders: SalesDocument[] = [];
  const returns: SalesDocument[] = [];
  const byNumber = new Map<string, SalesDocument>();
  const lastTradingDays: number[] = [];
  let version = 0;
  return {
    orders,
    returns,
    version: () => version,
    isOpen: ({ order }) => order.day.index >= (lastTradingDays[0] ?? 0),
    day({ day, orders: placed, cancelled }) {
      version += 1;
      if (day.trading) lastTradingDays.push(day.index);
      if (lastTradingDays.length > OPEN_DAYS) lastTradingDays.shift();
      for (const order of placed) {
        const document = { order, changed: instantOf(order.day, order.second), rejected: false };
        (order.type === 'RE' ? returns : orders).push(document);
        // Only what may be cancelled has to be found again.
        if (order.cancelled) byNumber.set(order.number, document);
      }
      for (const order of cancelled) {
        const document = byNumber.get(order.number);
        if (!document) continue;
        document.rejected = true;
        document.changed = instantOf(day, CANCELLED_AT + (Number(order.number) % 3600));
        byNumber.delete(order.number);
      }
    },
  };
}

export const itemsOf = (document: SalesDocument): SalesItem[] =>
  document.order.lines.map((line, place) => ({ document, line, place }));

/** Cents as an amount. */
export const amount = (cents: number): string => {
  const size = Math.abs(cents);
  return `${cents < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
};
