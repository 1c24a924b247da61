import type { Company } from '../../sandbox/companies/saas/business/company.ts';
import type { Deal } from '../../sandbox/companies/saas/business/deal.ts';
import type { Entry } from '../../sandbox/companies/saas/business/journey.ts';
import { dealOn } from '../../sandbox/companies/saas/business/known.ts';
import type { Lead } from '../../sandbox/companies/saas/business/lead.ts';
import { STAGES } from '../../sandbox/companies/saas/business/stages.ts';
import { invent } from '../../sandbox/companies/saas/invent.ts';
import type { Fact, Facts, Lived } from './facts.ts';

const none = new Set<string>();
const shape = (
  id: string,
  kpi: Facts['kpi'],
  dimensions: readonly string[],
  plants: Facts['plants'],
): Omit<Facts, 'days'> => ({ id, kpi, dimensions, plants, grouped: none, top: none });

const SHAPES = [
  shape('new_leads', { ratio: false, unit: 'count' }, ['channel', 'industry', 'campaign'], 'things'),
  shape('mql_to_sql_rate', { ratio: true, unit: 'percent' }, ['channel', 'industry'], 'turns'),
  shape('stage_conversion_rate', { ratio: true, unit: 'percent' }, ['stage'], 'turns'),
  shape('stage_duration_days', { ratio: true, unit: 'days' }, ['stage'], 'numerators'),
  shape('competitive_win_rate', { ratio: true, unit: 'percent' }, ['competitor'], 'turns'),
  shape('demo_to_paid_rate', { ratio: true, unit: 'percent' }, ['industry'], 'turns'),
  shape('cost_per_lead', { ratio: true, unit: 'currency' }, ['channel'], 'numerators'),
] as const;

type Add = (
  id: string,
  day: number,
  numerator: number,
  denominator: number,
  ...members: Fact['members']
) => void;

/** Channels whose leads all have one campaign are that campaign. */
const TWINS = {
  'channel/Webinars': 'campaign/Planning live',
  'channel/Partners': 'campaign/Integrators',
  'channel/Referral': 'campaign/Customer referral',
};

/**
 * Lets a software company live without any story, and keeps what seven KPIs of the funnel are made of. Fairs are left out: two
 * weeks a year they are a cause of their own, and a right answer.
 */
export function liveSaas(seed: number, endsOn: string, count: number): Lived {
  const { company, days } = invent({ seed, endsOn, days: count, scale: 1, stories: false });
  const facts = new Map(SHAPES.map(({ id }) => [id, days.slice(0, count).map((): Fact[] => [])]));
  const add: Add = (id, day, numerator, denominator, ...members) =>
    facts.get(id)?.[day]?.push({ day, numerator, denominator, members, times: 1, group: 0 });
  for (const lead of company.leads)
    if (lead.removal === null && lead.origin.rhythm !== 'fairs') addLead(add, lead);
  for (const deal of company.deals) if (deal.removal === null) addDeal(add, deal, company);
  for (const { day, campaign, cost } of company.spends)
    add('cost_per_lead', day.index, cost / 100, 0, campaign.channel);
  for (const { day, kind, channel, amount } of company.costs)
    if (kind === 'marketing' && channel !== 'Events')
      add('cost_per_lead', day.index, amount / 100, 0, channel ?? '(unknown)');
  return {
    dates: days.slice(0, count).map(({ date }) => date),
    facts: SHAPES.map((of) => ({ ...of, days: facts.get(of.id) ?? [] })),
    twins: TWINS,
  };
}

function addLead(add: Add, { origin, prospect, createdAt, mql, sql, entries }: Lead): void {
  const { channel, campaign } = origin;
  add('new_leads', createdAt.day, 1, 1, channel, prospect.industry, campaign);
  add('cost_per_lead', createdAt.day, 0, 1, channel);
  const yes = Math.min(mql?.day ?? Number.POSITIVE_INFINITY, sql?.day ?? Number.POSITIVE_INFINITY);
  const isSql = sql !== null && sql.day <= yes + 30;
  add('mql_to_sql_rate', yes + 30, isSql ? 1 : 0, 1, channel, prospect.industry);
  addStays(add, entries);
}

function addDeal(add: Add, deal: Deal, { last }: Company): void {
  addStays(add, deal.entries);
  const { status, wonOn, lostOn } = dealOn(deal, last);
  const closed = wonOn ?? lostOn;
  if (closed !== null && deal.competitors.length > 0)
    add('competitive_win_rate', closed, status === 'won' ? 1 : 0, 1, deal.competitors);
  const trial = deal.entries.find(({ stage }) => stage === 'trial');
  const due = (trial?.at.day ?? Number.NaN) + 51;
  const isPaid = status === 'won' && closed !== null && closed <= due;
  add('demo_to_paid_rate', due, isPaid ? 1 : 0, 1, deal.prospect.industry);
}

/** Days in each stage, and whether a later one was reached within 90 days. */
function addStays(add: Add, entries: readonly Entry<string>[]): void {
  for (const [place, { stage, at }] of entries.entries()) {
    const step = STAGES.find(({ id }) => id === stage);
    if (step?.outcome !== 'open') continue;
    const next = entries[place + 1];
    if (next) add('stage_duration_days', next.at.day, next.at.day - at.day, 1, stage);
    if (entries.findIndex((entry) => entry.stage === stage) !== place) continue;
    const reached = entries.slice(place + 1).some((entry) => {
      const other = STAGES.find(({ id }) => id === entry.stage);
      const isLater =
        other?.outcome === 'won' || (other?.outcome === 'open' && (other.step ?? 0) > (step.step ?? 0));
      return isLater && entry.at.day <= at.day + 90;
    });
    add('stage_conversion_rate', at.day + 90, reached ? 1 : 0, 1, stage);
  }
}
