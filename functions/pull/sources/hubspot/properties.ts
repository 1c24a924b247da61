import { recordsIn } from '../../api/kit/envelope.ts';
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
import type { Wanted } from './client.ts';
import type { Settings } from './settings.ts';

/** Properties that every account has. What a company adds stands in its settings. */
const CONTACT = [
  'createdate',
  'lastmodifieddate',
  'lifecyclestage',
  'hs_lead_status',
  'hubspot_owner_id',
  'associatedcompanyid',
  'hs_merged_object_ids',
];
const DEAL = [
  'createdate',
  'hs_lastmodifieddate',
  'closedate',
  'pipeline',
  'dealstage',
  'amount',
  'deal_currency_code',
  'hs_is_closed',
  'hs_is_closed_won',
  'hubspot_owner_id',
  'hs_merged_object_ids',
];

type Json = Readonly<Record<string, unknown>>;

const distinct = (names: readonly string[]): string[] => [...new Set(names)];

export const contactWanted = ({ contact }: Settings): Wanted => ({
  properties: distinct([...CONTACT, ...fieldsSet(contact)]),
  history: ['lifecyclestage', 'hs_lead_status'],
});

export const dealWanted = ({ deal }: Settings): Wanted => ({
  properties: distinct([...DEAL, ...fieldsSet(deal)]),
  history: distinct(['dealstage', 'amount', ...(deal.competitor === undefined ? [] : [deal.competitor])]),
});

export const companyWanted = ({ company }: Settings): Wanted => ({
  properties: distinct(fieldsSet(company)),
  history: [],
});

export const wantedOf = (object: PropertyObject, chosen: Settings): Wanted =>
  ({ contacts: contactWanted, deals: dealWanted, companies: companyWanted })[object](chosen);

export type PropertyObject = 'contacts' | 'deals' | 'companies';

/** The properties that an account has. */
export async function propertiesOf(
  vendor: Vendor,
  { version }: Settings,
  object: PropertyObject,
): Promise<CrmField[]> {
  const answer = await vendor.ask({ url: `/crm/properties/${version}/${object}` });
  const found = recordsIn('HubSpot properties', answer.json(), 'results') as readonly Json[];
  return found.map(({ name, label, hubspotDefined }) => ({
    ...{ name: String(name), label: String(label ?? name), own: hubspotDefined !== true },
  }));
}

/**
 * HubSpot gives nothing for a property that it does not have, and says nothing: one that was removed or renamed would look empty for all.
 * So the list is read first. Throws `VENDOR_FIELD_GONE`.
 */
export async function checkProperties(
  vendor: Vendor,
  chosen: Settings,
  object: PropertyObject,
): Promise<void> {
  const there = await propertiesOf(vendor, chosen, object);
  const missing = missingOf(there, wantedOf(object, chosen));
  if (missing.length > 0)
    throw fieldsGone(
      `${object} in HubSpot have no property`,
      missing,
      there,
      'HubSpot lists them under Settings › Properties',
    );
  for (const offer of offersOf(object, there, chosen)) vendor.note(offer);
}

export const missingOf = (there: readonly CrmField[], { properties, history }: Wanted): string[] =>
  missingFields([...properties, ...history], there);

const USES: Readonly<Record<PropertyObject, readonly Use[]>> = {
  deals: [
    { key: 'deal.competitor', looks: COMPETITOR },
    { key: 'deal.contribution', looks: CONTRIBUTION },
    { key: 'deal.lost_reason', looks: LOST_REASON },
  ],
  contacts: [
    { key: 'contact.lost_reason', looks: LOST_REASON },
    { key: 'contact.contact_role', looks: /^hs_role$/ },
    { key: 'contact.contact_seniority', looks: /^hs_seniority$/ },
    ...scoreUses('contact', ['contact_role']),
  ],
  companies: [{ key: 'company.customer_id', looks: CUSTOMER_NUMBER }],
};

/** HubSpot’s own reason is always there: another one may be what the company fills in. */
const USUAL = ['closed_lost_reason'];

/** Properties that may be what a setting is for, of those that are not set. */
export const offersOf = (object: PropertyObject, there: readonly CrmField[], chosen: Settings): string[] =>
  offersFor(usesUnset(USES[object], chosen, USUAL), there, new Set(wantedOf(object, chosen).properties));
