import { ACCOUNTS, type Spend } from '../../companies/wholesale/business/campaigns.ts';

const CUSTOMER = `customers/${ACCOUNTS.google}`;

/** What a field of a campaign's day holds. 64-bit integers are text, doubles are numbers, as protobuf writes JSON. */
const CAMPAIGN_FIELDS: Readonly<Record<string, (spend: Spend) => unknown>> = {
  'customer.id': () => ACCOUNTS.google,
  'customer.currency_code': () => 'EUR',
  'customer.time_zone': () => 'Europe/Paris',
  'customer.descriptive_name': () => 'Marelune',
  'campaign.id': ({ campaign }) => campaign.id,
  'campaign.name': ({ campaign }) => campaign.name,
  'campaign.status': () => 'ENABLED',
  'segments.date': ({ day }) => day.date,
  'metrics.impressions': ({ impressions }) => String(impressions),
  'metrics.clicks': ({ clicks }) => String(clicks),
  'metrics.cost_micros': ({ cost }) => String(cost * 10_000),
  'metrics.conversions': ({ conversions }) => conversions / 100,
  'metrics.conversions_value': ({ value }) => value / 100,
  'metrics.all_conversions': ({ conversions }) => conversions / 100,
  'metrics.all_conversions_value': ({ value }) => value / 100,
};

const CUSTOMER_FIELDS: Readonly<Record<string, (manager: boolean) => unknown>> = {
  'customer.id': (manager) => (manager ? MANAGER : ACCOUNTS.google),
  'customer.descriptive_name': (manager) => (manager ? 'Agence Kléber' : 'Marelune'),
  'customer.currency_code': () => 'EUR',
  'customer.time_zone': () => 'Europe/Paris',
  'customer.manager': (manager) => manager,
};

/** The agency's manager account, through which the company's account is reached. */
export const MANAGER = '7130992846';

/** Fields of a resource that are not known here. */
export const unknownFields = (resource: string, fields: readonly string[]): readonly string[] =>
  fields.filter(
    (field) => !((resource === 'campaign' ? CAMPAIGN_FIELDS : CUSTOMER_FIELDS)[field] !== undefined),
  );

/** A row of the answer, with the resource names that come unasked. */
export const campaignRow = (fields: readonly string[], spend: Spend): unknown =>
  nested([
    ...(fields.some((field) => field.startsWith('customer.'))
      ? [['customer.resource_name', CUSTOMER] as const]
      : []),
    ['campaign.resource_name', `${CUSTOMER}/campaigns/${spend.campaign.id}`] as const,
    ...fields.map((field) => [field, CAMPAIGN_FIELDS[field]?.(spend)] as const),
  ]);

export const customerRow = (fields: readonly string[], manager: boolean): unknown =>
  nested([
    ['customer.resource_name', `customers/${manager ? MANAGER : ACCOUNTS.google}`] as const,
    ...fields.map((field) => [field, CUSTOMER_FIELDS[field]?.(manager)] as const),
  ]);

/** `metrics.cost_micros` is `{ metrics: { costMicros } }` in JSON. */
export const lowerCamel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function nested(
  entries: readonly (readonly [field: string, value: unknown])[],
): Record<string, Record<string, unknown>> {
  const row: Record<string, Record<string, unknown>> = {};
  for (const [field, value] of entries) {
    const [group = '', name = ''] = lowerCamel(field).split('.');
    row[group] = { ...row[group], [name]: value };
  }
  return row;
}
