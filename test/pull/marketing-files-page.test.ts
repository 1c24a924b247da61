import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';

const page = readFileSync(new URL('../../docs/sources/marketing-files.md', import.meta.url), 'utf8');
const sources = /```yaml\n(sources:[\s\S]*?)```/.exec(page)?.[1] ?? '';

/** What the page asks for. */
const FILES: Readonly<Record<string, string>> = {
  'mails_20261121.csv': `Campaign,Name,Sent,Recipients,Bounced,Opened,Machine,Clicked,Left,Phone,Computer,Browser
7,Winter tyres,2026-11-20,1000,80,184,300,23,2,60,100,40
8,Newsletter,2026-11-21,100,20,16,,9,,,,
`,
  'followers_20261121.csv': `Network,Account,Day,Followers
LinkedIn,softworks,2026-11-21,1204
Facebook,softworks,2026-11-21,96
`,
  'posts_20261121.csv': `Network,Account,Day,Shown,Engagements
LinkedIn,softworks,2026-11-20,800,30
LinkedIn,softworks,2026-11-21,200,10
`,
  'search_202611.csv': `Domain;Database;Month;Organic Traffic;Adwords Traffic
softworks.example;fr;2026-11;3000;300
rival.example;fr;2026-11;6000;300
`,
  'Dates.csv': `Date,Clicks,Impressions,CTR,Position
2026-11-18,30,1000,3%,8.1
2026-11-17,20,600,3.33%,9.4
2026-10-29,50,2000,2.5%,7
2026-10-28,999,9999,9.99%,7
`,
  'moves.csv': `Day,Competitor,Kind,Title,Link
2026-11-18,Rival,price,Ten per cent off,https://rival.example/a
2026-11-19,Rival,product,A new product,
`,
  // Ten who recommend (one a detractor), ten who are asked whether they are satisfied (eight are).
  'answers.csv': `Number,Answered,Recommend,Satisfied,Region
${Array.from({ length: 10 }, (_, at) => `${at},2026-11-${10 + at} 09:00,${at === 0 ? 6 : 9},${at < 2 ? 3 : 4},north`).join('\n')}
11,2026-11-20 09:00,,5,south
`,
};

const folder = mkdtempSync(join(tmpdir(), 'vigie-marketing-'));
const config = join(folder, 'vigie.yaml');
const on = (...args: string[]) => vigie(...args, '--config', config);
beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) {
    const file = join(folder, 'exports', 'marketing', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  await on('init', '--name', 'Softworks', '--currency', 'EUR', '--time-zone', 'Europe/Paris');
  const written = readFileSync(config, 'utf8');
  writeFileSync(
    config,
    written.replace(/\nsources:\n[\s\S]*?\n(?=# Who is told)/, () => `\n${sources}\n`),
  );
});

test('the page of marketing files: its lists fit its vigie.yaml', async () => {
  const found = JSON.parse((await on('doctor', '--json')).out) as { what: string; status: string }[];
  const feeds = found.filter(({ what }) => what.includes('→'));
  expect(feeds.map(({ what, status }) => `${what} ${status}`)).toEqual(
    [
      ...['email_sends', 'social_audience', 'social_activity', 'search_visibility', 'search_clicks'],
      ...['competitor_events', 'survey_answers', 'survey_answers'],
    ].map((table) => `marketing → ${table} ok`),
  );
});

test('… and give the figures that one works out by hand', async () => {
  const ran = await on('run', '--date', '2026-11-21');
  expect(ran.code, ran.out + ran.err).toBe(0);
  const told = [
    ['email_open_rate', 'mtd'],
    ['email_click_rate', 'mtd'],
    ['email_undelivered_rate', 'mtd'],
    ['email_mobile_open_share', 'mtd'],
    ['social_followers', 'day'],
    ['social_engagement_rate', 'mtd'],
    ['search_traffic_share', 'mtd'],
    ['paid_search_share', 'mtd'],
    ['organic_search_clicks', 'mtd'],
    ['search_click_rate', 'mtd'],
    ['competitor_moves', 'mtd'],
    ['net_promoter_score', 'mtd'],
    ['customer_satisfaction', 'mtd'],
  ] as const;
  const figures: Record<string, string> = {};
  for (const [kpi, period] of told) {
    const { out, err } = await on('values', kpi, '--period', period, '--format', 'json');
    expect(err).toBe('');
    const [figure] = JSON.parse(out) as { numerator: number; denominator: number | null }[];
    figures[kpi] = `${figure?.numerator} / ${figure?.denominator ?? ''}`.trim();
  }
  expect(figures).toEqual({
    email_open_rate: '200 / 1000', // 184 + 16, 920 + 80
    email_click_rate: '32 / 1000',
    email_undelivered_rate: '100 / 1100',
    email_mobile_open_share: '60 / 200',
    social_followers: '1300 /',
    social_engagement_rate: '40 / 1000',
    search_traffic_share: '2100 / 6300', // 21 days of 100 and of 200
    paid_search_share: '210 / 420',
    organic_search_clicks: '100 /', // 29 October to 18 November: a day counts three days later
    search_click_rate: '100 / 3600',
    competitor_moves: '2 /',
    net_promoter_score: '800 / 10', // nine less one
    customer_satisfaction: '9 / 11', // eight of the ten, and the eleventh
  });
});

test('a trend with a column a month gives the same shares', async () => {
  const [, file = '', feeds = ''] =
    /## A column a month[\s\S]*?```\n(Metric[\s\S]*?)```[\s\S]*?```yaml\n(feeds:[\s\S]*?)```/.exec(page) ??
    [];
  const own = mkdtempSync(join(tmpdir(), 'vigie-trend-'));
  mkdirSync(join(own, 'exports', 'marketing'), { recursive: true });
  writeFileSync(join(own, 'exports', 'marketing', 'trend.csv'), file);
  const yaml = join(own, 'vigie.yaml');
  const head = 'company: { name: Softworks, time_zone: Europe/Paris, currency: EUR }\n';
  const indented = feeds.replaceAll(/^/gm, '    ').trimEnd();
  writeFileSync(yaml, `${head}sources:\n  - name: marketing\n    kind: files\n${indented}\n`);
  const ran = await vigie('run', '--date', '2026-11-21', '--no-mail', '--config', yaml);
  expect(ran.code, ran.out + ran.err).toBe(0);
  const shareOf = async (kpi: string, date: string) => {
    const more = ['--period', 'mtd', '--date', date, '--format', 'json', '--config', yaml];
    const [figure] = JSON.parse((await vigie('values', kpi, ...more)).out);
    return `${figure?.numerator} / ${figure?.denominator}`;
  };
  expect(await shareOf('search_traffic_share', '2026-11-21')).toBe('2100 / 6300');
  expect(await shareOf('paid_search_share', '2026-11-21')).toBe('210 / 420');
});
