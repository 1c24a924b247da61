/** The folder of the bucket that is the site. */
export const SITE = 'reports/';

/** What a page, or a line of one, is about. Addresses are stable: a day and a KPI have the same one for good. */
export interface Place {
  /** As-of date; absent: the calendar of all days. */
  readonly asOf?: string | undefined;
  /** Of a day: one KPI; absent: all of it. */
  readonly kpi?: string | undefined;
  /** Of a KPI: one member of a dimension. */
  readonly dimension?: string | undefined;
  readonly member?: string | undefined;
}

/** The file of a page below the site's folder: `2026-11-27/net_revenue/index.html`. Links name it, since a folder opens nothing on a disk or in S3. */
export const fileOf = ({ asOf, kpi }: Place): string =>
  [asOf, asOf === undefined ? undefined : kpi, 'index.html'].filter((part) => part !== undefined).join('/');

/** Where a page is kept; a re-run replaces it. */
export const pageKey = (place: Place): string => `${SITE}${fileOf(place)}`;

/** The id of a member's line on its KPI's page, in a form that an address can have: `brand=Nordwind`. */
export const memberId = (dimension: string, member: string): string =>
  `${dimension}=${encodeURIComponent(member)}`;

/** A place as an address from the site's folder: `2026-11-27/net_revenue/index.html#brand=Nordwind`. */
export function pathOf(place: Place): string {
  const { dimension, member } = place;
  const line = dimension === undefined || member === undefined ? '' : `#${memberId(dimension, member)}`;
  return `${fileOf(place)}${line}`;
}

/** The way from one page to another place of the site, short: pages have hundreds of them. */
export function wayTo(here: Place, place: Place): string {
  const [from, to] = [fileOf(here).split('/').slice(0, -1), pathOf(place).split('/')];
  const parted = from.findIndex((folder, depth) => folder !== to[depth]);
  const shared = parted < 0 ? from.length : parted;
  return `${'../'.repeat(from.length - shared)}${to.slice(shared).join('/')}`;
}

/** A place as an address for a reader of a language, below the address at which the site is served. */
export function addressOf(base: string, place: Place, language: string): string {
  const [file = '', line] = pathOf(place).split('#');
  return `${base.replace(/\/+$/, '')}/${file}?lang=${language}${line === undefined ? '' : `#${line}`}`;
}
