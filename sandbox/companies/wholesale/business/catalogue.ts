import { hash, type Random, weighted } from '../../../kit/random.ts';

export interface Product {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly brand: string;
  /** List price in euro cents. */
  readonly price: number;
  /** Pieces people take at a time, to draw from. */
  readonly packs: readonly number[];
  readonly active: boolean;
}

/** The brand of the stock-out story. */
export const FJELLGRIP = 'Fjellgrip';

interface Range {
  readonly category: string;
  readonly brand: string;
  /** Share of demand, per mille. */
  readonly weight: number;
  readonly products: number;
  /** Cheapest and dearest list price, in euro. */
  readonly price: readonly [number, number];
  readonly packs: readonly number[];
  readonly models: readonly string[];
}

const TYRES = [2, 2, 4, 4, 4, 8];
const PARTS = [1, 1, 2, 2, 4];
const range = (
  category: string,
  brand: string,
  weight: number,
  products: number,
  price: [number, number],
  packs: readonly number[],
  models: string[],
): Range => ({ category, brand, weight, products, price, packs, models });

/** What the company sells; the weights add up to 1,000. */
const RANGES: readonly Range[] = [
  range('All-season tyres', FJELLGRIP, 126, 24, [62, 148], TYRES, ['Fjord 4S', 'Fjord SUV', 'Vidda Van']),
  range('All-season tyres', 'Aurelia', 94, 20, [54, 132], TYRES, ['Quattro', 'Quattro XL']),
  range('All-season tyres', 'Kestrel', 60, 16, [41, 99], TYRES, ['AllRoad', 'AllRoad Van']),
  range('Summer tyres', 'Aurelia', 84, 20, [52, 139], TYRES, ['Corso', 'Corso Sport']),
  range('Summer tyres', 'Tramontane', 66, 18, [48, 121], TYRES, ['Sirocco', 'Brise']),
  range('Winter tyres', 'Tramontane', 72, 18, [57, 142], TYRES, ['Verglas', 'Verglas SUV']),
  range('Winter tyres', 'Kestrel', 58, 16, [44, 104], TYRES, ['Frost', 'Frost Van']),
  range('Truck tyres', 'Bohemond', 60, 14, [214, 396], [2, 2, 4, 6], ['Regional', 'Long Haul', 'Trailer']),
  range('Brakes', 'Frenalta', 92, 22, [19, 88], PARTS, ['Brake disc', 'Brake pads', 'Caliper kit']),
  range('Brakes', 'Marelune Basics', 48, 14, [12, 46], PARTS, ['Brake pads', 'Brake fluid 1 l']),
  range('Batteries', 'Voltaine', 88, 16, [64, 189], PARTS, ['AGM', 'EFB', 'Standard']),
  range('Oils & fluids', 'Castelnau', 74, 16, [18, 74], PARTS, ['5W-30', '0W-20', '15W-40']),
  range('Oils & fluids', 'Marelune Basics', 26, 8, [6, 31], PARTS, ['Screenwash', 'Coolant']),
  range('Wipers & lighting', 'Lumino', 52, 18, [7, 59], PARTS, ['Wiper', 'H7 bulb', 'LED work light']),
];

export interface Catalogue {
  readonly products: readonly Product[];
  /** A product, drawn by demand. */
  draw(random: Random): Product;
}

/** The articles. Some names hold what file formats trip over: a semicolon, a quote, an umlaut. */
export function catalogue(seed: number): Catalogue {
  const products = RANGES.flatMap((each) =>
    Array.from({ length: each.products }, (_, index) => ({ each, index })),
  ).map(({ each, index }, number) => productOf(seed, each, index, number));
  const shelves = weighted(
    RANGES.map((each) => [
      products.filter((p) => p.category === each.category && p.brand === each.brand && p.active),
      each.weight,
    ]),
  );
  return { products, draw: (random) => random.pick(random.pick(shelves)) };
}

function productOf(seed: number, each: Range, index: number, number: number): Product {
  const id = String(10_001 + number * 7);
  const [low, high] = each.price;
  const spread = hash(`${seed}/price/${id}`) % 1000;
  return {
    index: number,
    id,
    name: productName(each, index),
    category: each.category,
    brand: each.brand,
    price: low * 100 + Math.floor(((high - low) * 100 * spread) / 1000),
    packs: each.packs,
    // The oldest article of a long range is no longer sold.
    active: !(each.products >= 16 && index === 0),
  };
}

const WIDTHS = [
  '175/65 R14',
  '195/65 R15',
  '205/55 R16',
  '215/60 R16',
  '225/45 R17',
  '225/50 R17',
  '235/35 R19',
  '255/40 R20',
];
const TRUCK_WIDTHS = ['295/80 R22,5', '315/70 R22,5', '385/65 R22,5'];

function productName(each: Range, index: number): string {
  const model = each.models[index % each.models.length] ?? '';
  if (each.category === 'Truck tyres') return `${each.brand} ${model} ${TRUCK_WIDTHS[index % 3]}`;
  if (each.category.endsWith('tyres')) return `${each.brand} ${model} ${WIDTHS[index % WIDTHS.length]}`;
  if (model === 'Wiper') return `${each.brand} ${model} ${14 + index}"; pair`;
  if (model === 'Screenwash') return `${each.brand} Scheibenreiniger für Winter ${index + 1} l`;
  return `${each.brand} ${model} no. ${100 + index}`;
}
