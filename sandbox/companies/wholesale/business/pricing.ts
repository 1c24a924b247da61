import type { Product } from './catalogue.ts';
import type { Currency } from './customer.ts';

/** The price lists of the foreign currencies, in per cent of the euro list. */
const LIST_FACTOR: Readonly<Record<Currency, number>> = { EUR: 100, CHF: 104, GBP: 89 };

/** List price of one piece, in cents of the currency. */
export const listPrice = (product: Product, currency: Currency): number =>
  Math.round((product.price * LIST_FACTOR[currency]) / 100);

/** An amount less a discount in per cent, in whole cents. */
export const netOf = (list: number, discount: number): number => Math.round((list * (100 - discount)) / 100);

/** Freight that the company bears, and the margin that is left of a net amount: cents. */
export const freightOf = (net: number): number => Math.round(net * 0.018);
export const marginOf = (list: number, net: number): number => net - Math.round(list * 0.68);
