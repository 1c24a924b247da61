import { DAY_MS } from '../../../../functions/lake/values/day.ts';
import type { Day } from '../../../kit/calendar.ts';
import { hash } from '../../../kit/random.ts';
import { FJELLGRIP, type Product } from './catalogue.ts';
import type { Effects } from './effects.ts';

export const WAREHOUSES = ['1000', '1100'] as const;

export interface Stock {
  /** Whether the article could not be promised on that day, in any warehouse. */
  isOut(product: Product, day: Day): boolean;
  /** Units available at the end of the day. */
  available(product: Product, warehouse: string, day: Day): number;
}

/** Now and then a single article is sold out for a few days: so many spells in ten thousand. */
const SPELL_DAYS = 4;
const SPELLS_OUT = 90;

/** Stock follows from seed, article and day, so that it can be asked for in any order. */
export function stockOf(seed: number, effects: Effects): Stock {
  const isOut = (product: Product, day: Day): boolean =>
    (product.brand === FJELLGRIP && effects.stockOut(day.index)) ||
    hash(
      `${seed}/out/${product.id}/${Math.floor(day.utcMidnight / DAY_MS / SPELL_DAYS + product.index / 4)}`,
    ) %
      10_000 <
      SPELLS_OUT;
  return {
    isOut,
    available(product, warehouse, day) {
      if (isOut(product, day)) return 0;
      const usual = 40 + (hash(`${seed}/usual/${product.id}/${warehouse}`) % 400);
      return usual + (hash(`${seed}/${day.date}/${product.id}/${warehouse}`) % 60) - 20;
    },
  };
}
