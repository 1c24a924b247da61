import { sumDecimals } from '../../api/decimals.ts';
import { named } from '../../api/named.ts';
import { attributeText, childrenOf, missingAttribute } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { stockDay } from '../../api/stock-day.ts';
import { stripZeros } from '../../api/values.ts';
import { wordFor } from './map-document.ts';
import type { Settings } from './settings.ts';

/** A product: its name in the logon language. */
export function mapProduct(record: RecordReader, out: RowSink, { settings }: MapContext<Settings>): void {
  const group = attributeText(record, 'ProductGroup');
  const names = childrenOf(record, 'to_Description');
  const name = names.find((each) => attributeText(each, 'Language') === settings.language) ?? names[0];
  const status = settings.inactive_statuses.length === 0 ? null : attributeText(record, 'SalesStatus');
  missingAttribute(record, 'IsMarkedForDeletion');
  out.row('products', {
    product_id: record.as('Product', stripZeros),
    name: name ? attributeText(name, 'ProductDescription') : null,
    category: group === null ? null : wordFor(settings.product_groups, group),
    brand: settings.brand === null ? null : attributeText(record, settings.brand),
    active:
      record.booleanOrNull('IsMarkedForDeletion') !== true &&
      !(status !== null && settings.inactive_statuses.includes(status)),
  });
}

/**
 * What can be promised of a product, plant by plant. SAP has no record where there is none: in the plants that
 * vigie.yaml lists, that is a stock of 0.
 */
export function mapStock(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const day = stockDay(context);
  if (day === null) {
    out.skip('stock of today, asked for another day');
    return;
  }
  const product = record.as('Material', stripZeros);
  const plants = quantitiesOf(record, context.settings);
  for (const [plant, quantities] of plants) {
    out.row('stock_levels', {
      product_id: product,
      warehouse_id: plant,
      stock_on: day,
      available_quantity: named(record, 'to_MatlStkInAcctMod', () => sumDecimals(quantities)),
    });
  }
  if (plants.size === 0) out.skip('product without stock that can be promised');
}

function quantitiesOf(
  record: RecordReader,
  { plants: listed, stock_types: types }: Settings,
): Map<string, string[]> {
  const plants = new Map<string, string[]>(listed.map((plant) => [plant, []]));
  for (const line of childrenOf(record, 'to_MatlStkInAcctMod')) {
    // Stock of a customer's or a supplier's is not to be sold.
    if (attributeText(line, 'InventorySpecialStockType') !== null) continue;
    if (!types.includes(attributeText(line, 'InventoryStockType') ?? '')) continue;
    const plant = line.text('Plant');
    plants.set(plant, [...(plants.get(plant) ?? []), line.decimal('MatlWrhsStkQtyInMatlBaseUnit')]);
  }
  return plants;
}
