/** How OData's two versions write a question. */
export type Protocol = 'v2' | 'v4';

export interface ODataQuery {
  readonly protocol: Protocol;
  /** Path of the set: `/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder`. */
  readonly path: string;
  readonly filter?: string | undefined;
  /** Properties wanted of the set's own entities; absent: all. */
  readonly select?: readonly string[] | undefined;
  readonly expand?: readonly Expansion[] | undefined;
  /** Keys to sort by, so that pages do not overlap. */
  readonly orderby?: string | undefined;
  /** Properties that identify a record, where the question says so. */
  readonly key?: readonly string[] | undefined;
  /** Asks the service to count, so that a list that was cut short is found out. */
  readonly count?: boolean;
  /** Records a request; the service may give fewer and a next link. */
  readonly pageSize: number;
  /** Parameters beside OData’s own: `sap-client`. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
}

/** A navigation to be expanded. */
export interface Expansion {
  readonly name: string;
  readonly select?: readonly string[] | undefined;
  readonly expand?: readonly Expansion[] | undefined;
}

/** The address of a question from the record `skip` on, spaces as %20: not every gateway takes a plus for one. */
export function odataAddress(query: ODataQuery, skip: number): string {
  const v2 = query.protocol === 'v2';
  const expansions = query.expand ?? [];
  const parameters: [string, string | undefined][] = [
    ['$filter', query.filter],
    ['$select', v2 ? selectV2(query) : list(query.select)],
    ['$expand', list(v2 ? expandV2(expansions, '') : expansions.map(expandV4))],
    ['$orderby', query.orderby],
    ['$top', String(query.pageSize)],
    ['$skip', skip === 0 ? undefined : String(skip)],
    [v2 ? '$inlinecount' : '$count', query.count ? (v2 ? 'allpages' : 'true') : undefined],
    ['$format', v2 ? 'json' : undefined],
    ...Object.entries(query.parameters ?? {}),
  ];
  const written = parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${query.path}?${written.join('&')}`;
}

/** V2 expands and selects by paths: `to_Item/to_PricingElement`. */
const expandV2 = (expansions: readonly Expansion[], above: string): string[] =>
  expansions.flatMap(({ name, expand }) => {
    const inner = expandV2(expand ?? [], `${above}${name}/`);
    return inner.length > 0 ? inner : [`${above}${name}`];
  });

/** In V2 what is expanded has to be selected as well; a navigation without a selection of its own comes whole. */
function selectV2({ select, expand }: ODataQuery): string | undefined {
  if (!select) return undefined;
  const below = (expansions: readonly Expansion[], above: string): string[] =>
    expansions.flatMap((each) => [
      ...(each.select ? each.select.map((name) => `${above}${each.name}/${name}`) : [`${above}${each.name}`]),
      ...below(each.expand ?? [], `${above}${each.name}/`),
    ]);
  return list([...select, ...below(expand ?? [], '')]);
}

/** V4 puts options into brackets: `_Item($select=Product;$expand=_ItemPricingElement)`. */
function expandV4({ name, select, expand }: Expansion): string {
  const options = [
    ...(select ? [`$select=${select.join(',')}`] : []),
    ...(expand && expand.length > 0 ? [`$expand=${expand.map(expandV4).join(',')}`] : []),
  ];
  return options.length === 0 ? name : `${name}(${options.join(';')})`;
}

const list = (names: readonly string[] | undefined): string | undefined =>
  names === undefined || names.length === 0 ? undefined : [...new Set(names)].join(',');

/** Text in a filter: a quote is doubled. */
export const odataText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A day in a filter: `datetime'2026-11-20T00:00:00'`, in V4 `2026-11-20`. */
export const odataDay = (day: string, protocol: Protocol): string =>
  protocol === 'v2' ? `datetime'${day}T00:00:00'` : day;

/** An instant in a filter, cut to the second, for properties of type Edm.DateTimeOffset. */
export function odataInstant(instant: string, protocol: Protocol): string {
  const seconds = `${new Date(instant).toISOString().slice(0, 19)}Z`;
  return protocol === 'v2' ? `datetimeoffset'${seconds}'` : seconds;
}

/** An instant in a V2 filter on a property of type Edm.DateTime that holds UTC, cut to the second. */
export const odataDateTime = (instant: string): string =>
  `datetime'${new Date(instant).toISOString().slice(0, 19)}'`;

/** The navigations that paths such as `unit.uid` and `entries.product.code` need expanded. */
export function expansionsFor(paths: readonly (string | null)[]): Expansion[] {
  const below = new Map<string, string[]>();
  for (const path of paths) {
    if (path === null || !path.includes('.')) continue;
    const [name = '', ...rest] = path.split('.');
    below.set(name, [...(below.get(name) ?? []), rest.join('.')]);
  }
  return [...below].map(([name, inner]) => ({ name, expand: expansionsFor(inner) }));
}
