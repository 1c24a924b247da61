import { hash, randomStream } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach } from './heard.ts';

/** Visits a month from results that are not paid for, and from paid ones: the company's own at growth 1. */
const [ORGANIC, PAID] = [9_200, 1_300];
const COUNTRIES = [
  ['fr', 0.6],
  ['de', 0.4],
] as const;

/** The service's estimates of each month, of the company's domain and its competitors'. */
export function searchLines(outreach: Outreach): string[] {
  const { seed, growth, domain, rivals } = outreach;
  const months = [...new Set(lived(outreach).map(({ date }) => date.slice(0, 7)))];
  const domains = [domain, ...rivals.map((rival) => rival.domain)];
  const lines = ['Domain,Database,Month,Organic Traffic,Adwords Traffic'];
  for (const month of months)
    for (const each of domains)
      for (const [country, share] of COUNTRIES) {
        const random = randomStream(seed, `search/${month}/${each}/${country}`);
        // A competitor's size is its own, month after month.
        const size = each === domain ? 1 : 0.5 + (hash(`${seed}/${each}`) % 100) / 80;
        const visits = (usual: number): string =>
          String(Math.round(usual * growth * share * size * (0.95 + 0.1 * random.float())));
        lines.push(csv(',', each, country, month, visits(ORGANIC), visits(PAID)));
      }
  return lines;
}

const MOVES = [
  ['price', 'Lowers its list prices'],
  ['price', 'Offers free delivery'],
  ['product', 'Announces a new range'],
  ['campaign', 'Shows at a trade fair'],
  ['people', 'Looks for sales representatives'],
] as const;

/** What somebody noted of competitors, on one day of trade in nine. */
export function moveLines(outreach: Outreach): string[] {
  const { seed, rivals } = outreach;
  const lines = ['Number,Day,Competitor,Kind,Title'];
  // One stream for all days: the first number of a day's own is not even from day to day.
  const random = randomStream(seed, 'moves');
  for (const day of lived(outreach)) {
    if (!day.trading || !random.chance(1 / 9)) continue;
    const [kind, title] = random.pick(MOVES);
    lines.push(csv(',', String(lines.length), day.date, random.pick(rivals).name, kind, title));
  }
  return lines;
}
