import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { filesSource } from '../../functions/lake/company/company.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import type { Cell } from '../../functions/platform/engine.ts';
import { tables } from '../kit/tables.ts';
import { type Desk, openDesk } from './pulling.ts';

// The data are not ours to keep: a few made-up lines in the form of each set stand for it, its oddities included.
const root = new URL('../../examples/public-data/', import.meta.url);
const catalogue = loadCatalogue();

type Rows = Readonly<Record<string, readonly Record<string, Cell>[]>>;

/** The rows of each table that an example makes of files. `from`: what its variables stand for. */
async function pulled(
  example: string,
  files: Record<string, string>,
  from: Record<string, string>,
): Promise<Rows> {
  const file = new URL(`${example}/vigie.yaml`, root);
  const company = parseCompany(readFileSync(file, 'utf8'), `${example}/vigie.yaml`, { tables, catalogue });
  const desk: Desk = await openDesk(company.company.time_zone);
  for (const [name, text] of Object.entries(files)) await desk.drop(name, text);
  const { feeds } = filesSource.parse(company.sources[0]);
  const placed = feeds.map(({ path, ...feed }) => ({
    ...feed,
    path: path.replace(/\$\{(\w+)\}/, (_, name) => from[name] ?? `no ${name}`),
  }));
  const report = await desk.pull(placed);
  expect(report.problem).toBeUndefined();
  const rows: Record<string, Record<string, Cell>[]> = {};
  for (const batch of report.batches)
    rows[batch.table] = [...(rows[batch.table] ?? []), ...(await desk.rows(batch))];
  return rows;
}

test('every example of public data is tried below', () => {
  expect(globSync('*/vigie.yaml', { cwd: root.pathname }).sort()).toEqual(
    ['deals', 'leads', 'newsletter', 'rfm', 'search', 'survey'].map((name) => `${name}/vigie.yaml`),
  );
});

describe('rfm: CDNOW', () => {
  let rows: Rows;
  beforeAll(async () => {
    const lines = [
      ' customer_id  date number_of_cds  dollar_value',
      ' 00001 19970101  1   11.77',
      ' 00002 19970112  1   12.00',
      ' 00002 19970112  5   77.00',
      ' 00002 19970112  5   77.00',
      ' 00003 19980630 99 1286.01',
    ];
    rows = await pulled('rfm', { 'cdnow.txt': `${lines.join('\n')}\n` }, { CDNOW: 'cdnow.txt' });
  });

  test('each line is a purchase, one that repeats another too', () => {
    expect(rows['orders']?.map((row) => [row['customer_id'], row['ordered_on']])).toEqual([
      ['00001', '1997-01-01'],
      ['00002', '1997-01-12'],
      ['00002', '1997-01-12'],
      ['00002', '1997-01-12'],
      ['00003', '1998-06-30'],
    ]);
    const amounts = rows['order_lines']?.map((row) => row['net_amount']);
    expect(amounts).toEqual(['11.7700', '12.0000', '77.0000', '77.0000', '1286.0100']);
    expect(rows['order_lines']?.map((row) => row['order_id'])).toEqual(
      rows['orders']?.map((row) => row['order_id']),
    );
  });

  test('each customer is one', () => {
    expect(rows['customers']?.map((row) => row['customer_id']).sort()).toEqual(['00001', '00002', '00003']);
  });
});

test('newsletter: what was sent, opened and clicked, delivered as sent', async () => {
  const text =
    '\ufeffcampaign_date,campaign_name,emails_sent,opens,clicks,unsubscribed\n2026-03-14,Nyílt hét – #6,5424,914,14,7\n';
  const rows = await pulled('newsletter', { 'mails.csv': text }, { EMAIL_CAMPAIGNS: 'mails.csv' });
  expect(rows['email_sends']).toMatchObject([
    {
      ...{ campaign_id: 'Nyílt hét – #6', sent_on: '2026-03-14', sent_count: 5424, delivered_count: 5424 },
      ...{ unique_open_count: 914, unique_click_count: 14, unsubscribe_count: 7 },
    },
  ]);
});

