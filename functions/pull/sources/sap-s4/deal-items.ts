import { signOf, subtractDecimals, sumDecimals } from '../../api/decimals.ts';
import { named } from '../../api/named.ts';
import { attributeText, childrenOf } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import { amountOf, conditionAmount } from './amounts.ts';
import type { Family } from './families.ts';
import type { Settings } from './settings.ts';

/** An item of a quotation or contract. */
export interface DealItem {
  readonly net: string;
  /** Net amount less cost; null where its cost is not known. */
  readonly contribution: string | null;
  /** Code of the reason for rejection; null while it stands. */
  readonly reason: string | null;
}

/** Items with a value: texts, what is free of charge, and alternatives to other items are worth nothing. */
export const dealItems = (
  family: Family,
  record: RecordReader,
  currency: string,
  settings: Settings,
): DealItem[] =>
  childrenOf(record, family.items)
    .filter((item) => isOffered(family, item, settings))
    .map((item) => dealItem(family, item, currency, settings));

function isOffered({ document, entity }: Family, item: RecordReader, { item_categories }: Settings): boolean {
  if (item_categories[attributeText(item, `${document}ItemCategory`) ?? ''] !== undefined) return false;
  if (entity !== 'sales-quotations') return true;
  // SAP leaves the number of the other item empty, or at zero.
  return /^0*$/.test(attributeText(item, 'AlternativeToItem') ?? '');
}

function dealItem(family: Family, item: RecordReader, currency: string, settings: Settings): DealItem {
  const net = netOf(family, item, currency, settings);
  const types = settings.conditions.cost_amount;
  const cost =
    types.length === 0
      ? null
      : named(item, family.conditions, () =>
          conditionAmount(childrenOf(item, family.conditions), types, settings),
        );
  return {
    net,
    contribution: cost === null ? null : named(item, 'NetAmount', () => subtractDecimals(net, cost)),
    reason: attributeText(item, 'SalesDocumentRjcnReason'),
  };
}

/** A contract on a value has that value as its target, and prices only once something is called off. */
function netOf(family: Family, item: RecordReader, currency: string, settings: Settings): string {
  const net = amountOf(item, 'NetAmount', currency, settings);
  if (net === null) throw item.error('NetAmount', 'is empty, but required');
  if (family.entity !== 'sales-contracts' || signOf(net) !== 0) return net;
  return amountOf(item, 'OutlineAgreementTargetAmount', currency, settings) ?? net;
}

/** The sum of the items that stand, of all where none does. Null: there are none, or one lacks it. */
export function sumOf(items: readonly DealItem[], field: 'net' | 'contribution'): string | null {
  const standing = items.filter(({ reason }) => reason === null);
  const amounts = (standing.length > 0 ? standing : items).map((item) => item[field]);
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 || known.length < amounts.length ? null : sumDecimals(known);
}
