import { multiplyDecimals, negateDecimal, roundDecimal, signOf } from '../../api/decimals.ts';
import { named } from '../../api/named.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, sapInstant, stripZeros } from '../../api/values.ts';
import type { OrderAttributes } from './attributes.ts';
import { currencyAt, mapOrderedCart } from './map-carts.ts';
import { asText, odataReading, type Reading, required } from './reading.ts';
import type { Settings } from './settings.ts';

/** An order of the Integration API: the cart it was, and the order itself where SAP does not deliver it. */
export function mapOrder(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  mapOrderedCart(record, out, context);
  if (context.settings.orders === 'from_commerce')
    writeOrder(record, out, context, { reading: odataReading, attributes: context.settings.order });
}

interface OrderInput {
  readonly reading: Reading;
  readonly attributes: Pick<
    OrderAttributes,
    | (
        | 'order_id'
        | 'ordered_at'
        | 'status'
        | 'customer_id'
        | 'sales_rep'
        | 'net'
        | 'currency'
        | 'order_discount'
      )
    | ('cart_id' | 'session_id' | 'entries' | 'line_id' | 'product_id' | 'quantity' | 'amount' | 'base_price')
  >;
}

/** Writes an order with its lines, and one more line for a discount of the whole order. */
export function writeOrder(
  record: RecordReader,
  out: RowSink,
  { settings, slice, timeZone }: MapContext<Settings>,
  { reading, attributes }: OrderInput,
): void {
  const status = statusOf(record, reading, attributes.status, settings);
  if (status === 'skip') {
    out.skip(`status ${reading.text(record, attributes.status)}`);
    return;
  }
  const orderedAt = required(reading, record, attributes.ordered_at, sapInstant);
  const orderedOn = required(reading, record, attributes.ordered_at, (text) =>
    dayIn(sapInstant(text), timeZone),
  );
  if (orderedOn < slice.startsOn) {
    out.skip('order before starts_on');
    return;
  }
  const id = required(reading, record, attributes.order_id, stripZeros);
  const lines = orderLines(record, { reading, attributes }, { id, orderedOn });
  const customer = reading.text(record, attributes.customer_id);
  out.row('orders', {
    ...{ order_id: id, kind: 'order', status, ordered_on: orderedOn, ordered_at: orderedAt },
    customer_id: customer === null ? null : stripZeros(customer),
    channel: settings.sales_channel,
    sales_rep_id: reading.text(record, attributes.sales_rep),
    cart_id: reading.text(record, attributes.cart_id),
    session_id: reading.text(record, attributes.session_id),
  });
  for (const line of lines) out.row('order_lines', line);
  if (lines.length === 0) out.empty('order_lines', { order_id: id });
}

function statusOf(record: RecordReader, reading: Reading, path: string, { statuses }: Settings) {
  const status = required(reading, record, path, asText);
  const meaning = Object.hasOwn(statuses, status) ? statuses[status] : undefined;
  if (meaning === undefined)
    throw record.error(path, 'is none of the words that `statuses` lists in vigie.yaml');
  return meaning;
}

interface Place {
  readonly id: string;
  readonly orderedOn: string;
}

function orderLines(
  record: RecordReader,
  { reading, attributes }: OrderInput,
  { id, orderedOn }: Place,
): Record<string, string | null>[] {
  // Prices with tax are no net revenue, and the tax of an entry is not told.
  if (reading.boolean(record, attributes.net) === false)
    throw record.error(attributes.net ?? '', 'is false: the prices hold tax, and Vigie needs them without');
  const currency = currencyAt(record, reading, attributes.currency);
  const common = { order_id: id, ordered_on: orderedOn, currency };
  const lines = reading.list(record, attributes.entries).map((entry) => {
    const quantity = required(reading, entry, attributes.quantity, roundDecimal);
    const price = reading.as(entry, attributes.base_price, roundDecimal);
    return {
      ...common,
      line_id: required(reading, entry, attributes.line_id, asText),
      product_id: reading.as(entry, attributes.product_id, stripZeros),
      quantity,
      net_amount: required(reading, entry, attributes.amount, roundDecimal),
      list_amount:
        price === null
          ? null
          : named(entry, attributes.base_price ?? '', () => multiplyDecimals(price, quantity)),
    };
  });
  const discount = reading.as(record, attributes.order_discount, roundDecimal);
  if (discount === null || signOf(discount) === 0) return lines;
  const whole = { line_id: 'discount', product_id: null, quantity: '0', list_amount: '0' };
  return [...lines, { ...common, ...whole, net_amount: negateDecimal(discount) }];
}
