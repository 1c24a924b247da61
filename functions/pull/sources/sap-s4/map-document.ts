import { daysBetween } from '../../../lake/values/day.ts';
import { attributeAs, attributeText, childrenOf, tombstoneKey } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { sapDay, sapInstant, stripZeros } from '../../api/values.ts';
import type { Family } from './families.ts';
import { type DocumentKind, type Head, lineOf } from './map-item.ts';
import type { Settings } from './settings.ts';

/**
 * A sales document with its items. Rejected items are left out; where all are rejected, or the header says so, the
 * document is cancelled and keeps them. Returns turn every sign: SAP writes their amounts positive.
 */
export function mapDocument(
  family: Family,
  record: RecordReader,
  out: RowSink,
  { settings }: MapContext<Settings>,
): void {
  const deleted = tombstoneKey(record, family.document);
  if (deleted !== null) {
    forget(stripZeros(deleted), out);
    return;
  }
  const kind = kindOf(family, record, settings);
  if (kind === 'skip') {
    out.skip(`document type ${record.text(`${family.document}Type`)}`);
    return;
  }
  const head = headOf(family, record, settings, kind);
  const { items, cancelled } = countingItems(family, record, settings);
  const status = statusOf(record);
  const lines = items.map((item) => lineOf(family, item, record, head, settings));
  out.row('orders', {
    order_id: head.id,
    kind: kind === 'return' ? 'return' : 'order',
    status: cancelled ? 'cancelled' : status,
    ordered_on: head.orderedOn,
    ...orderFields(family, record, settings),
    booking_programme: head.programme,
  });
  for (const line of lines) out.row('order_lines', line);
  // Without a line of its own, what an earlier reading found would stay.
  if (lines.length === 0) out.empty('order_lines', { order_id: head.id });
}

/** The items that become lines, and whether the whole document is rejected. */
function countingItems(
  { items: field, document }: Family,
  record: RecordReader,
  { item_categories: categories }: Settings,
): { readonly items: readonly RecordReader[]; readonly cancelled: boolean } {
  const items = childrenOf(record, field).filter(
    (item) => categories[attributeText(item, `${document}ItemCategory`) ?? ''] !== 'skip',
  );
  const standing = items.filter((item) => attributeText(item, 'SalesDocumentRjcnReason') === null);
  const cancelled = isRejected(record) || (items.length > 0 && standing.length === 0);
  return { items: cancelled ? items : standing, cancelled };
}

/** A document that is no more. */
export function forget(id: string, out: RowSink): void {
  out.empty('orders', { order_id: id });
  out.empty('order_lines', { order_id: id });
}

function kindOf({ document }: Family, record: RecordReader, settings: Settings): DocumentKind {
  const field = `${document}Type`;
  const type = record.text(field);
  const kind = Object.hasOwn(settings.document_types, type) ? settings.document_types[type] : undefined;
  if (kind === undefined)
    throw record.error(field, 'is none of the document types that `document_types` lists in vigie.yaml');
  return kind;
}

function headOf(
  { document }: Family,
  record: RecordReader,
  { fields }: Settings,
  kind: Exclude<DocumentKind, 'skip'>,
): Head {
  const orderedOn = record.as(`${document}Date`, sapDay);
  const programme =
    fields.booking_programme === null ? null : attributeText(record, fields.booking_programme);
  const wanted =
    fields.booking_programme === null || fields.delivery_date === null
      ? null
      : attributeAs(record, fields.delivery_date, sapDay);
  const leadDays = programme === null || wanted === null ? null : daysBetween(orderedOn, wanted);
  return { id: record.as(document, stripZeros), kind, orderedOn, programme, leadDays };
}

/** A: nothing is rejected, B: some items, C: all (domain STATV). */
export const isRejected = (record: RecordReader): boolean =>
  attributeText(record, 'OverallSDDocumentRejectionSts') !== null &&
  record.oneOf('OverallSDDocumentRejectionSts', { A: 'no', B: 'some', C: 'all' }) === 'all';

/** Empty: not relevant (a document without deliveries), A: not begun, B: begun, C: done (domain STATV). */
const statusOf = (record: RecordReader): 'open' | 'completed' =>
  attributeText(record, 'OverallSDProcessStatus') === null
    ? 'open'
    : record.oneOf('OverallSDProcessStatus', { A: 'open', B: 'open', C: 'completed' });

function orderFields(
  family: Family,
  record: RecordReader,
  settings: Settings,
): Record<string, string | null> {
  const { fields, channels } = settings;
  const text = (name: string | null): string | null => (name === null ? null : attributeText(record, name));
  const channel = text(fields.channel);
  return {
    ordered_at: fields.ordered_at === null ? null : attributeAs(record, fields.ordered_at, sapInstant),
    customer_id: attributeAs(record, 'SoldToParty', stripZeros),
    channel: channel === null ? null : wordFor(channels, channel),
    sales_rep_id: salesRepOf(family, record, settings),
    cart_id: text(fields.cart_id),
    session_id: text(fields.session_id),
  };
}

/** The word for a code; codes that are not listed stay as they are. */
export const wordFor = (words: Readonly<Record<string, string>>, code: string): string =>
  (Object.hasOwn(words, code) ? words[code] : undefined) ?? code;

function salesRepOf({ partners }: Family, record: RecordReader, settings: Settings): string | null {
  const { sales_rep_function: role, fields } = settings;
  if (role === undefined) return fields.sales_rep === null ? null : attributeText(record, fields.sales_rep);
  const partner = childrenOf(record, partners).find(
    (each) => attributeText(each, 'PartnerFunction') === role,
  );
  if (!partner) return null;
  const personnel = attributeAs(partner, 'Personnel', stripZeros);
  return personnel !== null && personnel !== '0' ? personnel : attributeAs(partner, 'Customer', stripZeros);
}
