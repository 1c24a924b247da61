import type { Day } from '../../../kit/calendar.ts';
import { carrier, type Random, randomStream } from '../../../kit/random.ts';
import type { Cart } from './carts.ts';
import type { Catalogue } from './catalogue.ts';
import { visitsExpected } from './volumes.ts';
import { CHANNELS, DEVICES, type Device, LANDING_GROUPS, sessionId } from './web.ts';

export interface Session {
  /** Place among the sessions of its day, from 1. */
  readonly number: number;
  readonly day: Day;
  readonly second: number;
  readonly device: Device;
  readonly channel: string;
  readonly landing: string;
  readonly customer: string | null;
  readonly consented: boolean;
  readonly ordered: boolean;
  readonly bounced: boolean;
  readonly cart: Cart | null;
}

/** Sessions of one day, device, channel and landing group together. */
export interface SessionGroup {
  readonly day: Day;
  readonly device: Device;
  readonly channel: string;
  readonly landing: string;
  sessions: number;
  ordering: number;
  bounced: number;
}

export interface PageView {
  readonly id: string;
  readonly second: number;
  readonly kind: 'page' | 'product' | 'search' | 'cart_change';
  readonly product: string | null;
  readonly group: string | null;
}

/** Of the visits without a cart. */
const BOUNCED_SHARE: Readonly<Record<Device, number>> = {
  desktop: 0.42,
  tablet: 0.48,
  mobile: 0.57,
  other: 0.5,
};

/** A session counts as ordering when its cart is ordered on the same day: the tags know no more when they deliver. */
const orders = (cart: Cart): boolean => cart.orders?.day === cart.changed.day;

/** The sessions of a day one by one: those with a cart first, then the others. */
export function sessionsOf(seed: number, scale: number): (day: Day, carts: readonly Cart[]) => Session[] {
  const count = carrier();
  return (day, carts) => {
    const random = randomStream(seed, `sessions/${day.date}`);
    const withCart = carts.map(
      (cart, index): Session => ({
        number: index + 1,
        day,
        second: cart.createdSecond,
        device: cart.device,
        channel: cart.channel,
        landing: random.pick(LANDING_GROUPS),
        customer: cart.customer?.id ?? null,
        consented: random.chance(0.7),
        ordered: orders(cart),
        bounced: false,
        cart,
      }),
    );
    const visits = Array.from({ length: count(visitsExpected(day) * scale) }, (_, index): Session => {
      const device = random.pick(DEVICES);
      return {
        number: carts.length + index + 1,
        day,
        second: random.between(6 * 3600, 23 * 3600),
        device,
        channel: random.pick(CHANNELS),
        landing: random.pick(LANDING_GROUPS),
        customer: null,
        consented: random.chance(0.7),
        ordered: false,
        bounced: random.chance(BOUNCED_SHARE[device]),
        cart: null,
      };
    });
    return [...withCart, ...visits];
  };
}

/** The sessions of a day added up, as the tag system keeps them when they are old. */
export function grouped(sessions: readonly Session[]): SessionGroup[] {
  const groups = new Map<string, SessionGroup>();
  for (const session of sessions) {
    const key = `${session.device}/${session.channel}/${session.landing}`;
    const { day, device, channel, landing } = session;
    const group = groups.get(key) ?? { day, device, channel, landing, sessions: 0, ordering: 0, bounced: 0 };
    group.sessions += 1;
    group.ordering += session.ordered ? 1 : 0;
    group.bounced += session.bounced ? 1 : 0;
    groups.set(key, group);
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** What was seen in a session. A bounce is one page. */
export function pageViewsOf(session: Session, catalogue: Catalogue, random: Random): PageView[] {
  const id = sessionId(session.day, session.number);
  const view = (
    kind: PageView['kind'],
    product: string | null,
    group: string | null,
    at: number,
  ): PageView => ({
    id: `${id}-${at}`,
    second: Math.min(86_399, session.second + at * 40),
    kind,
    product,
    group,
  });
  const views = [view('page', null, session.landing, 1)];
  if (session.bounced) return views;
  const more = random.between(1, 3);
  for (let at = 2; at < 2 + more; at += 1) {
    const kind = random.chance(0.65) ? 'product' : random.chance(0.6) ? 'search' : 'page';
    views.push(
      view(
        kind,
        kind === 'product' ? catalogue.draw(random).id : null,
        kind === 'page' ? random.pick(LANDING_GROUPS) : null,
        at,
      ),
    );
  }
  for (const line of session.cart?.lines ?? [])
    views.push(view('cart_change', line.product.id, null, views.length + 1));
  return views;
}
