import { addDays } from '../../../lake/values/day.ts';
import { odataPages } from '../../api/odata/pages.ts';
import { expansionsFor, type ODataQuery, odataDateTime, odataText } from '../../api/odata/query.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

type SetName = keyof Settings['sets'];

/** Pages of a set of the Integration API. */
function setPages(
  vendor: Vendor,
  settings: Settings,
  name: SetName,
  question: Pick<ODataQuery, 'filter' | 'expand'>,
): AsyncIterable<RawPage> {
  const query: ODataQuery = {
    protocol: 'v2',
    path: `/odata2webservices/${settings.sets[name]}`,
    pageSize: settings.page_size,
    count: settings.check_count,
    key: ['integrationKey'],
    orderby: settings.sort_by[name] ?? undefined,
    ...question,
  };
  return odataPages(vendor, query, `${name} of SAP Commerce`);
}

/** Paths of a document’s own attributes, and of its entries’ below the list. */
function pathsOf(attributes: Settings['cart'] | Settings['order']): (string | null)[] {
  const ofEntry = new Set([
    'line_id',
    'product_id',
    'quantity',
    'amount',
    'base_price',
    'added_at',
    'out_of_stock',
  ]);
  return Object.entries(attributes).map(([name, path]) =>
    path !== null && ofEntry.has(name) ? `${attributes.entries}.${path}` : path,
  );
}

/** A day earlier than wanted, at midnight UTC: what is too early in the company’s zone is left out by the mapping. */
const dayBefore = (startsOn: string): string => odataDateTime(`${addDays(startsOn, -1)}T00:00:00Z`);

export const cartPages = (
  vendor: Vendor,
  settings: Settings,
  { since, startsOn }: Slice,
): AsyncIterable<RawPage> =>
  setPages(vendor, settings, 'carts', {
    filter: `${settings.changed} ge ${since === null ? dayBefore(startsOn) : odataDateTime(since)}`,
    expand: expansionsFor(pathsOf(settings.cart)),
  });

export function orderPages(
  vendor: Vendor,
  settings: Settings,
  { since, startsOn }: Slice,
): AsyncIterable<RawPage> {
  const placed = `${settings.order.ordered_at} ge ${dayBefore(startsOn)}`;
  return setPages(vendor, settings, 'orders', {
    filter: since === null ? placed : `${placed} and ${settings.changed} ge ${odataDateTime(since)}`,
    expand: expansionsFor(pathsOf(settings.order)),
  });
}

export const unitPages = (vendor: Vendor, settings: Settings): AsyncIterable<RawPage> =>
  setPages(vendor, settings, 'customers', { expand: expansionsFor(Object.values(settings.customer)) });

export function productPages(vendor: Vendor, settings: Settings): AsyncIterable<RawPage> {
  const { categories, ...rest } = settings.product;
  const version = settings.catalog_version;
  return setPages(vendor, settings, 'products', {
    filter: version === null ? undefined : `catalogVersion/version eq ${odataText(version)}`,
    expand: expansionsFor([...Object.values(rest), categories === null ? null : `${categories}.code`]),
  });
}

export const stockPages = (vendor: Vendor, settings: Settings): AsyncIterable<RawPage> =>
  setPages(vendor, settings, 'stock', { expand: expansionsFor(Object.values(settings.stock)) });
