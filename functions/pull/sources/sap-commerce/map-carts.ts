import { roundDecimal } from '../../api/decimals.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, sapInstant, stripZeros } from '../../api/values.ts';
import type { CartAttributes, OrderAttributes } from './attributes.ts';
import { asText, odataReading, type Reading, required } from './reading.ts';
import type { Settings } from './settings.ts';

const SETTLES_AFTER = 24 * 3_600_000;

/** The order a cart became. */
interface Ordered {
  readonly at: string;
  readonly id: string;
}

/** What a cart and an order that was one have in common. */
type Attributes = Pick<
  CartAttributes & OrderAttributes,
  | ('customer_id' | 'session_id' | 'device' | 'channel' | 'region' | 'currency' | 'entries')
  | ('line_id' | 'product_id' | 'quantity' | 'amount' | 'added_at' | 'out_of_stock')
>;

interface CartFacts {
  readonly id: string;
  readonly createdAt: string | null;
  /** Where the moment of the last change stands. */
  readonly changedPath: string;
  readonly ordered: Ordered | null;
}

/** A cart that has not been ordered: the platform removes it when it is. */
export function mapCart(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { cart } = context.settings;
  const facts: CartFacts = {
    id: required(odataReading, record, cart.cart_id, asText),
    createdAt: odataReading.as(record, cart.created_at, sapInstant),
    changedPath: cart.changed_at,
    ordered: null,
  };
  writeCart(record, out, context, { reading: odataReading, attributes: cart, facts });
}

/** The cart that an order was. None where the order does not tell which. */
export function mapOrderedCart(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { order } = context.settings;
  const id = odataReading.text(record, order.cart_id);
  if (id === null) {
    out.skip('order without a cart');
    return;
  }
  const at = required(odataReading, record, order.ordered_at, sapInstant);
  const facts: CartFacts = {
    id,
    createdAt: odataReading.as(record, order.cart_created_at, sapInstant),
    changedPath:
      odataReading.text(record, order.cart_changed_at) === null
        ? order.ordered_at
        : (order.cart_changed_at ?? ''),
    ordered: { at, id: required(odataReading, record, order.order_id, stripZeros) },
  };
  writeCart(record, out, context, { reading: odataReading, attributes: order, facts });
}

interface CartInput {
  readonly reading: Reading;
  readonly attributes: Attributes;
  readonly facts: CartFacts;
}

/** Writes a cart with its lines. The shop opens an empty cart for many a visitor: one without entries is none. */
export function writeCart(
  record: RecordReader,
  out: RowSink,
  { settings, slice, timeZone }: MapContext<Settings>,
  { reading, attributes, facts }: CartInput,
): void {
  const changedAt = required(reading, record, facts.changedPath, sapInstant);
  const settlesOn = required(reading, record, facts.changedPath, (text) =>
    dayIn(new Date(Date.parse(sapInstant(text)) + SETTLES_AFTER).toISOString(), timeZone),
  );
  if (settlesOn < slice.startsOn) {
    out.skip('cart before starts_on');
    return;
  }
  const entries = reading.list(record, attributes.entries);
  const day = remembering((text) => dayIn(sapInstant(text), timeZone));
  const lines = entries.map((entry) => ({
    cart_id: facts.id,
    settles_on: settlesOn,
    ...lineFields(entry, reading, attributes, settings),
    added_on: reading.as(entry, attributes.added_at, day) ?? day(changedAt),
    currency: currencyAt(record, reading, attributes.currency),
  }));
  const row = cartRow(record, reading, attributes, settings);
  if (lines.length === 0) {
    out.empty('carts', { cart_id: facts.id });
    out.empty('cart_lines', { cart_id: facts.id });
    return;
  }
  const { id, createdAt, ordered } = facts;
  out.row('carts', {
    ...row,
    ...{ cart_id: id, created_at: createdAt, last_changed_at: changedAt, item_count: lines.length },
    ...{ ordered_at: ordered?.at ?? null, order_id: ordered?.id ?? null },
  });
  for (const line of lines) out.row('cart_lines', line);
}

/** Entries of a cart were mostly added together: the answer for the text before is kept. */
function remembering(convert: (text: string) => string): (text: string) => string {
  let before: { readonly text: string; readonly value: string } | undefined;
  return (text) => {
    if (before?.text !== text) before = { text, value: convert(text) };
    return before.value;
  };
}

function cartRow(record: RecordReader, reading: Reading, attributes: Attributes, settings: Settings) {
  const channel = reading.text(record, attributes.channel);
  const customer = reading.text(record, attributes.customer_id);
  return {
    session_id: reading.text(record, attributes.session_id),
    customer_id: customer === null ? null : stripZeros(customer),
    device: wordAt(record, reading, attributes.device, settings.devices),
    channel:
      channel === null
        ? null
        : Object.hasOwn(settings.channels, channel)
          ? settings.channels[channel]
          : channel,
    region: reading.text(record, attributes.region),
  };
}

function lineFields(entry: RecordReader, reading: Reading, attributes: Attributes, settings: Settings) {
  return {
    line_id: required(reading, entry, attributes.line_id, asText),
    product_id: required(reading, entry, attributes.product_id, stripZeros),
    quantity: required(reading, entry, attributes.quantity, roundDecimal),
    amount: required(reading, entry, attributes.amount, roundDecimal),
    out_of_stock: wordAt(entry, reading, attributes.out_of_stock, settings.out_of_stock),
  };
}

/** The meaning of a word; one that is not listed is an error. */
function wordAt<T>(
  record: RecordReader,
  reading: Reading,
  path: string | null,
  words: Readonly<Record<string, T>>,
): T | null {
  if (path === null) return null;
  const value = record.value(path);
  const word = typeof value === 'boolean' ? String(value) : reading.text(record, path);
  if (word === null) return null;
  if (!Object.hasOwn(words, word)) throw record.error(path, `is not one of ${Object.keys(words).join(', ')}`);
  return words[word] as T;
}

/** ISO 4217. */
export function currencyAt(record: RecordReader, reading: Reading, path: string): string {
  const currency = required(reading, record, path, asText);
  if (!/^[A-Z]{3}$/.test(currency)) throw record.error(path, 'is not an ISO 4217 code');
  return currency;
}
