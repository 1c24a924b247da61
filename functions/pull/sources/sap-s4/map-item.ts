import { negateDecimal, roundDecimal, subtractDecimals } from '../../api/decimals.ts';
import { named } from '../../api/named.ts';
import { attributeAs, childrenOf } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import { stripZeros } from '../../api/values.ts';
import { amountOf, conditionAmount, currencyOf } from './amounts.ts';
import type { Family } from './families.ts';
import type { Settings } from './settings.ts';

export type DocumentKind = Settings['document_types'][string];

/** What the items need to know of their document. */
export interface Head {
  readonly id: string;
  readonly kind: Exclude<DocumentKind, 'skip'>;
  readonly orderedOn: string;
  readonly programme: string | null;
  readonly leadDays: number | null;
}

/** A row of `order_lines`; of a return with every sign turned. */
export function lineOf(
  family: Family,
  item: RecordReader,
  document: RecordReader,
  head: Head,
  settings: Settings,
): Record<string, string | number | null> {
  const category = item.textOrNull(`${family.document}ItemCategory`);
  const isFree =
    head.kind === 'free_of_charge' || settings.item_categories[category ?? ''] === 'free_of_charge';
  const currency = currencyOf(item.textOrNull('TransactionCurrency') === null ? document : item);
  const amounts = amountsOf(family, item, currency, settings, isFree);
  const signed = (value: string | null): string | null =>
    value !== null && head.kind === 'return' ? negateDecimal(value) : value;
  return {
    order_id: head.id,
    line_id: item.as(`${family.document}Item`, stripZeros),
    ordered_on: head.orderedOn,
    product_id: attributeAs(item, family.product, stripZeros),
    quantity: signed(item.as('RequestedQuantity', roundDecimal)),
    net_amount: signed(amounts.net),
    list_amount: signed(amounts.list),
    freight_amount: signed(amounts.freight),
    margin_amount: signed(amounts.margin),
    currency,
    booking_programme: head.programme,
    booking_lead_days: head.leadDays,
  };
}

interface ItemAmounts {
  readonly net: string;
  readonly list: string | null;
  readonly freight: string | null;
  readonly margin: string | null;
}

/**
 * What is given away has no price: no net amount, whatever a statistical one says, and no list amount, lest it count as
 * a discount of a hundred per cent. It costs what it costs.
 */
function amountsOf(
  family: Family,
  item: RecordReader,
  currency: string,
  settings: Settings,
  isFree: boolean,
): ItemAmounts {
  const { fields, conditions } = settings;
  const of = (name: string | null, types: readonly string[]): string | null =>
    types.length > 0
      ? named(item, family.conditions, () =>
          conditionAmount(childrenOf(item, family.conditions), types, settings),
        )
      : name === null
        ? null
        : amountOf(item, name, currency, settings);
  const net = isFree ? '0' : amountOf(item, 'NetAmount', currency, settings);
  if (net === null) throw item.error('NetAmount', 'is empty, but required');
  const cost = of(fields.cost_amount, conditions.cost_amount);
  const margin =
    of(fields.margin_amount, []) ??
    (cost === null ? null : named(item, 'NetAmount', () => subtractDecimals(net, cost)));
  return {
    net,
    list: isFree ? null : of(fields.list_amount, conditions.list_amount),
    freight: of(fields.freight_amount, conditions.freight_amount),
    margin,
  };
}
