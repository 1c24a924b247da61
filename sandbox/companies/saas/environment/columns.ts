import type { Column, ColumnType } from '../../../vendors/dynamics-sales/environment.ts';
import { CHANNELS, DEAL_REASONS, FUNCTIONS, INDUSTRIES, LEAD_REASONS, SALES_REGIONS } from './choices.ts';

const column =
  (type: ColumnType) =>
  (...names: readonly string[]): Column[] =>
    names.map((name) => ({ name, label: name.replace(/^new_/, ''), type }));

const guid = column('guid');
const text = column('text');
const flag = column('boolean');
const integer = column('integer');
const money = column('money');
const day = column('date');
const instant = column('datetime');
const choice = (name: string, options: Readonly<Record<number, string>>): Column => ({
  ...{ name, label: name.replace(/^new_/, ''), type: 'choice', options },
});
const lookup = (name: string, target: string): Column => ({ name, label: name, type: 'lookup', target });

const OWN = instant('createdon', 'modifiedon');

/** What the environment knows of each table: Microsoft's columns, and (`new_…`) the company's. */
export const COLUMNS = {
  lead: [
    ...[...guid('leadid', 'masterid'), ...OWN, ...text('fullname', 'companyname', 'address1_country')],
    choice('statecode', { 0: 'Open', 1: 'Qualified', 2: 'Disqualified' }),
    choice('statuscode', { 1: 'New', 3: 'Qualified', 4: 'Lost', 7: 'Canceled' }),
    ...[lookup('ownerid', 'systemuser'), lookup('campaignid', 'campaign'), ...flag('merged')],
    ...[lookup('qualifyingopportunityid', 'opportunity'), lookup('parentaccountid', 'account')],
    ...[choice('leadsourcecode', CHANNELS.options), choice('industrycode', INDUSTRIES.options)],
    ...[choice('new_salesregion', SALES_REGIONS.options), choice('new_function', FUNCTIONS.options)],
    ...[choice('new_reasonlost', LEAD_REASONS.options), ...integer('numberofemployees', 'new_answers')],
    ...[...instant('new_mqlon', 'new_sqlon'), ...integer('new_buyswithin'), ...money('new_yearlypotential')],
    ...flag('new_budget', 'new_authority', 'new_need', 'new_timing'),
  ],
  opportunity: [
    ...[...guid('opportunityid'), ...OWN, ...text('name'), ...day('actualclosedate', 'estimatedclosedate')],
    choice('statecode', { 0: 'Open', 1: 'Won', 2: 'Lost' }),
    choice('statuscode', { 1: 'In Progress', 3: 'Won', 4: 'Canceled' }),
    ...[...money('estimatedvalue', 'actualvalue', 'new_margin'), lookup('ownerid', 'systemuser')],
    ...[lookup('originatingleadid', 'lead'), lookup('parentaccountid', 'account')],
    ...[lookup('transactioncurrencyid', 'transactioncurrency'), choice('new_channel', CHANNELS.options)],
    choice('new_reasonlost', DEAL_REASONS.options),
  ],
  account: [
    ...[...guid('accountid'), ...OWN, ...text('name', 'accountnumber', 'address1_country')],
    ...[choice('industrycode', INDUSTRIES.options), choice('new_salesregion', SALES_REGIONS.options)],
  ],
  opportunityclose: [
    ...[...guid('activityid'), ...OWN, lookup('opportunityid', 'opportunity')],
    lookup('competitorid', 'competitor'),
  ],
  opportunitysalesprocess: [
    ...[...guid('businessprocessflowinstanceid'), ...OWN, ...instant('activestagestartedon')],
    ...[lookup('opportunityid', 'opportunity'), lookup('activestageid', 'processstage')],
  ],
  processstage: [
    ...[
      ...guid('processstageid'),
      ...text('stagename', 'primaryentitytypecode'),
      lookup('processid', 'workflow'),
    ],
    choice('stagecategory', { 0: 'Qualify', 1: 'Develop', 2: 'Propose', 3: 'Close' }),
  ],
  systemuser: [
    ...[...guid('systemuserid', 'ownerid'), ...OWN, ...text('fullname'), ...flag('isdisabled', 'islicensed')],
    choice('accessmode', { 0: 'Read-Write', 1: 'Administrative', 4: 'Non-interactive' }),
    lookup('businessunitid', 'businessunit'),
  ],
  audit: [
    ...[
      ...guid('auditid'),
      ...instant('createdon'),
      ...text('objecttypecode'),
      lookup('objectid', 'opportunity'),
    ],
    choice('operation', { 1: 'Create', 2: 'Update', 3: 'Delete' }),
  ],
  workflow: [...guid('workflowid'), ...text('name')],
  businessunit: [...guid('businessunitid'), ...text('name')],
  campaign: [...guid('campaignid'), ...OWN, ...text('name')],
  competitor: [...guid('competitorid'), ...OWN, ...text('name')],
  transactioncurrency: [...guid('transactioncurrencyid'), ...text('isocurrencycode', 'currencyname')],
} satisfies Readonly<Record<string, readonly Column[]>>;
