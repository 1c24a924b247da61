import { z } from 'zod';
import { type Versions, versionKeys } from '../../api/kit/versions.ts';
import { apiUrl, areDistinct, lookBackDays, secretReference } from '../../api/settings-fields.ts';
import { ownCurrency, ownLeadFields, readEntities } from '../crm/settings.ts';

/** Each is supported for 18 months: https://developers.hubspot.com/docs/developer-tooling/platform/versioning */
export const VERSIONS: Versions = {
  default: '2026-09',
  form: /^20\d\d-(03|09)$/,
  example: '2026-09',
  describe: 'Version of the API, which stands in every path.',
  ends: { '2026-03': '2027-09-30', '2026-09': '2028-03-31' },
};

export const entityNames = ['contacts', 'deals', 'owners', 'people', 'activity', 'marketing_emails'] as const;

/** Objects that a user makes by working: each with a scope of its own. */
export const activityObjects = ['calls', 'meetings', 'notes', 'tasks', 'emails'] as const;

const property = z
  .string()
  .regex(/^[a-z0-9_]+$/, 'is the internal name of a property, such as main_competitor');
const named = (what: string) => property.optional().describe(what);

/** What may be read of a contact beside what every account has, by the column of `leads`. */
export const contactProperties = z.strictObject({
  channel: property.nullable().default('hs_analytics_source').describe('Marketing channel that brought it.'),
  campaign: named('Campaign that brought it.'),
  lost_reason: named('The reason it gave.'),
  contact_role: named('Function of the contact; HubSpot’s own is hs_role.'),
  contact_seniority: named('Whether the contact decides; HubSpot’s own is hs_seniority.'),
  ...ownLeadFields(property),
});

export const dealProperties = z.strictObject({
  lost_reason: property.nullable().default('closed_lost_reason').describe('Why it was lost.'),
  competitor: named('Competitors on the deal; several are separated by a semicolon.'),
  contribution: named('What is left of the amount after the costs of this sale.'),
  channel: property.nullable().default('hs_analytics_source').describe('Marketing channel that brought it.'),
});

export const companyProperties = z.strictObject({
  customer_id: named('Number of the company as a customer, as `customers` has it: of SAP.'),
  industry: property.nullable().default('industry').describe('Industry.'),
  region: property.nullable().default('country').describe('Sales region.'),
  employee_count: property.nullable().default('numberofemployees').describe('Size.'),
});

const words = (describe: string, usual: Readonly<Record<string, string>>) =>
  z.record(z.string(), z.string().min(1)).default(usual).describe(describe);

export const settings = z.strictObject({
  base_url: apiUrl('https://api.hubapi.com'),
  secret: secretReference()
    .default('${secret:hubspot}')
    .describe('`{"token": …}`: a service key, or the token of a private app.'),
  ...versionKeys(VERSIONS),
  read: readEntities(
    entityNames,
    ['contacts', 'deals', 'owners', 'people'],
    '`people` is the list by which erased contacts are found; `activity` and `marketing_emails` need scopes of their own.',
  ),
  currency: ownCurrency('Company currency of the account: that of deals which name none.'),
  lifecycle: z
    .strictObject({
      mql: z.string().default('marketingqualifiedlead').describe('Marketing’s yes.'),
      sql: z.string().default('salesqualifiedlead').describe('Sales’ yes.'),
      won: z.array(z.string()).min(1).default(['customer', 'evangelist']).describe('A customer.'),
      no_lead: z.array(z.string()).default(['subscriber', 'other']).describe('No lead, yet or at all.'),
    })
    .prefault({})
    .describe('What lifecycle stages mean, by their internal names.'),
  lost_statuses: z
    .array(z.string())
    .default(['UNQUALIFIED'])
    .describe('Lead statuses (`hs_lead_status`) of a lead that is lost, by their internal names.'),
  contact: contactProperties
    .prefault({})
    .describe('Properties of contacts, by the column of `leads` that they fill.'),
  deal: dealProperties.prefault({}).describe('Properties of deals.'),
  company: companyProperties.prefault({}).describe('Properties of companies.'),
  channels: words('Words for HubSpot’s sources; one that is not listed stays as it is.', {
    ...{ ORGANIC_SEARCH: 'Organic Search', PAID_SEARCH: 'Paid Search', EMAIL_MARKETING: 'Email' },
    ...{ SOCIAL_MEDIA: 'Organic Social', PAID_SOCIAL: 'Paid Social', REFERRALS: 'Referral' },
    ...{ DIRECT_TRAFFIC: 'Direct', OFFLINE: 'Offline', OTHER_CAMPAIGNS: 'Other campaigns' },
  }),
  seniorities: z
    .record(z.string(), z.enum(['executive', 'manager', 'staff']))
    .default({
      ...{ executive: 'executive', vp: 'executive', owner: 'executive', partner: 'executive' },
      ...{ director: 'executive', manager: 'manager', senior: 'staff', employee: 'staff', entry: 'staff' },
    })
    .describe('What values of `contact.contact_seniority` mean. One that is not listed is rejected.'),
  activity: z
    .array(z.enum(activityObjects))
    .min(1)
    .refine(areDistinct, 'names one twice')
    .default(['calls', 'meetings', 'notes', 'tasks'])
    .describe('What counts as work of a user: records of these kinds that were made on a day.'),
  overlap_minutes: z
    .int()
    .min(10)
    .max(1440)
    .default(60)
    .describe('HubSpot’s search index lags: what changed so long before the last reading is read again.'),
  requests_per_second: z
    .int()
    .min(1)
    .max(1000)
    .default(9)
    .describe(
      'What Vigie asks at most. An account that may ask more, and is asked by nobody else, can be given more.',
    ),
  look_back_days: lookBackDays(3, 31, 'Days of activity read anew each time.'),
  email_look_back_days: lookBackDays(
    30,
    92,
    'Marketing e-mails: mails sent within so many days are counted anew each time, since opens and clicks go on.',
  ),
});
export type Settings = z.output<typeof settings>;
