import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, daysBetween } from '../../functions/lake/values/day.ts';

/** A company that sells software through demonstrations; for tests of whole runs, and for pictures. */
export interface FunnelCompany {
  readonly folder: string;
  readonly config: string;
  /** Everything is known up to here. */
  readonly lastDay: string;
}

const FIRST = '2025-01-01';
const LAST = '2026-11-27';
const STAGES = ['Qualification', 'Demonstration', 'Proposal', 'Negotiation'];
/** Of a hundred that enter a stage so many are lost in it. */
const LOST_OF_HUNDRED = [22, 35, 30, 18];
const CHANNELS = ['organic', 'paid search', 'referral', 'trade fair'];
const INDUSTRIES = ['Wholesale', 'Machinery', 'Logistics', 'Food'];
const REGIONS = ['Nord', 'Ouest', 'Sud'];
const REASONS = ['price', 'no project', 'competitor', 'no answer'];
const SENIORITY = ['executive', 'manager', 'staff'];

/** A number of 0 to n - 1 that looks like chance and is the same every time. */
function pick(seed: number, salt: number, n: number): number {
  let hash = Math.imul(seed ^ (salt << 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return Math.floor((((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * n);
}

/** What became of a lead: the days on which it came into each stage, and how it ended. */
interface Journey {
  readonly id: string;
  readonly created: string;
  readonly entries: readonly { readonly stage: string; readonly on: string }[];
  readonly status: 'open' | 'won' | 'lost';
  readonly closed: string;
  readonly reason: string;
}

function journeyOf(seed: number, created: string): Journey {
  const entries: { stage: string; on: string }[] = [];
  const id = `L${seed}`;
  let on = created;
  for (const [place, stage] of STAGES.entries()) {
    if (on > LAST) return { id, created, entries, status: 'open', closed: '', reason: '' };
    entries.push({ stage, on });
    on = addDays(on, 4 + pick(seed, 10 + place, 18));
    // In the last weeks more is lost after the demonstration: the story that the pictures tell.
    const late = on >= addDays(LAST, -28) && place === 1 ? 22 : 0;
    if (on <= LAST && pick(seed, 20 + place, 100) < (LOST_OF_HUNDRED[place] ?? 0) + late)
      return { id, created, entries, status: 'lost', closed: on, reason: REASONS[pick(seed, 30, 4)] ?? '' };
  }
  const status = on > LAST ? 'open' : 'won';
  return { id, created, entries, status, closed: status === 'won' ? on : '', reason: '' };
}

function journeys(): Journey[] {
  const days = daysBetween(FIRST, LAST);
  return Array.from({ length: days + 1 }, (_, day) => addDays(FIRST, day)).flatMap((date, day) =>
    Array.from({ length: 1 + pick(day, 1, 4) }, (_, place) => journeyOf(day * 7 + place + 1, date)),
  );
}

const seedOf = ({ id }: Journey): number => Number(id.slice(1));
const of = <T>(list: readonly T[], lead: Journey, salt: number): T =>
  list[pick(seedOf(lead), salt, list.length)] as T;

const leadLine = (lead: Journey): string =>
  [
    ...[lead.id, lead.created, lead.status, of(CHANNELS, lead, 40), of(INDUSTRIES, lead, 41)],
    ...[of(REGIONS, lead, 42), lead.entries[1]?.on ?? '', lead.entries[2]?.on ?? ''],
    ...[lead.status === 'won' ? lead.closed : '', lead.status === 'lost' ? lead.closed : '', lead.reason],
    ...[5 + pick(seedOf(lead), 43, 400), pick(seedOf(lead), 44, 60) * 1000, 10 + pick(seedOf(lead), 45, 200)],
    ...[
      of(['purchasing', 'management', 'IT'], lead, 46),
      of(SENIORITY, lead, 47),
      pick(seedOf(lead), 48, 14),
    ],
    ...[lead.status === 'won' ? `C${seedOf(lead)}` : '', `U${1 + pick(seedOf(lead), 49, 3)}`],
  ].join(',');

const amountOf = (lead: Journey): number => 1200 + 100 * pick(seedOf(lead), 50, 90);

/** Each customer orders when it is won, and some again after 90 and 180 days. */
const ordersOf = (lead: Journey): string[] =>
  [0, 90, 180].flatMap((days) => {
    const on = addDays(lead.closed, days);
    if (on > LAST || (days > 0 && pick(seedOf(lead), days, 10) < 4)) return [];
    return [`${lead.id}-${days},${on},C${seedOf(lead)},${amountOf(lead) / (days === 0 ? 1 : 4)}`];
  });

const FILES: Readonly<Record<string, (all: readonly Journey[]) => readonly string[]>> = {
  leads: (all) => [
    'id,created,status,channel,industry,region,mql,sql,won,lost,reason,employees,potential,days,role,seniority,engaged,customer,owner',
    ...all.map(leadLine),
  ],
  history: (all) => [
    'id,stage,entered,reason',
    ...all.flatMap((lead) => [
      ...lead.entries.map(({ stage, on }) => `${lead.id},${stage},${on}T09:00:00,`),
      ...(lead.closed ? [`${lead.id},${lead.status},${lead.closed}T09:00:00,${lead.reason}`] : []),
    ]),
  ],
  stages: () => [
    'id,name,step,outcome',
    ...STAGES.map((name, at) => `${name},${name},${at + 1},open`),
    `won,Won,5,won`,
    `lost,Lost,6,lost`,
  ],
  deals: (all) => [
    'id,lead,created,status,closed,amount',
    ...all
      .filter(({ entries }) => entries.length > 1)
      .map((lead) =>
        [lead.id, lead.id, lead.entries[1]?.on, lead.status, lead.closed, amountOf(lead)].join(','),
      ),
  ],
  orders: (all) => [
    'id,day,customer,amount',
    ...all.filter(({ status }) => status === 'won').flatMap(ordersOf),
  ],
  customers: (all) => [
    'id,name,region,industry',
    ...all
      .filter(({ status }) => status === 'won')
      .map((lead) =>
        [
          `C${seedOf(lead)}`,
          `Customer ${seedOf(lead)}`,
          of(REGIONS, lead, 42),
          of(INDUSTRIES, lead, 41),
        ].join(','),
      ),
  ],
  targets: () => [
    'kpi,from,to,value',
    'orders,2026-11-01,2026-11-30,35',
    'new_leads,2026-11-01,2026-11-30,70',
    'net_revenue,2026-11-01,2026-11-30,120000',
    'average_order_value,2026-11-01,2026-11-30,3800',
  ],
};

/** Writes its exports and a vigie.yaml; `more` is appended to it. */
export async function funnelCompany(more = ''): Promise<FunnelCompany> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-funnel-'));
  mkdirSync(join(folder, 'crm'));
  const all = journeys();
  for (const [name, lines] of Object.entries(FILES))
    writeFileSync(join(folder, 'crm', `${name}.csv`), `${lines(all).join('\n')}\n`);
  const config = join(folder, 'vigie.yaml');
  writeFileSync(config, `${CONFIG}${more}`);
  return { folder, config, lastDay: LAST };
}

const CONFIG = `company: { name: Northlight Software, time_zone: Europe/Paris, currency: EUR }
sources:
  - name: crm
    kind: files
    feeds:
      - table: leads
        path: crm/leads.csv
        columns:
          { lead_id: id, created_on: created, status: status, channel: channel, industry: industry, region: region, mql_on: mql,
            sql_on: sql, won_on: won, lost_on: lost, lost_reason: reason, employee_count: employees, yearly_potential: potential,
            buys_within_days: days, contact_role: role, contact_seniority: seniority, engagement_count: engaged,
            customer_id: customer, owner_id: owner }
      - table: stage_history
        path: crm/history.csv
        columns: { kind: { constant: lead }, record_id: id, stage_id: stage, entered_at: entered, basis: { constant: history }, reason: reason }
      - table: stages
        path: crm/stages.csv
        columns: { stage_id: id, name: name, step: step, outcome: outcome }
      - table: deals
        path: crm/deals.csv
        columns: { deal_id: id, lead_id: lead, created_on: created, status: status, closed_on: closed, amount: amount, currency: { constant: EUR } }
  - name: billing
    kind: files
    feeds:
      - table: orders
        path: crm/orders.csv
        columns: { order_id: id, kind: { constant: order }, status: { constant: completed }, ordered_on: day, customer_id: customer }
      - table: order_lines
        path: crm/orders.csv
        columns: { order_id: id, line_id: { constant: "1" }, ordered_on: day, quantity: { constant: 1 }, net_amount: amount, currency: { constant: EUR } }
      - table: customers
        path: crm/customers.csv
        columns: { customer_id: id, name: name, region: region, industry: industry }
      - table: targets
        path: crm/targets.csv
        columns: { kpi: kpi, dimension: { constant: total }, member: { constant: total }, starts_on: from, ends_on: to, value: value }
delivery: { live: false }
recipients:
  - { email: ada@example.com, name: Ada, roles: [executive, ops] }
  - { email: sam@example.com, name: Sam, language: fr, roles: [sales], digest: true }
`;
