import { VigieError } from '../../../platform/errors.ts';
import { recordsIn } from '../../api/kit/envelope.ts';
import type { Vendor } from '../../api/vendor.ts';
import type { Wanted } from './client.ts';
import type { Settings } from './settings.ts';

/** Properties that every account has. What a company adds stands in its settings. */
const CONTACT = [
  'createdate',
  'lastmodifieddate',
  'lifecyclestage',
  'hs_lead_status',
  'hubspot_owner_id',
  'hs_analytics_source',
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

const set = (names: Readonly<Record<string, string | null | undefined>>): string[] =>
  Object.values(names).filter((name) => typeof name === 'string');
const distinct = (names: readonly string[]): string[] => [...new Set(names)];

export const contactWanted = ({ contact }: Settings): Wanted => ({
  properties: distinct([...CONTACT, ...set(contact)]),
  history: ['lifecyclestage', 'hs_lead_status'],
});

export const dealWanted = ({ deal }: Settings): Wanted => ({
  properties: distinct([...DEAL, ...set(deal)]),
  history: distinct(['dealstage', 'amount', ...(deal.competitor === undefined ? [] : [deal.competitor])]),
});

export const companyWanted = ({ company }: Settings): Wanted => ({
  properties: distinct(set(company)),
  history: [],
});

export const wantedOf = (object: PropertyObject, chosen: Settings): Wanted =>
  ({ contacts: contactWanted, deals: dealWanted, companies: companyWanted })[object](chosen);

export type PropertyObject = 'contacts' | 'deals' | 'companies';

export interface Property {
  readonly name: string;
  readonly label: string;
}

/** The properties that an account has. */
export async function propertiesOf(
  vendor: Vendor,
  { version }: Settings,
  object: PropertyObject,
): Promise<Property[]> {
  const answer = await vendor.ask({ url: `/crm/properties/${version}/${object}` });
  const found = recordsIn('HubSpot properties', answer.json(), 'results') as readonly Partial<Property>[];
  return found.map(({ name, label }) => ({ name: String(name), label: String(label ?? name) }));
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
    throw new VigieError(`${object} in HubSpot have no property ${missing.join(', ')}`, {
      code: 'VENDOR_FIELD_GONE',
      where: { field: missing[0] ?? '' },
      hint: `It was removed or renamed there, or the token may not see it. HubSpot lists them under Settings › Properties: put the internal name into vigie.yaml, or null where there is none any more.${alike(there, missing)}`,
    });
  for (const offer of offersFor(object, there, chosen)) vendor.note(offer);
}

export const missingOf = (there: readonly Property[], { properties, history }: Wanted): string[] => {
  const names = new Set(there.map(({ name }) => name));
  return distinct([...properties, ...history]).filter((name) => !names.has(name));
};

const alike = (there: readonly Property[], missing: readonly string[]): string => {
  const stems = missing.flatMap((name) => name.split('_')).filter((part) => part.length > 4);
  const near = there.filter(({ name }) => stems.some((stem) => name.includes(stem))).slice(0, 4);
  return near.length === 0 ? '' : ` There are: ${near.map(({ name }) => name).join(', ')}.`;
};

/** What custom properties are often for, told by their names and labels, in English and French. */
const USES: readonly { readonly object: PropertyObject; readonly key: string; readonly looks: RegExp }[] = [
  { object: 'deals', key: 'deal.competitor', looks: /compet(?!en)|concurr/i },
  { object: 'deals', key: 'deal.contribution', looks: /margin|marge|contribution/i },
  {
    object: 'deals',
    key: 'deal.lost_reason',
    looks: /(lost|loss|perdu|perte).*(reason|raison|motif)|(reason|raison|motif).*(lost|loss|perdu|perte)/i,
  },
  { object: 'contacts', key: 'contact.contact_role', looks: /^hs_role$/ },
  { object: 'contacts', key: 'contact.contact_seniority', looks: /^hs_seniority$/ },
  { object: 'contacts', key: 'contact.engagement_count', looks: /score/i },
  {
    object: 'companies',
    key: 'company.customer_id',
    looks: /(customer|client|sap|erp|debitor).*(n(umber|um[eé]ro|o|r)|id|code)\b/i,
  },
];

/** Properties that may be what a setting is for, of those that are not set. */
export function offersFor(object: PropertyObject, there: readonly Property[], chosen: Settings): string[] {
  const used = new Set(wantedOf(object, chosen).properties);
  return USES.filter((use) => use.object === object && !isSet(use.key, chosen)).flatMap(({ key, looks }) => {
    const fit = there.filter(({ name, label }) => !used.has(name) && (looks.test(name) || looks.test(label)));
    if (fit.length === 0) return [];
    return [
      `${key} is not set; it might be ${fit
        .slice(0, 3)
        .map(({ name, label }) => `${name} (${label})`)
        .join(', ')}`,
    ];
  });
}

function isSet(key: string, chosen: Settings): boolean {
  const [group = '', name = ''] = key.split('.');
  const value = (chosen as unknown as Record<string, Record<string, unknown>>)[group]?.[name];
  // HubSpot’s own reason is always there: another one may be what the company fills in.
  return typeof value === 'string' && value !== 'closed_lost_reason';
}
