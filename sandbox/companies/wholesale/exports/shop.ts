import { addDays } from '../../../../functions/lake/values/day.ts';
import { type Day, localText } from '../../../kit/calendar.ts';
import { plain } from '../../../kit/words.ts';
import type { Cart } from '../business/carts.ts';

/** The shop's exports: newline JSON, nested, with instants in local time and their offset. */

/** A cart as it is known when exported: an order that came later is not in it yet. */
export function cartLine(cart: Cart, days: readonly Day[], known: Day): string {
  const changed = days[cart.changed.day] as Day;
  const ordered = cart.orders && cart.orders.day <= known.index ? cart.orders : null;
  return JSON.stringify({
    code: cart.code,
    createdTime: localText(changed, cart.createdSecond),
    modifiedTime: localText(changed, cart.changed.second),
    user: { uid: cart.customer?.id ?? null },
    visit: {
      id: cart.session,
      device: cart.device.toUpperCase(),
      channel: cart.channel,
      region: cart.region,
    },
    entryCount: cart.lines.length,
    order: {
      code: ordered ? cart.order : null,
      placedTime: ordered ? localText(days[ordered.day] as Day, ordered.second) : null,
    },
  });
}

export function* cartEntryLines(cart: Cart, days: readonly Day[]): Generator<string> {
  const changed = days[cart.changed.day] as Day;
  const settles = days[cart.settles.day]?.date ?? addDays(changed.date, 1);
  for (const [entryNumber, line] of cart.lines.entries()) {
    // Written by hand: a price keeps its two decimals.
    yield `{"cart":"${cart.code}","entryNumber":${entryNumber},"addedDate":"${changed.date}","settlesDate":"${settles}",` +
      `"product":{"code":"${line.product.id}","stockLevelStatus":"${line.outOfStock ? 'outOfStock' : 'inStock'}"},` +
      `"quantity":${line.quantity},"totalPrice":{"value":${plain(line.net)},"currencyIso":"${cart.currency}"}}`;
  }
}

/** A cart that an old version of the export left without its time. */
export const brokenCartLine = (number: number): string =>
  JSON.stringify({
    code: `c-broken-${number}`,
    createdTime: null,
    modifiedTime: 'null',
    user: { uid: null },
    visit: { id: null, device: 'DESKTOP', channel: 'Direct', region: null },
    entryCount: 1,
    order: { code: null, placedTime: null },
  });
