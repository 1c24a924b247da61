import { z } from 'zod';
import { type Versions, versionKeys } from '../../api/kit/versions.ts';
import { baseUrl, secretReference } from '../../api/settings-fields.ts';
import { ownLeadFields, readEntities } from '../crm/settings.ts';

/** https://learn.microsoft.com/power-apps/developer/data-platform/webapi/web-api-versions: v9.2 is current, no end is announced. */
export const VERSIONS: Versions = {
  default: 'v9.2',
  form: /^v9\.\d$/,
  example: 'v9.2',
  describe: 'Version of the Dataverse Web API, which stands in every path.',
  ends: {},
};

export const entityNames = ['leads', 'opportunities', 'users', 'people', 'deleted'] as const;

/** A logical name; of a lookup its value, `_campaignid_value`. */
const column = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_]*$/,
    'is the logical name of a column, such as new_competitor or _campaignid_value',
  );
const named = (what: string) => column.optional().describe(what);
const usual = (name: string, what: string) => column.nullable().default(name).describe(what);

const leadColumns = z.strictObject({
  channel: usual('leadsourcecode', 'Marketing channel that brought it.'),
  campaign: usual('_campaignid_value', 'Campaign that brought it.'),
  industry: usual('industrycode', 'Industry.'),
  region: usual('address1_country', 'Sales region.'),
  employee_count: usual('numberofemployees', 'Size of its company.'),
  lost_reason: usual('statuscode', 'Why it was disqualified.'),
  mql_on: named('Day of marketing’s yes.'),
  sql_on: named('Day of sales’ yes; one that is qualified has it anyway.'),
  contact_role: named('Function of the contact.'),
  ...ownLeadFields(column),
});

const opportunityColumns = z.strictObject({
  lost_reason: usual('statuscode', 'Why it was lost.'),
  channel: named('Marketing channel that brought it.'),
  competitor: named('A competitor, beside those of the relation and of the closing.'),
  contribution: named('What is left of the amount after the costs of this sale.'),
});

const accountColumns = z.strictObject({
  customer_id: usual('accountnumber', 'Number as `customers` has it: of SAP.'),
  industry: usual('industrycode', 'Industry.'),
  region: usual('address1_country', 'Sales region.'),
});

const stage = z.strictObject({
  step: z.int().min(0).optional(),
  probability: z.number().min(0).max(1).optional(),
});

/** The keys of a source of kind `dynamics-sales` in vigie.yaml. */
export const settings = z.strictObject({
  base_url: baseUrl().describe('Address of the environment: https://contoso.crm4.dynamics.com.'),
  tenant: z
    .string()
    .regex(/^[\w.-]+$/, 'is the id or the domain of the Entra tenant, such as contoso.onmicrosoft.com')
    .describe('Entra tenant of the environment: its id, or contoso.onmicrosoft.com.'),
  login_url: baseUrl()
    .default('https://login.microsoftonline.com')
    .describe('Address that gives tokens: another for national clouds.'),
  secret: secretReference()
    .default('${secret:dynamics-sales}')
    .describe('`{"client_id": …, "client_secret": …}` of the app registration.'),
  ...versionKeys(VERSIONS),
  read: readEntities(
    entityNames,
    ['leads', 'opportunities', 'users', 'people'],
    '`people` finds erased leads; `deleted` finds deleted opportunities in the audit log.',
  ),
  lead: leadColumns.prefault({}).describe('Columns of leads, by the column of `leads` that they fill.'),
  opportunity: opportunityColumns.prefault({}).describe('Columns of opportunities.'),
  account: accountColumns.prefault({}).describe('Columns of accounts.'),
  process: column
    .nullable()
    .default('opportunitysalesprocesses')
    .describe(
      'Entity set of the business process flow that opportunities go through. Null: stages come from `stage`.',
    ),
  stage: column
    .default('salesstage')
    .describe('Without a process: the column that says how far an opportunity is.'),
  stages: z
    .record(z.string(), stage)
    .default({})
    .describe('Order and probability of stages, by their names: `Propose: { step: 3, probability: 0.5 }`.'),
  names: z
    .strictObject({ won: z.string().default('Won'), lost: z.string().default('Lost') })
    .prefault({})
    .describe('What people call the ends.'),
  page_size: z
    .int()
    .min(1)
    .max(5000)
    .default(1000)
    .describe('Records a page; Dataverse gives 5,000 at most.'),
  overlap_minutes: z
    .int()
    .min(0)
    .max(1440)
    .default(60)
    .describe('How far before the last reading changes are asked for again.'),
});
export type Settings = z.output<typeof settings>;
