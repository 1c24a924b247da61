import type { Day } from '../calendar.ts';
import { hash, randomStream } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach, ordinary } from './heard.ts';

/** Visits a month from results that are not paid for, and from paid ones: the company's own at growth 1. */
const [ORGANIC, PAID] = [9_200, 1_300];
const COUNTRIES = [
  ['fr', 0.6],
  ['de', 0.4],
] as const;

/** What the service estimates of a domain, a country and a month. */
export interface Visits {
  readonly domain: string;
  readonly country: string;
  /** Its first day that was lived. */
  readonly since: Day;
  readonly organic: number;
  readonly paid: number;
}

/** The service's estimates of each month, of the company's domain and its competitors'. */
export function visitsOf(outreach: Outreach): Visits[] {
  const { seed, growth, domain, rivals, effects = ordinary } = outreach;
  const months = lived(outreach).filter(({ date }, at) => at === 0 || date.endsWith('-01'));
  const domains = [domain, ...rivals.map((rival) => rival.domain)];
  return months.flatMap((since) =>
    domains.flatMap((each) =>
      COUNTRIES.map(([country, share]) => {
        const random = randomStream(seed, `search/${since.date.slice(0, 7)}/${each}/${country}`);
        // A competitor's size is its own, month after month: smaller than the company.
        const size = each === domain ? 1 : 0.45 + (hash(`${seed}/${each}`) % 100) / 250;
        const factor = growth * share * size * effects.visits(each, since.index);
        const visits = (usual: number): number => Math.round(usual * factor * (0.95 + 0.1 * random.float()));
        return { domain: each, country, since, organic: visits(ORGANIC), paid: visits(PAID) };
      }),
    ),
  );
}

export const searchLines = (outreach: Outreach): string[] => [
  'Domain,Database,Month,Organic Traffic,Adwords Traffic',
  ...visitsOf(outreach).map(({ domain, country, since, organic, paid }) =>
    csv(',', domain, country, since.date.slice(0, 7), String(organic), String(paid)),
  ),
];

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
