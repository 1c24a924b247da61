import { negateDecimal, roundDecimal } from '../../api/decimals.ts';
import { attributeAs, attributeText, childrenOf, missingAttribute } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { sapDay, stripZeros } from '../../api/values.ts';
import { amountOf, currencyOf } from './amounts.ts';
import { wordFor } from './map-document.ts';
import type { Settings } from './settings.ts';

/** Billing documents have a number range of their own that may meet that of sales documents. */
const PREFIX = 'B';

/**
 * A credit memo of billing (API_BILLING_DOCUMENT_SRV) as a return. Not to be read beside the returns and credit memo
 * requests that it settles: both would count.
 */
export function mapBillingDocument(
  record: RecordReader,
  out: RowSink,
  { settings }: MapContext<Settings>,
): void {
  const type = record.text('BillingDocumentType');
  const kind = Object.hasOwn(settings.billing_types, type) ? settings.billing_types[type] : 'skip';
  if (kind !== 'return') {
    out.skip(`billing type ${type}`);
    return;
  }
  // The document that cancels another: the cancelled one is read anew and says so itself.
  if (attributeText(record, 'CancelledBillingDocument') !== null) {
    out.skip('cancellation of a billing document');
    return;
  }
  const id = `${PREFIX}${record.as('BillingDocument', stripZeros)}`;
  const orderedOn = record.as('BillingDocumentDate', sapDay);
  const channel = attributeText(record, 'DistributionChannel');
  missingAttribute(record, 'BillingDocumentIsCancelled');
  const items = childrenOf(record, 'to_Item');
  const lines = items.map((item) => creditLine(item, record, { id, orderedOn, settings }));
  out.row('orders', {
    order_id: id,
    kind: 'return',
    status: record.booleanOrNull('BillingDocumentIsCancelled') === true ? 'cancelled' : 'completed',
    ordered_on: orderedOn,
    customer_id: attributeAs(record, 'SoldToParty', stripZeros),
    channel: channel === null ? null : wordFor(settings.channels, channel),
  });
  for (const line of lines) out.row('order_lines', line);
  if (lines.length === 0) out.empty('order_lines', { order_id: id });
}

function creditLine(
  item: RecordReader,
  document: RecordReader,
  {
    id,
    orderedOn,
    settings,
  }: { readonly id: string; readonly orderedOn: string; readonly settings: Settings },
): Record<string, string | null> {
  const currency = currencyOf(item.textOrNull('TransactionCurrency') === null ? document : item);
  const net = amountOf(item, 'NetAmount', currency, settings);
  if (net === null) throw item.error('NetAmount', 'is empty, but required');
  return {
    order_id: id,
    line_id: item.as('BillingDocumentItem', stripZeros),
    ordered_on: orderedOn,
    product_id: attributeAs(item, 'Material', stripZeros),
    quantity: negateDecimal(item.as('BillingQuantity', roundDecimal)),
    net_amount: negateDecimal(net),
    currency,
  };
}
