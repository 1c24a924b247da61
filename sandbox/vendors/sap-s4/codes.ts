import { REGIONS } from '../../companies/wholesale/business/customer.ts';

/**
 * The keys under which the company keeps its words in SAP's customizing: APIs give keys, not their names. vigie.yaml
 * maps them back.
 */
const CATEGORIES = [
  'All-season tyres',
  'Summer tyres',
  'Winter tyres',
  'Truck tyres',
  'Brakes',
  'Batteries',
  'Oils & fluids',
  'Wipers & lighting',
];
const INDUSTRIES = [
  'Independent garage',
  'Tyre dealer',
  'Car dealership',
  'Fleet operator',
  'Farm & construction',
];
const SEGMENTS = ['C', 'B', 'A', 'Key account'];

const placeIn = (words: readonly string[], word: string): number => {
  const place = words.indexOf(word);
  if (place < 0) throw new Error(`SAP's customizing has no key for ${word}`);
  return place;
};

/** Product group: `L001`. */
export const groupCode = (category: string): string => `L00${placeIn(CATEGORIES, category) + 1}`;
/** Sales office: `1001`. */
export const officeCode = (region: string | null): string =>
  region === null ? '' : String(1001 + placeIn(REGIONS, region));
/** Industry: `Z001`. */
export const industryCode = (industry: string): string => `Z00${placeIn(INDUSTRIES, industry) + 1}`;
/** Customer group: `01`. */
export const customerGroup = (size: number): string => `0${size + 1}`;

const words = (list: readonly string[], code: (word: string) => string): Record<string, string> =>
  Object.fromEntries(list.map((word) => [code(word), word]));

/** Key to word, as vigie.yaml needs it. */
export const codebook = {
  productGroups: words(CATEGORIES, groupCode),
  offices: words(REGIONS, officeCode),
  industries: words(INDUSTRIES, industryCode),
  segments: Object.fromEntries(SEGMENTS.map((word, size) => [customerGroup(size), word])),
};
