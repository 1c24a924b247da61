import { sumDecimals } from '../../api/decimals.ts';
import { named } from '../../api/named.ts';
import { attributeText, childOf, childrenOf } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { stockDay } from '../../api/stock-day.ts';
import { sapDay, stripZeros } from '../../api/values.ts';
import { wordFor } from './map-document.ts';
import type { Settings } from './settings.ts';

/** A business partner with the role of a customer: one row of `customers`. */
export function mapCustomer(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const id = record.asOrNull('Customer', stripZeros);
  if (id === null) {
    out.skip('business partner that is no customer');
    return;
  }
  const customer = childOf(record, 'to_Customer');
  const address = childrenOf(record, 'to_BusinessPartnerAddress')[0] ?? null;
  const area = customer === null ? null : salesAreaOf(childrenOf(customer, 'to_CustomerSalesArea'), settings);
  const places = { partner: record, customer, sales_area: area, address };
  const at = (place: string | null): RecordReader | null =>
    place === null ? null : places[place.split('.')[0] as keyof typeof places];
  const text = (place: string | null): string | null => {
    const holder = at(place);
    return holder === null || place === null ? null : attributeText(holder, place.split('.')[1] ?? '');
  };
  const { customer_fields: fields } = settings;
  const named = (place: string | null, words: Readonly<Record<string, string>>): string | null => {
    const code = text(place);
    return code === null ? null : wordFor(words, code);
  };
  const consent = fields.marketing_consent;
  out.row('customers', {
    customer_id: id,
    name: record.textOrNull('BusinessPartnerFullName') ?? customer?.textOrNull('CustomerName') ?? null,
    region: named(fields.region, settings.regions),
    country: address?.textOrNull('Country') ?? null,
    industry: named(fields.industry, settings.industries),
    segment: named(fields.segment, settings.segments),
    sales_rep_id:
      area !== null && settings.sales_rep_function
        ? repOf(area, settings.sales_rep_function)
        : text(fields.sales_rep),
    acquisition_channel: text(fields.acquisition_channel),
    account_opened_on: customer?.asOrNull('CreationDate', sapDay) ?? record.asOrNull('CreationDate', sapDay),
    email_hash: address === null ? null : emailOf(address),
    marketing_consent:
      consent === null ? null : (at(consent)?.booleanOrNull(consent.split('.')[1] ?? '') ?? null),
  });
}

function salesAreaOf(areas: readonly RecordReader[], { sales_area: wanted }: Settings): RecordReader | null {
  const fits = (value: string | undefined, area: RecordReader, field: string): boolean =>
    value === undefined || area.textOrNull(field) === value;
  const found = areas.find(
    (area) =>
      fits(wanted.organization, area, 'SalesOrganization') &&
      fits(wanted.channel, area, 'DistributionChannel') &&
      fits(wanted.division, area, 'Division'),
  );
  return found ?? null;
}

function repOf(area: RecordReader, role: string): string | null {
  const partner = childrenOf(area, 'to_PartnerFunction').find(
    (each) => each.textOrNull('PartnerFunction') === role,
  );
  if (!partner) return null;
  const personnel = partner.asOrNull('PersonnelNumber', stripZeros);
  return personnel !== null && personnel !== '0'
    ? personnel
    : partner.asOrNull('BPCustomerNumber', stripZeros);
}

/** The hash of the default address: the machinery has hashed it before anything saw it. */
function emailOf(address: RecordReader): string | null {
  const all = childrenOf(address, 'to_EmailAddress');
  const chosen = all.find((each) => each.booleanOrNull('IsDefaultEmailAddress') === true) ?? all[0];
  return chosen?.textOrNull('EmailAddress') ?? null;
}

/** A product: its name in the logon language. */
export function mapProduct(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const group = attributeText(record, 'ProductGroup');
  const names = childrenOf(record, 'to_Description');
  const name = names.find((each) => each.textOrNull('Language') === settings.language) ?? names[0];
  const status = settings.inactive_statuses.length === 0 ? null : attributeText(record, 'SalesStatus');
  out.row('products', {
    product_id: record.as('Product', stripZeros),
    name: name?.textOrNull('ProductDescription') ?? null,
    category: group === null ? null : wordFor(settings.product_groups, group),
    brand: settings.brand === null ? null : attributeText(record, settings.brand),
    active:
      record.booleanOrNull('IsMarkedForDeletion') !== true &&
      !(status !== null && settings.inactive_statuses.includes(status)),
  });
}

/**
 * What can be promised of a product, plant by plant. The service only knows the stock of the moment it is asked:
 * it counts for the as-of day when asked on that day or the morning after, and for no other.
 */
export function mapStock(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const day = stockDay(context);
  if (day === null) {
    out.skip('stock of today, asked for another day');
    return;
  }
  const product = record.as('Material', stripZeros);
  const plants = new Map<string, string[]>();
  for (const line of childrenOf(record, 'to_MatlStkInAcctMod')) {
    // Stock of a customer's or a supplier's is not to be sold.
    if (line.textOrNull('InventorySpecialStockType') !== null) continue;
    if (!context.settings.stock_types.includes(line.textOrNull('InventoryStockType') ?? '')) continue;
    const plant = line.text('Plant');
    plants.set(plant, [...(plants.get(plant) ?? []), line.decimal('MatlWrhsStkQtyInMatlBaseUnit')]);
  }
  if (plants.size === 0) {
    out.skip('product without stock that can be promised');
    return;
  }
  for (const [plant, quantities] of plants) {
    out.row('stock_levels', {
      product_id: product,
      warehouse_id: plant,
      stock_on: day,
      available_quantity: named(record, 'to_MatlStkInAcctMod', () => sumDecimals(quantities)),
    });
  }
}
