import { negateDecimal, roundDecimal } from '../../api/decimals.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { dayIn, sapInstant, stripZeros } from '../../api/values.ts';
import { currencyAt, writeCart } from './map-carts.ts';
import { writeOrder } from './map-orders.ts';
import { asText, occReading, required } from './reading.ts';
import type { Settings } from './settings.ts';

/** OCC's names are the vendor's own (Order, Cart and OrderEntry of its schema); only sites differ. */
const ENTRY = {
  ...{ entries: 'entries', line_id: 'entryNumber', product_id: 'product.code', quantity: 'quantity' },
  ...{ amount: 'totalPrice.value', base_price: 'basePrice.value' },
} as const;

const ORDER = {
  ...{ order_id: 'code', ordered_at: 'created', status: 'status', net: 'net', cart_id: 'guid' },
  ...{ customer_id: 'orgUnit.uid', sales_rep: null, session_id: null, currency: 'totalPrice.currencyIso' },
  ...{ order_discount: 'orderDiscounts.value', ...ENTRY },
} as const;

/** Whose order it is stands at the order, at the person who ordered, or at the cost centre that pays. */
const UNITS = ['orgUnit.uid', 'orgCustomer.orgUnit.uid', 'costCenter.unit.uid'] as const;

/** OCC leaves out what is empty, but these are never empty in an order. */
const ALWAYS = ['net', 'orderDiscounts.value', 'entries'] as const;

/** An order in full, as `…/orders/{code}?fields=FULL` gives it. */
export function mapOccOrder(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  for (const path of ALWAYS) {
    if (record.value(path) === undefined) throw record.error(path, 'is missing from the answer');
  }
  const unit = UNITS.find((path) => record.textOrNull(path) !== null) ?? ORDER.customer_id;
  writeOrder(record, out, context, {
    reading: occReading,
    attributes: { ...ORDER, customer_id: unit, currency: currencyPath(record) },
  });
}

/** Some answers leave the total out. */
const currencyPath = (record: RecordReader): string =>
  ['totalPrice.currencyIso', 'subTotal.currencyIso', 'orderDiscounts.currencyIso'].find(
    (path) => record.textOrNull(path) !== null,
  ) ?? ORDER.currency;

/** A saved cart: not ordered, last changed when it was saved. */
export function mapSavedCart(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const facts = {
    id: required(occReading, record, 'guid', asText),
    createdAt: null,
    changedPath: 'saveTime',
    ordered: null,
  };
  const visit = { session_id: null, device: null, channel: null, region: null, customer_id: null };
  const attributes = {
    ...{ ...ENTRY, ...visit, currency: 'totalPrice.currencyIso', added_at: null },
    out_of_stock: 'product.stock.stockLevelStatus',
  };
  writeCart(record, out, context, { reading: occReading, attributes, facts });
}

const RETURN_STATUSES = {
  ...{ APPROVAL_PENDING: 'open', APPROVING: 'open', WAIT: 'open', RECEIVING: 'open', RECEIVED: 'open' },
  ...{ CREATED: 'open', PAYMENT_REVERSED: 'open', PAYMENT_REVERSAL_FAILED: 'open', TAX_REVERSED: 'open' },
  ...{ TAX_REVERSAL_FAILED: 'open', CANCELLING: 'cancelled', CANCELED: 'cancelled', COMPLETED: 'completed' },
} as const;

/** A return request: what is refunded of each entry, with its sign turned. */
export function mapOccReturn(
  record: RecordReader,
  out: RowSink,
  { timeZone, settings }: MapContext<Settings>,
): void {
  const id = `R${stripZeros(required(occReading, record, 'rma', asText))}`;
  const at = required(occReading, record, 'creationTime', sapInstant);
  const orderedOn = record.as('creationTime', (text) => dayIn(sapInstant(text), timeZone));
  const lines = record.records('returnEntries').map((entry) => ({
    order_id: id,
    line_id: required(occReading, entry, 'orderEntry.entryNumber', asText),
    ordered_on: orderedOn,
    product_id: occReading.as(entry, 'orderEntry.product.code', stripZeros),
    quantity: negateDecimal(required(occReading, entry, 'expectedQuantity', roundDecimal)),
    net_amount: negateDecimal(required(occReading, entry, 'refundAmount.value', roundDecimal)),
    currency: currencyAt(entry, occReading, 'refundAmount.currencyIso'),
  }));
  const status = record.oneOf('status', RETURN_STATUSES);
  out.row('orders', {
    ...{ order_id: id, kind: 'return', status, ordered_on: orderedOn, ordered_at: at },
    channel: settings.sales_channel,
  });
  for (const line of lines) out.row('order_lines', line);
  if (lines.length === 0) out.empty('order_lines', { order_id: id });
}
