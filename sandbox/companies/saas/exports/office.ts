import { writeClicks, writeOutreach } from '../../../kit/outreach/write-outreach.ts';
import { csv, plain } from '../../../kit/words.ts';
import { quarterPlan } from '../business/marketing.ts';
import { fixedCosts, monthsBetween, targetsOf } from '../business/plans.ts';
import { dayAt, type Output, whole } from './output.ts';

/** What people keep in spreadsheets: targets, budgets, costs, whom marketing reached; and the bank's rates. */
export async function writeOffice(output: Output): Promise<void> {
  const { company, rows, scale } = output;
  const [from, to] = [dayAt(company, 0).date, dayAt(company, company.last).date];
  const targets = targetsOf(company.days, company.last, scale);
  const fixed = fixedCosts(from, to, scale);
  await whole(output, 'exports/finance/targets.csv', [
    'KPI,From,To,Value',
    ...targets.map(({ kpi, startsOn, endsOn, value }) => csv(',', kpi, startsOn, endsOn, value)),
  ]);
  await whole(output, 'exports/finance/fixed_costs.csv', [
    'Id,From,To,Category,Amount',
    ...fixed.map(({ id, startsOn, endsOn, category, amount }) =>
      csv(',', id, startsOn, endsOn, category, plain(amount)),
    ),
  ]);
  await whole(output, 'exports/finance/rates.csv', [
    'Currency,Day,Euro',
    ...company.rates.list.map(
      ({ currency, date, rate }) => `${currency},${date},${(rate / 10_000).toFixed(4)}`,
    ),
  ]);
  rows.targets = targets.length;
  rows.fixed_costs = fixed.length;
  rows.exchange_rates = company.rates.list.length;
  await writeBudgets(output, from, to);
  await writeMarketing(output);
  await writeOutreach(output.outreach, output);
  await writeClicks(output.outreach, output);
}

async function writeBudgets(output: Output, from: string, to: string): Promise<void> {
  const months = monthsBetween(`${from.slice(0, 4)}-01-01`, `${to.slice(0, 4)}-12-31`);
  const lines = months.flatMap(({ startsOn }, at) => {
    const endsOn = months[at + 2]?.endsOn;
    if (at % 3 !== 0 || endsOn === undefined) return [];
    return quarterPlan(output.scale).map(({ category, channel, amount }) =>
      csv(
        ',',
        `${startsOn.slice(0, 7)}-${category}-${channel ?? 'all'}`,
        startsOn,
        endsOn,
        category,
        channel,
        plain(amount),
      ),
    );
  });
  output.rows.budgets = lines.length;
  await whole(output, 'exports/finance/budgets.csv', ['Budget,From,To,Category,Channel,Amount', ...lines]);
}

async function writeMarketing(output: Output): Promise<void> {
  const { company, rows } = output;
  await whole(output, 'exports/finance/costs.csv', [
    'Id,Day,Kind,Category,Channel,Amount',
    ...company.costs.map(({ id, day, kind, category, channel, amount }) =>
      csv(',', id, day.date, kind, category, channel, plain(amount)),
    ),
  ]);
  await whole(output, 'exports/finance/reach.csv', [
    'Day,Channel,People',
    ...company.reach.map(({ day, channel, people }) => csv(',', day.date, channel, String(people))),
  ]);
  rows.marketing_costs = company.costs.length;
  rows.people_reached = company.reach.length;
}
