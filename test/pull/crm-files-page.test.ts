import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';

const page = readFileSync(new URL('../../docs/sources/crm-files.md', import.meta.url), 'utf8');
const sources = /```yaml\n(sources:[\s\S]*?)```/.exec(page)?.[1] ?? '';

/** What the page asks the CRM for. 25 May 2026 and 180 days are 21 November, 22 October and 30 days as well. */
const FILES: Readonly<Record<string, string>> = {
  'leads_20261120.csv': `Id,Created,Status,Source,Campaign,Industry,Qualified,Accepted,Won,Lost,Reason,Employees,Customer
L1,2026-05-25 09:00,Working,Web form,,food,2026-10-22,,,,,300,
`,
  // Of 22:30 in UTC it is the 21st in Paris. L1 was won since.
  'leads_20261121.csv': `Id,Created,Status,Source,Campaign,Industry,Qualified,Accepted,Won,Lost,Reason,Employees,Customer
L1,2026-05-25 09:00,Customer,Web form,,food,2026-10-22,2026-11-01,2026-11-21,,,300,C1
L2,2026-05-25 10:00,Lost,Adwords,Winter,wood,2026-10-22,,,2026-11-20,price,20,
L3,2026-11-20T23:30:00Z,New,Adwords,Winter,,,,,,,20,
`,
  'stages.csv': `Stage,Pipeline,Order,Name
1,sales,1,Demo
2,sales,2,Offer
won,sales,,Won
lost,sales,,Lost
`,
  'deals_20261120.csv': `Id,Lead,Created,Status,Closed,Reason,Value,Margin,Currency,Stage,Since,Competitor,Owner
D1,L1,2026-11-01 08:00,open,,,1000.00,400.00,EUR,1,2026-11-01 08:00,Alpha,u1
`,
  'deals_20261121.csv': `Id,Lead,Created,Status,Closed,Reason,Value,Margin,Currency,Stage,Since,Competitor,Owner
D1,L1,2026-11-01 08:00,won,2026-11-21,,1000.00,400.00,EUR,2,2026-11-11 08:00,Alpha,u1
D2,L2,2026-11-01 08:00,lost,2026-11-20,price,500.00,,EUR,1,2026-11-01 08:00,Alpha,u1
`,
  'trials_20261121.csv': `Id,Lead,Kind,Started,Ends,Paid,Lost,Reason
T1,L1,,2026-10-08,2026-10-22,2026-11-20,,
T2,L2,demo,2026-10-20,2026-10-20,,2026-11-19,price
`,
};

const folder = mkdtempSync(join(tmpdir(), 'vigie-crm-'));
const config = join(folder, 'vigie.yaml');
const on = (...args: string[]) => vigie(...args, '--config', config);
beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) {
    const file = join(folder, 'exports', 'crm', name);
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

interface Figure {
  readonly kpi: string;
  readonly numerator: number;
  readonly denominator: number | null;
}

interface Symptom {
  readonly what: string;
  readonly status: string;
  readonly finding: string;
  readonly remedy?: string;
}
const symptoms = async (): Promise<Symptom[]> => JSON.parse((await on('doctor', '--json')).out);

test('the page of CRM files: its lists fit its vigie.yaml', async () => {
  const found = await symptoms();
  const feeds = found.filter(({ what }) => what.includes('→'));
  expect(feeds.map(({ what, status }) => `${what} ${status}`)).toEqual(
    ['leads', 'stages', 'deals', 'stage_history', 'stage_history', 'deal_competitors', 'trials'].map(
      (table) => `crm → ${table} ok`,
    ),
  );
});

test('… and give the figures that one works out by hand, with nothing said of KPIs they cannot feed', async () => {
  const ran = await on('run', '--date', '2026-11-21');
  expect(ran.code, ran.out + ran.err).toBe(0);
  const told = [
    ['new_leads', 'mtd'],
    ['mql_to_sql_rate', 'last_28d'],
    ['lead_to_customer_rate', 'last_365d'],
    ['stage_losses', 'last_28d'],
    ['stage_duration_days', 'last_28d'],
    ['lost_reason_share', 'last_28d'],
    ['demo_to_paid_rate', 'last_28d'],
    ['competitive_win_rate', 'last_365d'],
    ['lead_score', 'day'],
  ] as const;
  const figures: Record<string, string> = {};
  for (const [kpi, period] of told) {
    const { out, err } = await on('values', kpi, '--period', period, '--format', 'json');
    expect(err).toBe('');
    const [figure] = JSON.parse(out) as Figure[];
    figures[kpi] = `${figure?.numerator} / ${figure?.denominator ?? ''}`.trim();
  }
  expect(figures).toEqual({
    new_leads: '1 /', // L3, of the 21st in Paris
    mql_to_sql_rate: '1 / 2', // L1 of L1 and L2
    lead_to_customer_rate: '1 / 2',
    // D2 was lost in Demo; entries: Demo D1, D2; Offer D1.
    stage_losses: '1 / 3',
    stage_duration_days: '39 / 3', // D1: 10 in Demo, 10 in Offer; D2: 19 in Demo
    lost_reason_share: '1 / 1', // L2, its deal D2 and its demonstration T2 are one loss
    demo_to_paid_rate: '1 / 2',
    competitive_win_rate: '1 / 2', // both deals against Alpha
    lead_score: '33 / 1', // L3: 5 of 15 for its size
  });
});

test('… the digest begins with what an executive of such a company asks, and no page names what it cannot have', async () => {
  const digest = (await on('digest')).out;
  const places = ['New leads (', 'Demo to paid rate (', 'Lead to customer rate ('].map((name) =>
    digest.indexOf(name),
  );
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(digest).not.toContain('Net revenue');
  const pages = readdirSync(join(folder, '.vigie/reports/2026-11-21'), { withFileTypes: true });
  const figures = pages.filter((each) => each.isDirectory()).map(({ name }) => name);
  expect(figures).toContain('stage_losses');
  expect(figures).not.toContain('net_revenue');
  expect(readFileSync(join(folder, '.vigie/reports/2026-11-21/index.html'), 'utf8')).not.toContain(
    'net_revenue',
  );
});

test.each(['stage_losses', 'lead_to_customer_rate', 'lost_reason_share', 'lead_score'])(
  '… and explains %s: its definition, its rows and its SQL',
  async (kpi) => {
    const { code, out, err } = await on('explain', kpi, '--date', '2026-11-21');
    expect(code, out + err).toBe(0);
    expect(out).toContain('crm');
  },
);

test('… KPIs of systems that a company does not have are counted, and no trouble unless its digest lists them', async () => {
  const kpis = async () => (await symptoms()).find(({ what }) => what === 'KPIs');
  const usual = await kpis();
  expect(usual?.status).toBe('ok');
  expect(usual?.finding).toMatch(
    /^\d+ of \d+ can be computed \(.*funnel \d+ of \d+.*\); `vigie kpis` says what each of the others lacks/,
  );
  expect(usual?.remedy).toMatch(/^The smallest next step: `\w+` gives \d+ KPIs? more/);
  appendFileSync(config, '\nkpis: { digest: [new_leads, orders] }\n');
  expect(await kpis()).toMatchObject({
    status: 'warning',
    finding: expect.stringMatching(/; the digest lists orders, which lacks orders$/),
  });
});
