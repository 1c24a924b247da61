import type { Pipeline, PropertyDefinition } from '../../../vendors/hubspot/portal.ts';
import { STAGES } from '../business/stages.ts';

/** The pipeline that every account begins with. */
export const PIPELINE = 'default';
/** Statuses of a lead that is lost: by itself, or with its deal. */
export const UNQUALIFIED = 'UNQUALIFIED';
export const LOST_DEAL = 'LOST_DEAL';

/** HubSpot's words for how far somebody decides. */
export const SENIORITIES = { executive: 'executive', manager: 'manager', staff: 'employee' } as const;

/** HubSpot's own guess at where a contact came from, which knows neither fairs nor partners. */
export const ANALYTICS_SOURCES: Readonly<Record<string, string>> = {
  'Organic search': 'ORGANIC_SEARCH',
  'Google Ads': 'PAID_SEARCH',
  'LinkedIn Ads': 'PAID_SOCIAL',
  Webinars: 'OTHER_CAMPAIGNS',
  Referral: 'REFERRALS',
  'Content syndication': 'OTHER_CAMPAIGNS',
};

const text = (name: string, label: string): PropertyDefinition => ({ name, label, type: 'string' });
const number = (name: string, label: string): PropertyDefinition => ({ name, label, type: 'number' });
const flag = (name: string, label: string): PropertyDefinition => ({ name, label, type: 'bool' });
const date = (name: string, label: string): PropertyDefinition => ({ name, label, type: 'datetime' });
const choice = (
  name: string,
  label: string,
  words: readonly (readonly [value: string, label: string])[] = [],
): PropertyDefinition => ({
  ...{ name, label, type: 'enumeration' },
  options: words.map(([value, word], order) => ({ value, label: word, order })),
});

const LIFECYCLE = choice('lifecyclestage', 'Lifecycle Stage', [
  ...([
    ['subscriber', 'Subscriber'],
    ['lead', 'Lead'],
    ['marketingqualifiedlead', 'MQL'],
  ] as const),
  ...([
    ['salesqualifiedlead', 'SQL'],
    ['opportunity', 'Opportunity'],
    ['customer', 'Customer'],
  ] as const),
  ...([
    ['evangelist', 'Evangelist'],
    ['other', 'Other'],
  ] as const),
]);
const LEAD_STATUS = choice('hs_lead_status', 'Lead Status', [
  ...([
    ['NEW', 'New'],
    ['OPEN_DEAL', 'Open Deal'],
  ] as const),
  ...([
    [UNQUALIFIED, 'Disqualified'],
    [LOST_DEAL, 'Deal lost'],
  ] as const),
]);
const OWN = [text('hs_object_id', 'Record ID'), date('createdate', 'Create Date')];
const OWNER = choice('hubspot_owner_id', 'Owner');
const SOURCE = choice('hs_analytics_source', 'Original Traffic Source');
const MERGED = text('hs_merged_object_ids', 'Merged record IDs');

/** What the account knows of each object: HubSpot's own, and what the company added. */
export const properties: Readonly<Record<string, readonly PropertyDefinition[]>> = {
  contacts: [
    ...[
      ...OWN,
      date('lastmodifieddate', 'Last Modified Date'),
      LIFECYCLE,
      LEAD_STATUS,
      OWNER,
      SOURCE,
      MERGED,
    ],
    ...[number('associatedcompanyid', 'Primary Associated Company ID'), choice('hs_role', 'Employment Role')],
    ...[choice('hs_seniority', 'Employment Seniority'), choice('lead_channel', 'Channel')],
    ...[text('lead_campaign', 'Campaign or form'), choice('lead_lost_reason', 'Reason lost')],
    ...[
      number('marketing_engagements', 'Answers to marketing'),
      number('yearly_potential', 'Yearly potential'),
    ],
    ...[number('buys_within_days', 'Buys within (days)'), flag('bant_budget', 'Budget')],
    ...[flag('bant_authority', 'Authority'), flag('bant_need', 'Need'), flag('bant_timing', 'Timing')],
  ],
  deals: [
    ...[...OWN, date('hs_lastmodifieddate', 'Last Modified Date'), OWNER, SOURCE, MERGED],
    ...[date('closedate', 'Close Date'), choice('pipeline', 'Pipeline'), choice('dealstage', 'Deal Stage')],
    ...[number('amount', 'Amount'), choice('deal_currency_code', 'Currency')],
    ...[flag('hs_is_closed', 'Is Closed (numeric)'), flag('hs_is_closed_won', 'Is Closed Won')],
    ...[text('closed_lost_reason', 'Closed Lost Reason'), choice('deal_channel', 'Channel')],
    ...[choice('main_competitor', 'Competitor'), number('margin', 'Margin')],
  ],
  companies: [
    ...[...OWN, date('hs_lastmodifieddate', 'Last Modified Date'), choice('industry', 'Industry')],
    ...[text('country', 'Country/Region'), choice('sales_region', 'Sales region')],
    ...[number('numberofemployees', 'Number of Employees'), text('customer_number', 'Customer number')],
  ],
};

/** Of what is called a pilot no more HubSpot knows nothing: a stage that is renamed keeps its id, and its past has the new name. */
export const pipelines: readonly Pipeline[] = [
  {
    ...{ id: PIPELINE, label: 'Sales' },
    stages: STAGES.filter(({ pipeline }) => pipeline === 'Sales').map(
      ({ id, name, probability, outcome }, order) => ({
        ...{ id, label: name, order, isClosed: outcome !== 'open', probability: (probability ?? 0) / 100 },
      }),
    ),
  },
];
