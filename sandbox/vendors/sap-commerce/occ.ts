import { pageFrom } from '../../vendor-kit/pages.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';
import { entriesOf, type ShopDocument, type ShopStore } from './shop.ts';

export const OCC_SITE = 'marelune-spa';
export const OCC_USER = 'vigie-reader';

/**
 * OCC v2 as a technical user sees it who may view the orders of the whole unit tree. Forms as in Spartacus' recorded
 * answers: `pagination`, `placed` in UTC with `+0000`, prices with `value` and `currencyIso`; paths as its endpoint
 * configuration has them. `fields` only leaves out: here the answers are small anyway.
 */
export function answerOcc(call: VendorCall, store: ShopStore): VendorReply {
  const path = call.url.pathname.slice('/occ/v2/'.length).split('/');
  const [site, users, user, ...rest] = path;
  if (site !== OCC_SITE) return occError(400, 'InvalidResourceError', `Base site ${site} doesn't exist`);
  if (user !== OCC_USER) return occError(403, 'ForbiddenError', 'Access is denied');
  const what = `${users}/${rest.slice(0, 2).join('/')}`;
  if (what === 'orgUsers/orgUnits/orders') return orders(call, store, rest[2]);
  if (what === 'users/carts') return json(200, { carts: [] });
  if (what === 'users/orderReturns') return json(200, { returnRequests: [], ...pagination(call, 0) });
  return occError(404, 'UnknownResourceError', `There is no resource for path ${call.url.pathname}`);
}

function orders(call: VendorCall, store: ShopStore, code: string | undefined): VendorReply {
  if (code !== undefined) {
    const found = store.orders.find(({ order }) => order?.number === code);
    return found
      ? json(200, detail(found))
      : occError(
          400,
          'UnknownIdentifierError',
          `Order with guid ${code} not found for current user in current BaseStore`,
        );
  }
  const newestFirst = store.orders.toReversed();
  const { from, size } = pageOf(call);
  return json(200, {
    orders: pageFrom(newestFirst, from, size).items.map(summary),
    ...pagination(call, newestFirst.length),
    sorts: [{ code: 'byDate', selected: true }],
  });
}

/** 20 a page unless asked; 100 at most (RestParameters of the web services). */
function pageOf(call: VendorCall): { readonly from: number; readonly size: number } {
  const size = Math.min(100, Number(call.url.searchParams.get('pageSize') ?? 20));
  return { from: size * Number(call.url.searchParams.get('currentPage') ?? 0), size };
}

function pagination(call: VendorCall, total: number): object {
  const { from, size } = pageOf(call);
  return {
    pagination: {
      currentPage: from / size,
      pageSize: size,
      sort: 'byDate',
      totalPages: Math.ceil(total / size),
      totalResults: total,
    },
  };
}

const instant = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}+0000`;
const price = (cents: number, currencyIso: string): object => ({
  currencyIso,
  priceType: 'BUY',
  value: cents / 100,
});
const totalOf = ({ cart }: ShopDocument): number => cart.lines.reduce((sum, line) => sum + line.net, 0);

const summary = (document: ShopDocument): object => ({
  code: document.order?.number,
  guid: `guid-${document.cart.code}`,
  placed: instant(document.created),
  status: 'READY',
  statusDisplay: 'processing',
  total: price(totalOf(document), document.cart.currency),
});

function detail(document: ShopDocument): object {
  const { cart } = document;
  return {
    type: 'orderWsDTO',
    code: document.order?.number,
    guid: `guid-${cart.code}`,
    created: instant(document.created),
    status: 'READY',
    statusDisplay: 'processing',
    net: true,
    orgUnit: { active: true, name: cart.customer?.name, uid: cart.customer?.id },
    totalPrice: price(totalOf(document), cart.currency),
    orderDiscounts: price(0, cart.currency),
    totalItems: cart.lines.length,
    entries: entriesOf(document).map(({ line, place }) => ({
      entryNumber: place,
      quantity: line.quantity,
      basePrice: price(line.list / line.quantity, cart.currency),
      totalPrice: price(line.net, cart.currency),
      product: { code: line.product.id, name: line.product.name },
    })),
  };
}

const occError = (status: number, type: string, message: string): VendorReply =>
  json(status, { errors: [{ message, type }] });
