import { type Random, weighted } from '../../../kit/random.ts';

export type Currency = 'EUR' | 'CHF' | 'GBP';
/** From 0, the smallest, to 2; key accounts are 3 and have a contract. */
export type Size = 0 | 1 | 2 | 3;

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly region: string | null;
  readonly industry: string;
  readonly rep: string;
  readonly acquisitionChannel: string;
  /** Day index; negative for those who came before the first day generated. */
  readonly openedOn: number;
  readonly currency: Currency;
  /** Per cent off the list price. */
  readonly discount: number;
  readonly size: Size;
  readonly email: string;
  readonly consent: boolean;
}

/** The customer of the halved-orders story. */
export const BRUECKNER = 'Autohaus Brückner GmbH & Co. KG';

interface Market {
  readonly country: string;
  readonly currency: Currency;
  readonly regions: readonly string[];
  readonly shapes: readonly string[];
  readonly names: readonly string[];
}

const FAMILY_DE = [
  'Müller',
  'Köhler',
  'Schäfer',
  'Weiß',
  'Jäger',
  'Krüger',
  'Böhm',
  'Vogel',
  'Lindner',
  'Brandt',
  'Hoffmann',
  'Seidel',
  'Günther',
  'Ziegler',
];
const FAMILY_FR = [
  'Lefèvre',
  'Girard',
  'Chevalier',
  'Rousseau',
  'Mercier',
  'Lemoine',
  'Barbier',
  'Aubert',
  'Perrin',
  'Delaunay',
  'Bénard',
  'Royer',
  'Noël',
  'Garçon',
];
const FAMILY_EN = [
  'Harrow',
  'Ashby',
  'Whitlock',
  'Penrose',
  'Thornton',
  'Bexley',
  'Radcliffe',
  'Marsden',
  "O'Connell",
  'Kendrick',
];
const FAMILY_BE = ['Peeters', 'Janssens', 'Maes', 'Claes', 'Wouters', 'Lambert', 'Dupont', 'Hubert'];

const MARKETS = weighted<Market>([
  [
    {
      country: 'DE',
      currency: 'EUR',
      regions: ['Baden-Württemberg', 'Bayern', 'Rheinland', 'Norddeutschland'],
      shapes: [
        'Autohaus # GmbH',
        'Reifen #',
        'Kfz-Meisterbetrieb #',
        '# & Söhne KG',
        'Reifendienst # "Rund ums Rad"',
      ],
      names: FAMILY_DE,
    },
    34,
  ],
  [
    {
      country: 'FR',
      currency: 'EUR',
      regions: ['Grand Est', 'Île-de-France', 'Auvergne-Rhône-Alpes'],
      shapes: ['Garage #', 'Pneus # SARL', '# Automobiles SAS', 'Centre auto #; atelier'],
      names: FAMILY_FR,
    },
    32,
  ],
  [
    {
      country: 'CH',
      currency: 'CHF',
      regions: ['Schweiz'],
      shapes: ['Garage # AG', '# Pneu AG', 'Carrosserie # Sàrl'],
      names: [...FAMILY_DE, ...FAMILY_FR],
    },
    14,
  ],
  [
    {
      country: 'GB',
      currency: 'GBP',
      regions: ['United Kingdom'],
      shapes: ['# Tyres Ltd', '# Motor Services', '# & Daughters Garage'],
      names: FAMILY_EN,
    },
    10,
  ],
  [
    {
      country: 'BE',
      currency: 'EUR',
      regions: ['Benelux'],
      shapes: ['Garage # BV', 'Banden #', 'Carrosserie #'],
      names: FAMILY_BE,
    },
    10,
  ],
]);

export const REGIONS: readonly string[] = [...new Set(MARKETS.flatMap((market) => market.regions))];
const INDUSTRIES = weighted([
  ['Independent garage', 44],
  ['Tyre dealer', 24],
  ['Car dealership', 16],
  ['Fleet operator', 10],
  ['Farm & construction', 6],
]);
const SIZES = weighted<Size>([
  [0, 70],
  [1, 25],
  [2, 5],
]);

/** What brought new customers; of a hundred, so many each. */
export const ACQUISITION_CHANNELS = [
  ['Google Ads', 30],
  ['Organic search', 18],
  ['Referral', 16],
  ['Trade fair', 10],
  ['LinkedIn Ads', 9],
  ['Microsoft Ads', 9],
  ['Meta Ads', 8],
] as const;

export interface Birth {
  readonly number: number;
  readonly openedOn: number;
  readonly acquisitionChannel: string;
}

/** Invents a customer. */
export function inventCustomer(random: Random, birth: Birth): Customer {
  const market = random.pick(MARKETS);
  const region = random.pick(market.regions);
  const size = random.pick(SIZES);
  const name = random.pick(market.shapes).replace('#', random.pick(market.names));
  return {
    id: String(100_000 + birth.number),
    name: random.chance(0.7) ? `${name} ${birth.number}` : name,
    country: market.country,
    // The sales office forgot some: figures by region show them as unknown.
    region: random.chance(0.05) ? null : region,
    industry: random.pick(INDUSTRIES),
    rep: repOf(region, random),
    acquisitionChannel: birth.acquisitionChannel,
    openedOn: birth.openedOn,
    currency: market.currency,
    discount: 4 + size * 5 + random.int(4),
    size,
    email: `office${birth.number}@garage-${birth.number}.example`,
    consent: random.chance(0.64),
  };
}

/** Two representatives a region. */
const repOf = (region: string, random: Random): string =>
  `R${String(REGIONS.indexOf(region) * 2 + 1 + random.int(2)).padStart(2, '0')}`;

/** The four customers under contract, who order twice each weekday by EDI. */
export const keyAccounts: readonly Customer[] = [
  { name: BRUECKNER, country: 'DE', region: 'Baden-Württemberg', industry: 'Car dealership', rep: 'R01' },
  { name: 'Flottes de l’Est SA', country: 'FR', region: 'Grand Est', industry: 'Fleet operator', rep: 'R09' },
  {
    name: 'Rheintal Reifen-Center AG',
    country: 'CH',
    region: 'Schweiz',
    industry: 'Tyre dealer',
    rep: 'R15',
  },
  {
    name: 'Thornton & Penrose Fleet Ltd',
    country: 'GB',
    region: 'United Kingdom',
    industry: 'Fleet operator',
    rep: 'R17',
  },
].map((account, index) => ({
  ...account,
  id: String(100_001 + index),
  acquisitionChannel: 'Referral',
  openedOn: -1500 - index * 90,
  currency:
    account.country === 'CH'
      ? ('CHF' as const)
      : account.country === 'GB'
        ? ('GBP' as const)
        : ('EUR' as const),
  discount: 20 + index,
  size: 3 as const,
  email: `purchasing@key-account-${index + 1}.example`,
  consent: true,
}));
