import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { definitionOf } from '../../../../functions/pull/source-kinds.ts';
import { openDesk } from '../../pulling.ts';
import { totalOf } from './asking.ts';
import { hasRecorded, recordedText } from './recorded.ts';

const pageOfKind = (kind: string): string =>
  readFileSync(new URL(`../../../../functions/pull/sources/${kind}/README.md`, import.meta.url), 'utf8');
const blocks = (kind: string): string[] =>
  [...pageOfKind(kind).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');

const KINDS = ['google-ads', 'microsoft-ads', 'linkedin-ads', 'meta-ads'];

/** What people copy from a page is what is tested. */
describe.each(KINDS)('the page of %s', (kind) => {
  test('shows settings that are taken', async () => {
    const { settings } = await definitionOf(kind);
    const { kind: named, name, starts_on, ...own } = parse(blocks(kind)[0] ?? '').sources[0];
    expect({ named, name, starts_on }).toEqual({ named: kind, name: kind, starts_on: '2025-01-01' });
    expect(settings.safeParse(own)).toMatchObject({ success: true });
  });

  test('names every setting, and every setting has a description', async () => {
    const { shape } = (await definitionOf(kind)).settings as z.ZodObject;
    for (const [key, schema] of Object.entries(shape)) {
      expect(pageOfKind(kind), key).toContain(`\`${key}\``);
      expect((schema as z.ZodType).description, key).toBeTruthy();
    }
  });

  test.each([
    'What it reads',
    'Permissions to ask for',
    'Credentials, click by click',
    'Limits',
    'Look-back',
    'Known traps',
    'Version and sunset',
    'As files',
  ])('has a section "%s"', (title) => {
    expect(pageOfKind(kind)).toContain(`\n## ${title}\n`);
  });
});

interface Feed {
  readonly path: string;
  readonly columns: Record<string, unknown>;
}
const feedOf = (kind: string): Feed => parse(blocks(kind).at(-1) ?? '').sources[0].feeds[0];

async function fed(kind: string, content: string) {
  const desk = await openDesk();
  const feed = feedOf(kind);
  await desk.drop(feed.path.replace('{date}', '2026-11-20'), content);
  const report = await desk.pull([feed]);
  const [batch] = report.batches;
  return { report, rows: await desk.rows(batch) };
}

/** Small files in a connector's form. */
const FILES: Readonly<Record<string, string>> = {
  'google-ads':
    'customer_id,date,id,clicks,impressions,cost_micros,conversions,conversions_value\n2121450128,2026-11-20,77,4,90,1250000,0.5,12.5\n',
  'microsoft-ads':
    'date,account_id,campaign_id,currency_code,device_os,device_type,network,ad_distribution,bid_match_type,delivered_match_type,top_vs_other,clicks,impressions,spend,conversions,revenue\n2026-11-20,1,77,USD,iOS,Phone,Bing,Search,Exact,Exact,Top,1,40,0.5,,\n2026-11-20,1,77,USD,iOS,Tablet,Bing,Search,Exact,Exact,Top,3,50,0.75,1,12.5\n',
  'linkedin-ads':
    'campaign_id,day,clicks,impressions,cost_in_local_currency,external_website_conversions,conversion_value_in_local_currency\n77,2026-11-20 00:00:00,4,90,1.25,,12.5\n',
  'meta-ads': 'ad_id,date,account_id,impressions,inline_link_clicks,spend\n77,2026-11-20,1,90,4,1.25\n',
};

describe('the files of the pages', () => {
  test.each(KINDS)('%s: 4 clicks of 90 impressions for 1.25 on a day', async (kind) => {
    const { report, rows } = await fed(kind, FILES[kind] ?? '');
    expect(report.status).toBe('ok');
    expect(rows.every((row) => row['spent_on'] === '2026-11-20')).toBe(true);
    const keys = rows.map((row) => `${row['spent_on']}/${row['campaign_id']}`);
    expect(new Set(keys).size).toBe(rows.length);
    expect([totalOf(rows, 'clicks'), totalOf(rows, 'impressions'), totalOf(rows, 'cost')]).toEqual([
      '4',
      '90',
      '1.25',
    ]);
  });

  test.skipIf(!hasRecorded).each([
    ['google-ads', 'google_ads_campaign_stats_data.csv', 16, '280', '1854', '231.33'],
    [
      'microsoft-ads',
      'microsoft_ads_campaign_performance_daily_report_data.csv',
      2_630,
      '592',
      '7569',
      '946.34',
    ],
    ['linkedin-ads', 'linkedin_ad_analytics_by_campaign_data.csv', 20, '919', '1359', '530.62'],
    ['meta-ads', 'facebook_ads_basic_ad_data.csv', 10, '149', '37275', '643.63'],
  ])(
    '%s: a connector’s recorded table gives the same totals as the API’s mapping',
    async (kind, name, count, ...sums) => {
      const { report, rows } = await fed(kind, recordedText(name));
      expect(report.status).toBe('ok');
      expect(rows).toHaveLength(count);
      expect(new Set(rows.map((row) => `${row['spent_on']}/${row['campaign_id']}`)).size).toBe(count);
      expect([totalOf(rows, 'clicks'), totalOf(rows, 'impressions'), totalOf(rows, 'cost')]).toEqual(sums);
    },
  );
});
