import { z } from 'zod';
import { type Versions, versionKeys } from '../../api/kit/versions.ts';
import { areDistinct, baseUrl, lookBackDays, secretReference } from '../../api/settings-fields.ts';
import { ownCurrency, ownLeadFields, readEntities } from '../crm/settings.ts';

/** 41 to 68 are supported; up to 40 end with Summer '28. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/api_rest_eol.htm */
export const VERSIONS: Versions = {
  default: '68.0',
  form: /^\d\d\.0$/,
  example: '68.0',
  describe: 'Version of the REST API, which stands in every path.',
  ends: {},
};

export const entityNames = ['leads', 'opportunities', 'users', 'people', 'campaigns', 'activity'] as const;
export const activityObjects = ['Task', 'Event'] as const;

const fieldName = z.string().regex(/^[A-Za-z]\w*$/, 'is the API name of a field, such as Loss_Reason__c');
const named = (what: string) => fieldName.optional().describe(what);
const usual = (name: string, what: string) => fieldName.nullable().default(name).describe(what);

/** Fields of a lead beside what every org has, by the column of `leads`. */
export const leadFields = z.strictObject({
  channel: usual('LeadSource', 'Marketing channel that brought it.'),
  industry: usual('Industry', 'Industry of its company.'),
  region: usual('Country', 'Sales region of its company.'),
  employee_count: usual('NumberOfEmployees', 'Size of its company.'),
  campaign: named('Campaign that brought it.'),
  mql_on: named('Day on which marketing found it qualified.'),
  sql_on: named('Day on which sales found it qualified.'),
  lost_reason: named('The reason it gave.'),
  contact_role: named('Function of the contact; a picklist, not the title somebody wrote.'),
  ...ownLeadFields(fieldName),
});

export const dealFields = z.strictObject({
  amount: fieldName.default('Amount').describe('What it is worth, net of tax.'),
  channel: usual('LeadSource', 'Marketing channel that brought it.'),
  lost_reason: named('Why it was lost: Salesforce has no field of its own for it.'),
  competitor: named(
    'Competitors: a field of yours (several: separated by semicolons), or `OpportunityCompetitors` for Salesforce’s list.',
  ),
  contribution: named('What is left of the amount after the costs of this sale.'),
});

export const accountFields = z.strictObject({
  customer_id: named('Number of the account as a customer, as `customers` has it: of SAP.'),
  industry: usual('Industry', 'Industry.'),
  region: usual('BillingCountry', 'Sales region.'),
});

const texts = (values: readonly string[], what: string) =>
  z
    .array(z.string().min(1))
    .default([...values])
    .describe(what);

export const settings = z.strictObject({
  base_url: baseUrl().describe('My Domain: https://acme.my.salesforce.com.'),
  auth: z
    .enum(['client_credentials', 'jwt'])
    .default('client_credentials')
    .describe('How an external client app is let in: by its secret, or by a key.'),
  secret: secretReference()
    .default('${secret:salesforce}')
    .describe(
      '`{"client_id": …, "client_secret": …}`; for `jwt` `{"client_id": …, "user": …, "private_key": …}`.',
    ),
  token_url: baseUrl()
    .optional()
    .describe('Address that gives tokens. Default: `/services/oauth2/token` below `base_url`.'),
  audience: z
    .url()
    .default('https://login.salesforce.com')
    .describe('For `jwt`; a sandbox has https://test.salesforce.com.'),
  ...versionKeys(VERSIONS),
  read: readEntities(
    entityNames,
    ['leads', 'opportunities', 'users', 'people'],
    '`people` is the list by which erased leads are found; `campaigns` gives touchpoints.',
  ),
  currency: ownCurrency('Currency of an org without multiple currencies.'),
  statuses: z
    .strictObject({
      mql: texts([], 'Marketing’s yes.'),
      sql: texts(['Qualified'], 'Sales’ yes; a lead that is converted has it anyway.'),
      lost: texts(['Unqualified', 'Closed - Not Converted'], 'Lost.'),
    })
    .prefault({})
    .describe('What lead statuses mean.'),
  lead_history: z
    .enum(['tracked', 'none'])
    .default('tracked')
    .describe(
      'Whether field history is tracked for Lead Status. `none`: the status is known from the day on that it is read.',
    ),
  renamed: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe(
      'Former names of stages and statuses, and what they are called now: Salesforce’s history keeps the former ones.',
    ),
  lead: leadFields.prefault({}).describe('Fields of leads.'),
  deal: dealFields.prefault({}).describe('Fields of opportunities.'),
  account: accountFields.prefault({}).describe('Fields of accounts.'),
  offline_campaigns: texts(
    ['Trade Show', 'Conference', 'Seminar / Conference', 'Direct Mail', 'Public Relations', 'Print'],
    'Types of campaigns at which people meet; others are online.',
  ),
  activity: z
    .array(z.enum(activityObjects))
    .min(1)
    .refine(areDistinct, 'names one twice')
    .default(['Task', 'Event'])
    .describe('What counts as work of a user: records of these kinds that were made on a day.'),
  overlap_minutes: z
    .int()
    .min(5)
    .max(1440)
    .default(30)
    .describe('What changed so long before the last reading is read again.'),
  look_back_days: lookBackDays(3, 31, 'Days of activity read anew each time.'),
});
export type Settings = z.output<typeof settings>;
