import { attributeAs, attributeText } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RowSink } from '../../api/source.ts';
import { sapDay, stripZeros } from '../../api/values.ts';
import { currencyOf } from './amounts.ts';
import { dealItems, sumOf } from './deal-items.ts';
import { outcomeOf } from './deal-outcome.ts';
import { pipelineOf, stageRows } from './deal-stages.ts';
import { changedAt, enteredAt } from './deal-times.ts';
import type { Family } from './families.ts';
import { wordFor } from './map-document.ts';
import type { Settings } from './settings.ts';

/**
 * A quotation or a sales contract as a deal. Won: a customer took it up; lost: all is rejected, or its validity ended. A
 * contract that follows a quotation which is read is that deal, and none of its own.
 */
export function mapDeal(
  family: Family,
  record: RecordReader,
  out: RowSink,
  context: MapContext<Settings>,
): void {
  const { settings } = context;
  const why = whyNoDeal(family, record, settings);
  if (why !== null) {
    out.skip(why);
    return;
  }
  const id = record.as(family.document, stripZeros);
  const currency = currencyOf(record);
  const items = dealItems(family, record, currency, settings);
  const outcome = outcomeOf(family, record, items, context);
  const amount = sumOf(items, 'net');
  out.row('deals', {
    deal_id: id,
    ...fieldsOf(family, record, settings),
    status: outcome.status,
    closed_on: outcome.closedOn,
    pipeline: pipelineOf(family, settings),
    lost_reason: outcome.status === 'lost' ? outcome.reason : null,
    amount,
    contribution: sumOf(items, 'contribution'),
    currency,
  });
  stageRows(family, record, outcome, { id, out, context });
  // SAP keeps no earlier amounts: each is known from the change on that was read with it.
  const changed = changedAt(record);
  const basis = changed === null ? 'history' : 'seen';
  const since = changed ?? enteredAt(family, record, context);
  out.row('deal_amounts', { deal_id: id, changed_at: since, basis, amount, currency });
  rivals(record, id, out, settings);
}

/** Document category of a quotation (domain VBTYPL). */
const QUOTATION = 'B';

function whyNoDeal({ document, entity }: Family, record: RecordReader, settings: Settings): string | null {
  const type = record.text(`${document}Type`);
  if (settings.deals.skip_types.includes(type)) return `document type ${type}`;
  const follows =
    entity === 'sales-contracts' && attributeText(record, 'ReferenceSDDocumentCategory') === QUOTATION;
  return follows && settings.read.includes('sales-quotations') ? 'contract of a quotation' : null;
}

function fieldsOf(
  { document, entity }: Family,
  record: RecordReader,
  { deals, regions }: Settings,
): Record<string, string | null> {
  const text = (name: string | null): string | null => (name === null ? null : attributeText(record, name));
  const region = text(deals.region);
  const expected = entity === 'sales-quotations' ? deals.expected_on : null;
  return {
    lead_id: text(deals.lead_id),
    customer_id: attributeAs(record, 'SoldToParty', stripZeros),
    owner_id: text(deals.owner),
    created_on: record.as(`${document}Date`, sapDay),
    expected_on: expected === null ? null : attributeAs(record, expected, sapDay),
    channel: text(deals.channel),
    industry: text(deals.industry),
    region: region === null ? null : wordFor(regions, region),
  };
}

function rivals(record: RecordReader, id: string, out: RowSink, { deals }: Settings): void {
  if (deals.competitor === null) return;
  const competitor = attributeText(record, deals.competitor);
  if (competitor === null) out.empty('deal_competitors', { deal_id: id });
  else out.row('deal_competitors', { deal_id: id, competitor });
}
