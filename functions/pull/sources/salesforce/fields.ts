import type { Vendor } from '../../api/vendor.ts';
import {
  COMPETITOR,
  CONTRIBUTION,
  type CrmField,
  CUSTOMER_NUMBER,
  fieldsGone,
  LOST_REASON,
  missingFields,
  offersFor,
  scoreUses,
  type Use,
  usesUnset,
} from '../crm/offers.ts';
import { fieldsSet } from '../crm/settings.ts';
import { fieldsOf } from './client.ts';
import type { Settings } from './settings.ts';

/** Fields that every org has. */
const LEAD = [
  'Id',
  'CreatedDate',
  'SystemModstamp',
  'IsDeleted',
  'MasterRecordId',
  'Status',
  'OwnerId',
  'IsConverted',
  'ConvertedDate',
  'ConvertedOpportunityId',
];
const OPPORTUNITY = [
  'Id',
  'CreatedDate',
  'SystemModstamp',
  'IsDeleted',
  'StageName',
  'CloseDate',
  'IsClosed',
  'IsWon',
  'OwnerId',
  'AccountId',
];

/** Salesforce's own list of competitors, a list beside the opportunity. */
export const COMPETITORS = 'OpportunityCompetitors';

export type CrmObject = 'Lead' | 'Opportunity' | 'Account';

const set = (names: Parameters<typeof fieldsSet>[0]): string[] =>
  fieldsSet(names).filter((name) => name !== COMPETITORS);

export function fieldsWanted(object: CrmObject, { lead, deal, account }: Settings): string[] {
  const own = {
    Lead: [...LEAD, ...set(lead)],
    Opportunity: [...OPPORTUNITY, ...set(deal)],
    Account: set(account),
  }[object];
  return [...new Set(own)];
}

const USES: Readonly<Record<CrmObject, readonly Use[]>> = {
  Lead: [{ key: 'lead.lost_reason', looks: LOST_REASON }, ...scoreUses('lead')],
  Opportunity: [
    { key: 'deal.competitor', looks: COMPETITOR },
    { key: 'deal.contribution', looks: CONTRIBUTION },
    { key: 'deal.lost_reason', looks: LOST_REASON },
  ],
  Account: [{ key: 'account.customer_id', looks: CUSTOMER_NUMBER }],
};

export const offersOf = (object: CrmObject, there: readonly CrmField[], chosen: Settings): string[] =>
  offersFor(usesUnset(USES[object], chosen), there, new Set(fieldsWanted(object, chosen)));

/**
 * Compares what is asked for with what the user may see: a field without permission looks like one that is not there. Whether the org has multiple
 * currencies shows in the same list. Throws `VENDOR_FIELD_GONE`.
 */
export async function checkFields(
  vendor: Vendor,
  chosen: Settings,
  object: CrmObject,
): Promise<{ readonly hasCurrency: boolean }> {
  const there = await fieldsOf(vendor, chosen, object);
  const missing = missingFields(fieldsWanted(object, chosen), there);
  if (missing.length > 0)
    throw fieldsGone(
      `${object} in Salesforce has no field`,
      missing,
      there,
      'Salesforce lists them under Setup › Object Manager › Fields, and who sees them under Field-Level Security',
    );
  for (const offer of offersOf(object, there, chosen)) vendor.note(offer);
  return { hasCurrency: there.some(({ name }) => name === 'CurrencyIsoCode') };
}
