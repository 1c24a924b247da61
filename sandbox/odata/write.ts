import type { EntityType, Property, PropertyKind } from './entity.ts';
import type { Selection } from './selection.ts';

/** How a protocol writes entities. */
export interface Writing {
  readonly protocol: 'v2' | 'v4';
  /** Base of addresses: `http://127.0.0.1:8080/sap/opu/odata/sap/API_SALES_ORDER_SRV/`. */
  readonly base: string;
  /** Beside each value, the annotation that says how people see it: its name; absent: none is asked for. */
  readonly labelled?: string;
  /** V4 with `IEEE754Compatible=true`: decimals and int64 as text (OData JSON 4.0, section 3.2). */
  readonly decimalsAsText: boolean;
}

/** Makes the writer of an entity's JSON text: worked out once a request, run for each record. */
export function entityWriter<T>(
  type: EntityType<T>,
  selection: Selection,
  writing: Writing,
): (record: T) => string {
  const v2 = writing.protocol === 'v2';
  const parts: ((record: T) => string)[] = [];
  if (v2) parts.push((record) => metadata(type, record, writing.base));
  const { etag, always = [] } = type;
  if (!v2 && etag) parts.push((record) => `"@odata.etag":${JSON.stringify(etag(record))}`);
  for (const [name, property] of Object.entries(type.properties)) {
    if (selection.properties && !selection.properties.has(name) && !always.includes(name)) continue;
    const write = valueWriter(property, writing);
    const label = `${JSON.stringify(name)}:`;
    const annotation = annotationWriter(name, property, writing);
    parts.push((record) => label + write(record) + annotation(record));
  }
  for (const name of Object.keys(type.navigations)) {
    const part = navigationWriter(type, name, selection, writing);
    if (part) parts.push(part);
  }
  return (record) => {
    let body = '';
    for (const part of parts) body += body === '' ? part(record) : `,${part(record)}`;
    return `{${body}}`;
  };
}

/** `,"statecode@OData.Community.Display.V1.FormattedValue":"Open"`; nothing where nobody asked, or nothing is to be said. */
function annotationWriter<T>(
  name: string,
  { label }: Property<T>,
  { labelled }: Writing,
): (record: T) => string {
  if (label === undefined || labelled === undefined) return () => '';
  const begins = `,${JSON.stringify(`${name}@${labelled}`)}:`;
  return (record) => {
    const text = label(record);
    return text === null ? '' : begins + JSON.stringify(text);
  };
}

/** Keys come ready for an address: nothing in them has to be escaped. */
const metadata = <T>(type: EntityType<T>, record: T, base: string): string =>
  `"__metadata":{"uri":"${base}${type.set}${type.key(record)}","type":"${type.name}"}`;

/** Expanded: `{"results":[…]}` in V2 where there are many. Not expanded: `__deferred`, unless `$select` leaves it out. */
function navigationWriter<T>(
  type: EntityType<T>,
  name: string,
  selection: Selection,
  writing: Writing,
): ((record: T) => string) | undefined {
  const navigation = type.navigations[name];
  const child = selection.expand.get(name);
  if (!navigation) return undefined;
  if (!child) {
    if (writing.protocol === 'v4' || (selection.properties && !selection.properties.has(name)))
      return undefined;
    return (record) =>
      `"${name}":{"__deferred":{"uri":"${writing.base}${type.set}${type.key(record)}/${name}"}}`;
  }
  const write = remembering(
    entityWriter(navigation.type() as unknown as EntityType<unknown>, child, writing),
  );
  if (!navigation.many) {
    return (record) => {
      const [only] = navigation.of(record);
      return `"${name}":${only === undefined ? 'null' : write(only)}`;
    };
  }
  const [open, close] = writing.protocol === 'v2' ? ['{"results":[', ']}'] : ['[', ']'];
  return (record) => `"${name}":${open}${navigation.of(record).map(write).join(',')}${close}`;
}

/** A word that stands for an entity (a currency, an enumeration value) is written once. */
function remembering(write: (record: unknown) => string): (record: unknown) => string {
  const known = new Map<string, string>();
  return (record) => {
    if (typeof record !== 'string') return write(record);
    const before = known.get(record);
    if (before !== undefined) return before;
    const text = write(record);
    known.set(record, text);
    return text;
  };
}

function valueWriter<T>({ kind, of }: Property<T>, writing: Writing): (record: T) => string {
  const write = forms(writing)[kind];
  return (record) => {
    const value = of(record);
    return value === null ? 'null' : write(value);
  };
}

type Form = (value: string | number | boolean) => string;

/** Text that JSON writes as it is; a pattern is quicker than writing it. */
const PLAIN = /^[\w :;.,/+-]*$/;

/**
 * OData 2.0 JSON (section 4 of its JSON format): `/Date(ms)/`, `/Date(ms+0000)/`, decimals and Int64 as text.
 * OData JSON 4.0, section 7.1: ISO dates; decimals as numbers, or as text where the client asks for it.
 */
function forms({ protocol, decimalsAsText }: Writing): Readonly<Record<PropertyKind, Form>> {
  const plain: Form = String;
  const quoted: Form = (value) => `"${value}"`;
  const asText: Form = (value) => {
    const text = String(value);
    return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
  };
  if (protocol === 'v2') {
    const dateTime: Form = (value) => `"\\/Date(${value})\\/"`;
    const offset: Form = (value) => `"\\/Date(${value}+0000)\\/"`;
    return {
      ...{ text: asText, date: dateTime, datetime: dateTime, instant: offset, boolean: plain, int: plain },
      ...{ decimal: quoted, double: quoted, int64: quoted },
    };
  }
  const iso: Form = (value) => `"${new Date(value as number).toISOString()}"`;
  const number = decimalsAsText ? quoted : plain;
  return {
    ...{ text: asText, date: (value) => `"${new Date(value as number).toISOString().slice(0, 10)}"` },
    ...{
      datetime: iso,
      instant: iso,
      boolean: plain,
      int: plain,
      decimal: number,
      double: plain,
      int64: number,
    },
  };
}
