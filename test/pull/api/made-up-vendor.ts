import type { HttpRequest } from '../../../functions/platform/http.ts';
import type { Reply } from './web.ts';

export interface MadeUpOrder {
  readonly id: string;
  readonly day: string;
  readonly changedAt: string;
  readonly deleted?: boolean;
  readonly email?: string;
  readonly phone?: string;
  readonly lines: readonly { readonly no: string; readonly units: string; readonly net: string }[];
}

/** The made-up vendor: what it knows, and how it answers. Tests change what it knows between pulls. */
export interface MadeUpVendor {
  readonly orders: Map<string, MadeUpOrder>;
  /** account → day → campaign → millionths. */
  readonly spend: Map<string, Map<string, Map<string, number>>>;
  readonly customers: Map<string, string>;
  pageSize: number;
  answer(request: HttpRequest, url: URL): Reply;
}

export const TOKEN = 'canary-token-1234567890';

export function madeUpVendor(): MadeUpVendor {
  const vendor: MadeUpVendor = {
    orders: new Map(),
    spend: new Map(),
    customers: new Map(),
    pageSize: 2,
    answer(request, url) {
      if (request.headers['authorization'] !== `Bearer ${TOKEN}`)
        return { status: 401, body: { error: 'who?' } };
      const value = valueFor(vendor, url);
      const skip = Number(url.searchParams.get('skip') ?? 0);
      const next = new URL(url);
      next.searchParams.set('skip', String(skip + vendor.pageSize));
      const isLast = skip + vendor.pageSize >= value.length;
      return {
        body: { value: value.slice(skip, skip + vendor.pageSize), ...(isLast ? {} : { next: next.href }) },
      };
    },
  };
  return vendor;
}

function valueFor({ orders, spend, customers }: MadeUpVendor, url: URL): unknown[] {
  const parameter = (name: string): string => url.searchParams.get(name) ?? '';
  switch (url.pathname) {
    case '/orders':
      return [...orders.values()]
        .filter(({ changedAt }) => changedAt >= parameter('since'))
        .sort((a, b) => (a.changedAt < b.changedAt ? -1 : 1))
        .map(wireOrder);
    case '/spend': {
      const days = [...(spend.get(parameter('account')) ?? [])];
      return days
        .filter(([day]) => day >= parameter('from') && day <= parameter('to'))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([day, campaigns]) =>
          [...campaigns].map(([campaign, micros]) => ({ day, campaign, micros: String(micros) })),
        );
    }
    default:
      return [...customers].map(([id, name]) => ({ id, name }));
  }
}

const wireOrder = ({ id, day, changedAt, deleted, lines, email, phone }: MadeUpOrder) => ({
  id,
  day,
  at: changedAt,
  currency: 'EUR',
  ...(deleted ? { deleted } : {}),
  buyer: { email: email ?? null, phone: phone ?? null },
  lines,
});
