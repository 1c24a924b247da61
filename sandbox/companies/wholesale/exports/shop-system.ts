import { brokenCartLine, cartEntryLines, cartLine } from './shop.ts';
import {
  badDay,
  closeAll,
  DAILY_DAYS,
  dated,
  type ExportInput,
  flattened,
  mapped,
  type System,
} from './system.ts';

/** The shop exports a cart when its 24 hours end, and once more when it is ordered after that. */
export function shop(input: ExportInput): System {
  const carts = dated(input, DAILY_DAYS, {
    daily: 'exports/shop/carts_{date}.ndjson.gz',
    monthly: 'exports/shop/history/carts_{month}.ndjson.gz',
    dashes: true,
  });
  const entries = dated(input, DAILY_DAYS, {
    daily: 'exports/shop/cart_entries_{date}.ndjson.gz',
    monthly: 'exports/shop/history/cart_entries_{month}.ndjson.gz',
    dashes: true,
  });
  const bad = badDay(input);
  return {
    async day({ day, settled, orderedLate }) {
      for (const cart of settled) input.rows.cart_lines += cart.lines.length;
      input.rows.carts += settled.length;
      const broken = day.index === bad ? [brokenCartLine(1)] : [];
      if (broken.length > 0) input.rejected.carts = broken.length;
      if (settled.length + orderedLate.length === 0) return;
      await carts.add(
        day,
        mapped([...settled, ...orderedLate], (cart) => cartLine(cart, input.days, day)),
      );
      if (broken.length > 0) await carts.add(day, broken);
      if (settled.length === 0) return;
      await entries.add(
        day,
        flattened(settled, (cart) => cartEntryLines(cart, input.days)),
      );
    },
    close: () => closeAll([carts, entries]),
  };
}