test('survey: each line is an answer, one that repeats another too; days come first in its dates', async () => {
  const files = {
    'nps.csv':
      'Company_ID,Data_Received,NPS_Score\n31692,15/02/2023,1\n31692,15/02/2023,1\n27275,8/02/2023,10\n',
    'customer - customer.csv':
      'Company_ID,Company_Name,Industry,Initial_MRR,Region\n31692,Gamma,banking,2005,DACH\n27275,Elixir,retail,1,Spain\n',
  };
  const rows = await pulled('survey', files, { SURVEY: '.' });
  expect(rows['survey_answers']).toMatchObject([
    { answered_on: '2023-02-15', score: '1.0000', customer_id: '31692', kind: 'recommendation' },
    { answered_on: '2023-02-15', score: '1.0000' },
    { answered_on: '2023-02-08', score: '10.0000', customer_id: '27275' },
  ]);
  expect(rows['customers']?.map((row) => row['region']).sort()).toEqual(['DACH', 'Spain']);
});

test('search: the days of a month are one row, of each site', async () => {
  const files = {
    'own.csv':
      'Date,Clicks,Impressions,CTR,Position\n2024-10-02,5,90,5.56%,3\n2024-10-01,7,80,8.75%,4\n2024-09-30,11,70,15.71%,5\n',
    'other.csv': 'Date,Clicks,Impressions,CTR,Position\n2024-10-01,100,900,11.11%,2\n',
  };
  const rows = await pulled('search', files, { SEARCH_OWN: 'own.csv', SEARCH_OTHER: 'other.csv' });
  const facts = rows['search_visibility']?.map((row) => [
    ...[row['domain'], row['own'], row['month_on'], row['organic_traffic']],
  ]);
  expect(facts?.sort()).toEqual([
    ['other.example', false, '2024-10-01', 100],
    ['own.example', true, '2024-09-01', 11],
    ['own.example', true, '2024-10-01', 12],
  ]);
  const clicks = rows['search_clicks']?.map((row) => [
    ...[row['searched_on'], row['click_count'], row['impression_count'], row['device'], row['country']],
  ]);
  expect(clicks?.sort()).toEqual([
    ['2024-09-30', 11, 70, 'unknown', 'ZZ'],
    ['2024-10-01', 7, 80, 'unknown', 'ZZ'],
    ['2024-10-02', 5, 90, 'unknown', 'ZZ'],
  ]);
});

test('leads: who is won stands in the other file, as a deal of the lead', async () => {
  const files = {
    'olist_marketing_qualified_leads_dataset.csv':
      'mql_id,first_contact_date,landing_page_id,origin\nL1,2018-02-01,P1,social\nL2,2018-02-02,P1,\n',
    'olist_closed_deals_dataset.csv':
      'mql_id,seller_id,sdr_id,sr_id,won_date,business_segment\nL1,S1,D1,R1,2018-02-26 23:58:54,pet\n',
  };
  const rows = await pulled('leads', files, { CRM: '.' });
  expect(rows['leads']).toMatchObject([
    { lead_id: 'L1', created_on: '2018-02-01', status: 'open', channel: 'social' },
    { lead_id: 'L2', created_on: '2018-02-02' },
  ]);
  expect(rows['leads']?.[1]?.['channel']).toBeUndefined();
  expect(rows['deals']).toMatchObject([
    { deal_id: 'L1', lead_id: 'L1', status: 'won', closed_on: '2018-02-26', industry: 'pet', owner_id: 'R1' },
  ]);
});

test('deals: two dates give the stages; who was only looked at is no deal, and an open one has no amount', async () => {
  const text = [
    'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
    'D1,Ana,GTX,Cancity,Won,10/20/2016,3/1/2017,1054',
    'D2,Ana,GTX,Isdom,Lost,10/25/2016,3/11/2017,0',
    'D3,Bo,GTX,,Engaging,12/24/2017,,',
    'D4,Bo,GTX,,Prospecting,,,',
  ];
  const rows = await pulled('deals', { 'sales_pipeline.csv': `${text.join('\n')}\n` }, { CRM: '.' });
  const facts = rows['deals']?.map((row) => [row['deal_id'], row['status'], row['closed_on'], row['amount']]);
  expect(facts?.sort()).toEqual([
    ['D1', 'won', '2017-03-01', '1054.0000'],
    ['D2', 'lost', '2017-03-11', '0.0000'],
    ['D3', 'open', undefined, undefined],
  ]);
  const stays = rows['stage_history']?.map((row) => [row['record_id'], row['stage_id'], row['entered_on']]);
  expect(stays?.sort()).toEqual([
    ['D1', 'Engaging', '2016-10-20'],
    ['D1', 'Won', '2017-03-01'],
    ['D2', 'Engaging', '2016-10-25'],
    ['D2', 'Lost', '2017-03-11'],
    ['D3', 'Engaging', '2017-12-24'],
  ]);
});
