import { addDays } from '../../../lake/values/day.ts';
import { odataPages } from '../../api/odata/pages.ts';
import { type Expansion, type ODataQuery, odataDay, odataInstant } from '../../api/odata/query.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { common, present } from './client.ts';
import type { Family } from './families.ts';
import type { Settings } from './settings.ts';

/** Pages of quotations or contracts, with their items and, of quotations, what followed them. */
export function dealPages(
  family: Family,
  vendor: Vendor,
  settings: Settings,
  slice: Slice,
): AsyncIterable<RawPage> {
  const { document, path, protocol } = family;
  const query: ODataQuery = {
    ...common(settings, protocol),
    ...{ path, orderby: document, key: [document] },
    filter: wanted(family, settings, slice),
    select: settings.select ? selected(family, settings) : undefined,
    expand: expansions(family, settings),
  };
  return odataPages(vendor, query, `${family.entity} of SAP S/4HANA`);
}

/**
 * What changed; what was entered lately enough to be ordered still, which leaves no trace in the quotation's change date;
 * and what has just expired, which is nobody's change.
 */
function wanted(
  { document, entity, protocol }: Family,
  { deals }: Settings,
  { since, startsOn, asOf }: Slice,
) {
  const all = `${document}Date ge ${odataDay(startsOn, protocol)}`;
  if (since === null) return all;
  const before = (days: number): string => odataDay(addDays(since.slice(0, 10), -days), protocol);
  const either = [
    `LastChangeDateTime ge ${odataInstant(since, protocol)}`,
    `CreationDate ge ${before(1 + deals.look_back_days)}`,
    ...(entity === 'sales-quotations' && deals.expires
      ? [`(${VALID_TO} ge ${before(2)} and ${VALID_TO} lt ${odataDay(asOf, protocol)})`]
      : []),
  ];
  return `${all} and (${either.join(' or ')})`;
}

const VALID_TO = 'BindingPeriodValidityEndDate';

function selected({ document, entity }: Family, { deals }: Settings): string[] {
  const isQuotation = entity === 'sales-quotations';
  return present([
    ...[document, `${document}Type`, `${document}Date`, 'SoldToParty', 'TransactionCurrency'],
    ...['LastChangeDateTime', 'OverallSDProcessStatus', 'OverallSDDocumentRejectionSts'],
    ...(isQuotation
      ? [VALID_TO, deals.expected_on, deals.stage]
      : ['ReferenceSDDocumentCategory', 'SalesContractSignedDate']),
    ...[deals.region, deals.owner, deals.channel, deals.industry, deals.competitor, deals.lead_id],
  ]);
}

/** Document flow: `A_SlsQtanSubsqntProcFlow` of API_SALES_QUOTATION_SRV. */
export const FLOW = 'to_SubsequentProcFlowDoc';

function expansions(
  { document, entity, items, conditions }: Family,
  { deals, select, conditions: types }: Settings,
): Expansion[] {
  const isQuotation = entity === 'sales-quotations';
  const chosen = (names: readonly string[]) => (select ? names : undefined);
  const costs: Expansion = {
    name: conditions,
    select: chosen(['ConditionType', 'ConditionAmount', 'TransactionCurrency', 'ConditionInactiveReason']),
  };
  const item: Expansion = {
    name: items,
    select: chosen([
      ...[`${document}Item`, `${document}ItemCategory`, 'NetAmount', 'SalesDocumentRjcnReason'],
      isQuotation ? 'AlternativeToItem' : 'OutlineAgreementTargetAmount',
    ]),
    expand: types.cost_amount.length > 0 ? [costs] : undefined,
  };
  const flow: Expansion = {
    name: FLOW,
    select: chosen(['SubsequentDocument', 'SubsequentDocumentCategory', 'CreationDate']),
  };
  return isQuotation && deals.document_flow ? [item, flow] : [item];
}
