import type { Customer } from '../../companies/wholesale/business/customer.ts';
import type { Day } from '../../kit/calendar.ts';
import { BadQuery } from '../../odata/bad-query.ts';
import { answerQuery, type ServedSet } from '../../odata/service.ts';
import { html, json } from '../../vendor-kit/replies.ts';
import type { DailyVendor, MakeVendor, VendorCall, VendorReply, VendorWorld } from '../vendor.ts';
import { doorkeeper, sapSecret, TOKEN_PATH } from './access.ts';
import { type DocumentFacts, documentType, type Family, families } from './document-types.ts';
import { type DocumentStore, documentStore, type SalesDocument } from './documents.ts';
import { businessPartnerType, productType, stockType } from './master-data.ts';

/** What a test may want otherwise. */
export interface SapHabits {
  /** Services the user has no authorisation for. */
  readonly denied?: readonly string[];
  /** A maintenance page instead of answers, as a load balancer puts it up: in HTML, with this status. */
  readonly maintenance?: 200 | 503;
}

const V2 = '/sap/opu/odata/sap/';
const V4 = '/sap/opu/odata4/sap/api_salesorder/srvd_a2x/sap/salesorder/0001/';
/** Most records a page holds: SAP pages on its own when `$top` is not given, or asks for more. */
const PAGE = 1000;

/**
 * SAP S/4HANA's OData services, V2 and V4. `d.results`, `__next`, `/Date(ms)/`: as in the recorded answer of SAP's
 * sandbox and OData 2.0. V4: `value`, `@odata.nextLink`: OData JSON 4.0.
 */
export const makeVendor: MakeVendor = (world) => sapVendor(world);

export function sapVendor(world: VendorWorld, habits: SapHabits = {}): DailyVendor {
  const store = documentStore();
  const door = doorkeeper(() => world.now());
  let today = world.days[0] as Day;
  const sets = setsOf(world, store, () => today);
  return {
    kind: 'sap-s4',
    secret: sapSecret,
    day(happened) {
      today = happened.day;
      store.day(happened);
    },
    answer(call) {
      const date = { date: world.now().toUTCString() };
      const reply = habits.maintenance ? maintenance(habits.maintenance) : route(call, sets, door, habits);
      return { ...reply, headers: { ...date, ...reply.headers } };
    },
  };
}

type Sets = (service: string, set: string, language: string) => ServedSet<never> | undefined;

/** Names of sets by service; sales documents by logon language, which decides their keys. */
function setsOf(world: VendorWorld, store: DocumentStore, today: () => Day): Sets {
  const { company } = world;
  const version = store.version;
  const customers = (): readonly Customer[] =>
    company.customers.filter(({ openedOn }) => openedOn <= today().index);
  const fixed: Readonly<Record<string, ServedSet<never>>> = {
    'API_BUSINESS_PARTNER/A_BusinessPartner': erased({
      ...{ type: businessPartnerType(world.days[0] as Day), records: customers, version },
    }),
    'API_PRODUCT_SRV/A_Product': erased({
      ...{ type: productType, records: () => company.catalogue.products, version },
    }),
    'API_MATERIAL_STOCK_SRV/A_MaterialStock': erased({
      ...{ type: stockType(company.stock, today), records: () => company.catalogue.products, version },
    }),
  };
  const byLanguage = new Map<string, Readonly<Record<string, ServedSet<never>>>>();
  return (service, set, language) => {
    const german = language === 'DE';
    const documents = byLanguage.get(String(german)) ?? documentSets(store, german);
    byLanguage.set(String(german), documents);
    return fixed[`${service}/${set}`] ?? documents[`${service}/${set}`];
  };
}

function documentSets(store: DocumentStore, german: boolean): Readonly<Record<string, ServedSet<never>>> {
  const facts: DocumentFacts = {
    german,
    isOpen: store.isOpen,
    typeKey: (type) => (type === 'TA' && !german ? 'OR' : type),
  };
  const served = (family: Family, records: readonly SalesDocument[]): ServedSet<never> =>
    erased({ type: documentType(family, facts), records: () => records, version: store.version });
  return {
    'API_SALES_ORDER_SRV/A_SalesOrder': served(families.orders, store.orders),
    'API_CUSTOMER_RETURN_SRV/A_CustomerReturn': served(families.returns, store.returns),
    'V4/SalesOrder': served(families.ordersV4, store.orders),
  };
}

const erased = <T>(set: ServedSet<T>): ServedSet<never> => set as unknown as ServedSet<never>;

function route(
  call: VendorCall,
  sets: Sets,
  door: ReturnType<typeof doorkeeper>,
  habits: SapHabits,
): VendorReply {
  const { pathname, searchParams, origin } = call.url;
  if (pathname === TOKEN_PATH) return door.token(call);
  const refused = door.refuse(call);
  if (refused) return refused;
  const isV4 = pathname.startsWith(V4);
  const protocol = isV4 ? 'v4' : 'v2';
  if (!isV4 && !pathname.startsWith(V2))
    return error(protocol, 404, '/IWFND/CM_MGW_RT/020', `Resource not found`);
  const [service = '', name = ''] = isV4
    ? ['V4', pathname.slice(V4.length)]
    : pathname.slice(V2.length).split('/');
  if (habits.denied?.includes(service))
    return error(protocol, 403, '/IWFND/CM_MGW/004', 'No authorization to access Service');
  if (call.method !== 'GET') return error(protocol, 403, '/IWFND/CM_MGW/098', 'CSRF token validation failed');
  const set = sets(service, name, (searchParams.get('sap-language') ?? 'EN').toUpperCase());
  if (!set) return unknown(protocol, service, name);
  try {
    return answerQuery(set, call, {
      protocol,
      base: `${origin}${isV4 ? V4 : `${V2}${service}/`}`,
      defaultPage: PAGE,
      mostPage: PAGE,
      headers: isV4 ? { 'odata-version': '4.0' } : { dataserviceversion: '2.0' },
    });
  } catch (thrown) {
    if (thrown instanceof BadQuery) return error(protocol, 400, '/IWBEP/CM_MGW_RT/021', thrown.message);
    throw thrown;
  }
}

/** Codes and sentences of SAP Gateway; the inner error names the transaction an administrator finds in /IWFND/ERROR_LOG. */
function unknown(protocol: 'v2' | 'v4', service: string, set: string): VendorReply {
  if (protocol === 'v2' && set === '')
    return error(
      protocol,
      403,
      '/IWFND/MED/170',
      `No service found for namespace '', name '${service}', version '0001'`,
    );
  return error(protocol, 404, '/IWFND/CM_MGW_RT/022', `Resource not found for segment '${set}'`);
}

function error(protocol: 'v2' | 'v4', status: number, code: string, message: string): VendorReply {
  const words = protocol === 'v2' ? { lang: 'en', value: message } : message;
  const inner = { transactionid: 'E0B3C2A6F1A24D5A9F00', timestamp: '20261122050000.0000000' };
  return json(status, { error: { code, message: words, innererror: inner } });
}

const maintenance = (status: number): VendorReply =>
  html(
    status,
    '<!DOCTYPE html><html><head><title>Scheduled maintenance</title></head><body><h1>The system is currently being maintained</h1></body></html>',
    status === 503 ? { 'retry-after': '120' } : {},
  );
