import { csv, plain } from '../../../kit/words.ts';
import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import { changesOf, changesOfDeal, dealOn, leadOn, type Standing } from '../business/known.ts';
import type { Lead } from '../business/lead.ts';
import { type Dated, dateText, firstExport, momentText, nightly, type Output } from './output.ts';

const LEADS =
  'Id,Created,Status,Source,Campaign,Industry,Region,Owner,Employees,Potential,Buys within,Role,Seniority,Engagements,Budget,Authority,Need,Timing,Qualified,Accepted,Won,Lost,Reason,Customer';
const DEALS =
  'Id,Lead,Created,Status,Closed,Expected,Source,Industry,Region,Owner,Amount,Margin,Currency,Reason,Customer';

/** The CRM's lists of leads and deals: everything once, then each night the records that changed, as they are by then. */
export async function writeRecords(output: Output): Promise<void> {
  const { company, rows } = output;
  const leads = company.leads.flatMap((lead) =>
    nights(changesOf(lead), company).map((day) => ({ day, line: leadLine(lead, day, company) })),
  );
  const deals = company.deals.flatMap((deal) =>
    nights(changesOfDeal(deal), company).map((day) => ({ day, line: dealLine(deal, day, company) })),
  );
  await nightly(output, 'exports/crm/leads_{date}.csv', LEADS, leads);
  await nightly(output, 'exports/crm/deals_{date}.csv', DEALS, deals);
  rows.leads = company.leads.length;
  rows.deals = company.deals.length;
  await writeCompetitors(output);
  await writeAmounts(output);
}

/** The nights on which a record is exported. */
function nights(changes: ReadonlySet<number>, company: Company): number[] {
  const first = firstExport(company);
  const due = [...changes].filter((day) => day <= company.last).map((day) => Math.max(day, first));
  return [...new Set(due)].toSorted((a, b) => a - b);
}

const STATUSES: Readonly<Record<Standing['status'], string>> = {
  open: 'Open',
  won: 'Customer',
  lost: 'Lost',
  deleted: 'Deleted',
  merged: 'Merged',
};

function leadLine(lead: Lead, day: number, company: Company): string {
  const { prospect, answers, origin } = lead;
  const { status, wonOn, lostOn, reason } = leadOn(lead, day);
  const by = (at: Lead['mql']): string | null => (at && at.day <= day ? dateText(company, at.day) : null);
  const asked = lead.mql !== null && lead.mql.day <= day;
  const answer = (value: string | number | boolean | null): string | null =>
    asked && value !== null ? String(value) : null;
  return csv(
    ',',
    ...[lead.id, momentText(company, lead.createdAt), STATUSES[status], origin.channel, origin.campaign],
    ...[prospect.industry, prospect.region, lead.owner, String(prospect.employees)],
    ...[answer(answers.potential), answer(answers.buysWithin), answers.role, answer(answers.seniority)],
    String(lead.touches.filter(({ at }) => at.day <= day).length),
    ...[answers.budget, answers.authority, answers.need, answers.timing].map(answer),
    ...[by(lead.mql), by(lead.sql), dateText(company, wonOn), dateText(company, lostOn), reason],
    wonOn === null ? null : (lead.deal?.customerId ?? null),
  );
}

function dealLine(deal: Deal, day: number, company: Company): string {
  const { prospect } = deal;
  const { status, wonOn, lostOn, reason } = dealOn(deal, day);
  const amount = deal.prices.findLast(({ at }) => at.day <= day)?.amount ?? 0;
  return csv(
    ',',
    ...[deal.id, deal.leadId, momentText(company, deal.createdAt), STATUSES[status]],
    ...[
      dateText(company, wonOn ?? lostOn),
      dateText(company, Math.min(deal.createdAt.day + 60, company.days.length - 1)),
    ],
    ...[deal.channel, prospect.industry, prospect.region, deal.owner, plain(amount)],
    ...[plain(Math.round((amount * deal.margin) / 100)), deal.currency, reason],
    wonOn === null ? null : deal.customerId,
  );
}

async function writeCompetitors(output: Output): Promise<void> {
  const named = output.company.deals.flatMap(({ id, createdAt, competitors }): Dated[] =>
    competitors.map((name) => ({ day: createdAt.day, line: csv(',', id, name) })),
  );
  output.rows.deal_competitors = named.length;
  await nightly(output, 'exports/crm/competitors_{date}.csv', 'Deal,Competitor', named);
}

/** Whenever an amount changed, with the moment. */
async function writeAmounts(output: Output): Promise<void> {
  const { company } = output;
  const changes = company.deals.flatMap(({ id, currency, prices }) =>
    prices
      .filter(({ at }) => at.day <= company.last)
      .map(({ at, amount }) => ({
        day: at.day,
        line: csv(',', id, momentText(company, at), plain(amount), currency),
      })),
  );
  output.rows.deal_amounts = changes.length;
  await nightly(output, 'exports/crm/amounts_{date}.csv', 'Deal,Since,Amount,Currency', changes);
}
