import type { Day } from '../../kit/calendar.ts';
import { BadQuery } from '../../odata/bad-query.ts';
import { answerQuery, type ServedSet } from '../../odata/service.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { DailyVendor, MakeVendor, VendorCall, VendorReply, VendorWorld } from '../vendor.ts';
import { commerceSecret, doorkeeper, TOKEN_PATH } from './access.ts';
import { b2bUnitType, documentTypes, productType, stockLevelType, stockRows } from './integration-types.ts';
import { answerOcc } from './occ.ts';
import { type ShopStore, shopStore } from './shop.ts';

/** With references between entities, and the same without: `VigieFlat` has their keys instead. */
const OBJECTS = ['VigieExport', 'VigieFlat'] as const;
const ODATA = '/odata2webservices/';

/** SAP Commerce: authorization server, Integration API and OCC. */
export const makeVendor: MakeVendor = (world) => commerceVendor(world);

export function commerceVendor(world: VendorWorld): DailyVendor {
  const store = shopStore(world.days);
  const door = doorkeeper(() => world.now());
  let today = world.days[0] as Day;
  const sets = setsOf(world, store, () => today);
  return {
    kind: 'sap-commerce',
    secret: commerceSecret,
    day(happened) {
      today = happened.day;
      store.day(happened);
    },
    answer(call) {
      const reply = route(call, { sets, store, door });
      return { ...reply, headers: { date: world.now().toUTCString(), ...reply.headers } };
    },
  };
}

type Sets = Readonly<Record<string, Readonly<Record<string, ServedSet<never>>>>>;

function setsOf(world: VendorWorld, store: ShopStore, today: () => Day): Sets {
  const { company } = world;
  const version = store.version;
  const stock = stockRows(company.catalogue.products);
  const served = <T>(set: ServedSet<T>): ServedSet<never> => set as unknown as ServedSet<never>;
  const documents = (flat: boolean) => {
    const { cart, order } = documentTypes(flat);
    return {
      Carts: served({ type: cart, records: store.carts, version }),
      Orders: served({ type: order, records: () => store.orders, version }),
    };
  };
  const masterData = {
    B2BUnits: served({
      ...{ type: b2bUnitType(world.days[0] as Day), version },
      records: () => company.customers.filter(({ openedOn }) => openedOn <= today().index),
    }),
    Products: served({ type: productType, records: () => company.catalogue.products, version }),
    StockLevels: served({ type: stockLevelType(company.stock, today), records: () => stock, version }),
  };
  return { VigieExport: { ...documents(false), ...masterData }, VigieFlat: documents(true) };
}

interface Rooms {
  readonly sets: Sets;
  readonly store: ShopStore;
  readonly door: ReturnType<typeof doorkeeper>;
}

function route(call: VendorCall, { sets, store, door }: Rooms): VendorReply {
  const { pathname, origin } = call.url;
  if (pathname === TOKEN_PATH) return door.token(call);
  const refused = door.refuse(call);
  if (refused) return refused;
  if (pathname.startsWith('/occ/v2/')) return answerOcc(call, store);
  if (!pathname.startsWith(ODATA))
    return json(404, { errors: [{ type: 'UnknownResourceError', message: pathname }] });
  const [object = '', name = ''] = pathname.slice(ODATA.length).split('/');
  // A client without the channel configuration of an object does not learn whether it exists.
  if (!OBJECTS.some((each) => each === object)) return odataError(403, 'forbidden', 'Access is denied');
  const set = sets[object]?.[name];
  if (!set)
    return odataError(404, 'not_found', `Could not find an entity set or function import for '${name}'.`);
  if (call.method !== 'GET')
    return odataError(405, 'method_not_allowed', 'The integration object is read only');
  try {
    // odata2services.page.size.default and .max, as the platform ships.
    const pages = { defaultPage: 10, mostPage: 1000 };
    return answerQuery(set, call, { protocol: 'v2', base: `${origin}${ODATA}${object}/`, ...pages });
  } catch (error) {
    if (error instanceof BadQuery) return odataError(400, 'odata_error', error.message);
    throw error;
  }
}

const odataError = (status: number, code: string, message: string): VendorReply =>
  json(status, { error: { code, message: { lang: 'en', value: message }, innererror: null } });
