import { hash } from '../kit/random.ts';
import type { VendorCall } from '../vendors/vendor.ts';

/** Names under which vendors ask for a page of a list. */
const PAGE_NAMES = [
  '$skip',
  '$skiptoken',
  '$top',
  'after',
  'cursor',
  'currentPage',
  'limit',
  'offset',
  'pageSize',
  'pageToken',
  'start',
];

export interface PageOf {
  /** What is listed: equal for all pages of a list. */
  readonly list: string;
  /** Which page of it; empty for what has no pages. */
  readonly place: string;
}

/** Splits a request into the list that it reads and the page. */
export function pageOf({ method, url, body }: VendorCall): PageOf {
  const query = new URLSearchParams(url.search);
  const place: string[] = [];
  for (const name of PAGE_NAMES) {
    if (query.has(name)) place.push(`${name}=${query.get(name)}`);
    query.delete(name);
  }
  const { rest, page } = withoutPage(body);
  place.push(...page);
  const [, path = url.pathname, record] = LOCATOR.exec(url.pathname) ?? [];
  if (record !== undefined) place.push(`record=${record}`);
  return { list: `${method} ${path} ${hash(`${query}${rest}`)}`, place: place.join('&') };
}

/** Salesforce’s next pages have the record at which they begin at the end of the address: `/query/01g5g00000a1b2c3d4-2000`. */
const LOCATOR = /^(.*\/query\/01g\w+)-(\d+)$/;

function withoutPage(body: string): { readonly rest: string; readonly page: readonly string[] } {
  if (!body.startsWith('{')) return { rest: body, page: [] };
  const fields = JSON.parse(body) as Record<string, unknown>;
  const page = PAGE_NAMES.filter((name) => name in fields).map((name) => `${name}=${String(fields[name])}`);
  for (const name of PAGE_NAMES) delete fields[name];
  page.push(...withoutBeyond(fields));
  return { rest: JSON.stringify(fields), page };
}

interface Search {
  readonly filterGroups?: readonly {
    filters: readonly { propertyName?: string; operator?: string; value?: string }[];
  }[];
}

/** HubSpot's searches end at 10,000 records: who wants more asks for numbers beyond the last one. That is a page, too. */
function withoutBeyond({ filterGroups = [] }: Search): string[] {
  const page: string[] = [];
  for (const group of filterGroups) {
    const isBeyond = ({ propertyName, operator }: { propertyName?: string; operator?: string }): boolean =>
      propertyName === 'hs_object_id' && operator === 'GT';
    page.push(...group.filters.filter(isBeyond).map(({ value }) => `beyond=${value}`));
    group.filters = group.filters.filter((filter) => !isBeyond(filter));
  }
  return page;
}
