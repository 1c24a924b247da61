import { type Random, weighted } from '../../../kit/random.ts';

export type Currency = 'EUR' | 'GBP' | 'USD';

/** Euro for one unit, times 10,000. */
export const FOREIGN = [
  ['GBP', 11_730],
  ['USD', 9_080],
] as const;

interface Market {
  readonly region: string;
  readonly country: string;
  readonly currency: Currency;
}

const MARKETS = weighted<Market>([
  [{ region: 'France', country: 'FR', currency: 'EUR' }, 36],
  [{ region: 'DACH', country: 'DE', currency: 'EUR' }, 22],
  [{ region: 'UK & Ireland', country: 'GB', currency: 'GBP' }, 18],
  [{ region: 'North America', country: 'US', currency: 'USD' }, 14],
  [{ region: 'Benelux', country: 'BE', currency: 'EUR' }, 10],
]);

/** Where it sells. */
export const REGIONS: readonly string[] = [...new Set(MARKETS.map(({ region }) => region))];

const INDUSTRIES = weighted([
  ['Heating & plumbing', 28],
  ['Facility services', 24],
  ['Telecom installers', 16],
  ['Lifts & escalators', 12],
  ['Medical devices', 11],
  ['Energy', 9],
]);

/** Whom it sells to. */
export const INDUSTRY_NAMES: readonly string[] = [...new Set(INDUSTRIES)];

/** Employees from … to …, and the seats that such a company buys. */
const SIZES = weighted<readonly [from: number, to: number, seats: readonly [number, number]]>([
  [[4, 9, [3, 8]], 22],
  [[10, 49, [8, 22]], 40],
  [[50, 249, [20, 48]], 28],
  [[250, 1800, [45, 110]], 10],
]);

/** A company that might buy. */
export interface Prospect extends Market {
  readonly industry: string;
  readonly employees: number;
  readonly seats: number;
}

export function inventProspect(random: Random): Prospect {
  const [from, to, [fewest, most]] = random.pick(SIZES);
  return {
    ...random.pick(MARKETS),
    industry: random.pick(INDUSTRIES),
    employees: random.between(from, to),
    seats: random.between(fewest, most),
  };
}

/** The competitor of the story. */
export const RISING = 'Fieldara';
export const COMPETITORS = [RISING, 'Tournelle', 'Ordonnia', 'Opsimo'] as const;

/** Of a hundred deals so many have this competitor; the rest has none. */
export const COMPETITOR_CARDS = weighted<string | null>([
  [RISING, 24],
  ['Tournelle', 16],
  ['Ordonnia', 13],
  ['Opsimo', 10],
  [null, 37],
]);

const NAMES = [
  ...[
    'Aubert',
    'Bexley',
    'Chevalier',
    'Dahlmann',
    'Ekström',
    'Fournier',
    'Gessner',
    'Harrow',
    'Imhof',
    'Janssens',
  ],
  ...[
    'Keller',
    'Lambert',
    'Marsden',
    'Noailles',
    'Orlamünde',
    'Peeters',
    'Quennell',
    'Rossi',
    'Sauvage',
    'Tessier',
  ],
];
const TRADES: Readonly<Record<string, string>> = {
  'Heating & plumbing': 'Heating',
  'Facility services': 'Facilities',
  'Telecom installers': 'Networks',
  'Lifts & escalators': 'Lifts',
  'Medical devices': 'Medical',
  Energy: 'Energy',
};

/** What a company that became a customer is called. */
export const nameOf = (random: Random, { industry }: Prospect, number: number): string =>
  `${random.pick(NAMES)} ${TRADES[industry] ?? industry} ${number}`;
