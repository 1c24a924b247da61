import type { DrivenKpi } from '../../functions/lake/drivers/form.ts';
import { invent } from '../../sandbox/companies/wholesale/invent.ts';

/** Something that happened: what it adds to numerator and denominator, and the members it belongs to. */
export interface Fact {
  readonly day: number;
  readonly numerator: number;
  readonly denominator: number;
  /** So many alike. */
  readonly times: number;
  /** By place of the dimension; several where a cart holds several brands. */
  readonly members: readonly (string | readonly string[])[];
  /** The order a line is of. */
  readonly group: number;
}

/** What there is of a KPI, by day. */
export interface Facts {
  readonly id: string;
  readonly kpi: DrivenKpi;
  readonly dimensions: readonly string[];
  /** Dimensions whose facts come and go by whole orders, not by line. */
  readonly grouped: ReadonlySet<string>;
  /** Dimensions of which only the 50 largest of the year are kept. */
  readonly top: ReadonlySet<string>;
  /** What a planted cause does: things come and go, a share of them turns, or the amounts of one side change. */
  readonly plants: 'things' | 'turns' | 'numerators' | 'denominators';
  readonly days: readonly (readonly Fact[])[];
}

export interface Lived {
  readonly dates: readonly string[];
  readonly facts: readonly Facts[];
  /** Names of exactly the same rows, by how the company is made: `category/…` to `brand/…`. */
  readonly twins: Readonly<Record<string, string>>;
}

type Shape = Omit<Facts, 'days'>;
const none = new Set<string>();

const SHAPES = {
  net_revenue: {
    id: 'net_revenue',
    kpi: { ratio: false, unit: 'currency' },
    dimensions: ['channel', 'region', 'industry', 'category', 'brand', 'product', 'customer'],
    grouped: new Set(['channel', 'region', 'industry', 'customer']),
    top: new Set(['product', 'customer']),
    plants: 'things',
  },
  orders: {
    id: 'orders',
    kpi: { ratio: false, unit: 'count' },
    dimensions: ['channel', 'region', 'industry'],
    grouped: none,
    top: none,
    plants: 'things',
  },
  average_order_value: {
    id: 'average_order_value',
    kpi: { ratio: true, unit: 'currency' },
    dimensions: ['channel', 'region', 'industry'],
    grouped: none,
    top: none,
    plants: 'numerators',
  },
  cart_abandonment_rate: {
    id: 'cart_abandonment_rate',
    kpi: { ratio: true, unit: 'percent' },
    dimensions: ['device', 'channel', 'region', 'category', 'brand'],
    grouped: none,
    top: none,
    plants: 'turns',
  },
  conversion_rate: {
    id: 'conversion_rate',
    kpi: { ratio: true, unit: 'percent' },
    dimensions: ['device', 'channel', 'landing_group'],
    grouped: none,
    top: none,
    plants: 'turns',
  },
  bounce_rate: {
    id: 'bounce_rate',
    kpi: { ratio: true, unit: 'percent' },
    dimensions: ['channel', 'device'],
    grouped: none,
    top: none,
    plants: 'turns',
  },
  return_on_ad_spend: {
    id: 'return_on_ad_spend',
    kpi: { ratio: true, unit: 'ratio' },
    dimensions: ['platform', 'campaign'],
    grouped: none,
    top: none,
    plants: 'denominators',
  },
} as const satisfies Record<string, Shape>;

export type KpiId = keyof typeof SHAPES;

const TWINS = {
  'category/Truck tyres': 'brand/Bohemond',
  'category/Batteries': 'brand/Voltaine',
  'category/Wipers & lighting': 'brand/Lumino',
};

/** Lets a sandbox company live without any story, and keeps what seven KPIs are made of. */
export function live(seed: number, endsOn: string, count: number): Lived {
  const { company, days } = invent({ seed, endsOn, days: count, scale: 1, stories: false });
  const facts = Object.fromEntries(
    Object.keys(SHAPES).map((id) => [id, days.map((): Fact[] => [])]),
  ) as Record<KpiId, Fact[][]>;
  const add = (
    id: KpiId,
    day: number,
    fact: Omit<Fact, 'day' | 'group' | 'times'> & { group?: number; times?: number },
  ) => facts[id][day]?.push({ day, group: 0, times: 1, ...fact });
  let group = 0;
  for (const { day, orders, settled, sessions, spends } of company.live()) {
    const at = day.index;
    for (const order of orders) {
      if (order.cancelled) continue;
      group += 1;
      const sign = order.type === 'RE' ? -1 : 1;
      const { customer } = order;
      const who = [order.channel, customer.region ?? '(unknown)', customer.industry];
      let amount = 0;
      for (const line of order.lines) {
        const net = (sign * company.rates.toEuro(line.net, customer.currency, at)) / 10_000;
        amount += net;
        const { category, brand, id } = line.product;
        add('net_revenue', at, {
          numerator: net,
          denominator: 1,
          group,
          members: [...who, category, brand, id, customer.id],
        });
      }
      const isOrder = sign > 0 ? 1 : 0;
      if (isOrder) add('orders', at, { numerator: 1, denominator: 1, members: who });
      add('average_order_value', at, { numerator: amount, denominator: isOrder, members: who });
    }
    for (const cart of settled) {
      const abandoned =
        cart.orders === null ||
        cart.orders.day > cart.settles.day ||
        (cart.orders.day === cart.settles.day && cart.orders.second > cart.settles.second);
      const of = (name: 'category' | 'brand') => [...new Set(cart.lines.map(({ product }) => product[name]))];
      add('cart_abandonment_rate', at, {
        numerator: abandoned ? 1 : 0,
        denominator: 1,
        members: [cart.device, cart.channel, cart.region ?? '(unknown)', of('category'), of('brand')],
      });
    }
    const visits = new Map<
      string,
      { times: number; members: string[]; ordered: boolean; bounced: boolean }
    >();
    for (const { device, channel, landing, ordered, bounced } of sessions) {
      const key = `${device}/${channel}/${landing}/${ordered}/${bounced}`;
      const known = visits.get(key) ?? { times: 0, members: [device, channel, landing], ordered, bounced };
      known.times += 1;
      visits.set(key, known);
    }
    for (const { times, members, ordered, bounced } of visits.values()) {
      add('conversion_rate', at, { times, numerator: ordered ? 1 : 0, denominator: 1, members });
      add('bounce_rate', at, {
        times,
        numerator: bounced ? 1 : 0,
        denominator: 1,
        members: [members[1] ?? '', members[0] ?? ''],
      });
    }
    for (const spend of spends)
      add('return_on_ad_spend', at, {
        numerator: spend.value / 100,
        denominator: spend.cost / 100,
        members: [spend.campaign.platform, spend.campaign.name],
      });
  }
  return {
    dates: days.slice(0, count).map(({ date }) => date),
    facts: (Object.keys(SHAPES) as KpiId[]).map((id) => ({ ...SHAPES[id], days: facts[id] })),
    twins: TWINS,
  };
}
