import { roundDecimal, subtractDecimals } from '../../api/decimals.ts';
import { named } from '../../api/named.ts';
import { attributeText } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { stockDay } from '../../api/stock-day.ts';
import { dayIn, sapInstant, stripZeros } from '../../api/values.ts';
import { asText, odataReading, required } from './reading.ts';
import type { Settings } from './settings.ts';

/** A unit (the company that buys): one row of `customers`. */
export function mapUnit(
  record: RecordReader,
  out: RowSink,
  { settings, timeZone }: MapContext<Settings>,
): void {
  const { customer } = settings;
  const text = (path: string | null): string | null => odataReading.text(record, path);
  const openedOn = odataReading.as(record, customer.opened_at, (moment) =>
    dayIn(sapInstant(moment), timeZone),
  );
  out.row('customers', {
    customer_id: required(odataReading, record, customer.customer_id, stripZeros),
    name: text(customer.name),
    region: text(customer.region),
    country: text(customer.country),
    industry: text(customer.industry),
    segment: text(customer.segment),
    sales_rep_id: text(customer.sales_rep),
    acquisition_channel: text(customer.acquisition_channel),
    account_opened_on: openedOn,
    // Hashed by the machinery before anything saw it.
    email_hash: text(customer.email),
    marketing_consent: odataReading.boolean(record, customer.marketing_consent),
  });
}

export function mapProduct(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const { product } = settings;
  const approval = odataReading.text(record, product.approval);
  out.row('products', {
    product_id: required(odataReading, record, product.product_id, stripZeros),
    name: odataReading.text(record, product.name),
    category: categoryOf(record, settings),
    brand: odataReading.text(record, product.brand),
    active: product.approval === null ? null : approval === 'approved',
  });
}

/** A product stands in several categories, brands among them: the first that is none counts. */
function categoryOf(
  record: RecordReader,
  { product, brand_category_prefix: prefix }: Settings,
): string | null {
  if (product.categories === null) return null;
  const category = odataReading
    .list(record, product.categories)
    .find((each) => prefix === '' || !each.text('code').startsWith(prefix));
  return category ? (attributeText(category, 'name') ?? category.text('code')) : null;
}

/** What can be promised of a product in a warehouse: available less reserved, unless the shop forces it out of stock. */
export function mapStockLevel(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const day = stockDay(context);
  if (day === null) {
    out.skip('stock of today, asked for another day');
    return;
  }
  const { stock } = context.settings;
  const available = required(odataReading, record, stock.available, roundDecimal);
  const reserved = odataReading.as(record, stock.reserved, roundDecimal) ?? '0';
  const isForcedOut = odataReading.text(record, stock.in_stock_status) === 'forceOutOfStock';
  out.row('stock_levels', {
    product_id: required(odataReading, record, stock.product_id, stripZeros),
    warehouse_id: required(odataReading, record, stock.warehouse_id, asText),
    stock_on: day,
    available_quantity: isForcedOut
      ? '0'
      : named(record, stock.available, () => subtractDecimals(available, reserved)),
  });
}
