import { ORIGINS, SYNDICATION } from '../business/channels.ts';
import { INDUSTRY_NAMES, REGIONS } from '../business/market.ts';

/** Numbers of choices that a company adds begin here. */
const FIRST = 100_000_000;

/** A choice of the company's own: its labels, and the number of one. */
export function choiceOf(labels: readonly string[]) {
  const options = Object.fromEntries(labels.map((label, place) => [FIRST + place, label]));
  const value = (label: string): string => {
    const place = labels.indexOf(label);
    if (place < 0) throw new RangeError(`the choice has no ${label}`);
    return String(FIRST + place);
  };
  return { options, value };
}

export const CHANNELS = choiceOf([...new Set([...ORIGINS, SYNDICATION].map(({ channel }) => channel))]);
export const CAMPAIGNS: readonly string[] = [...ORIGINS, SYNDICATION].map(({ campaign }) => campaign);
export const INDUSTRIES = choiceOf(INDUSTRY_NAMES);
export const SALES_REGIONS = choiceOf(REGIONS);
export const FUNCTIONS = choiceOf(['service', 'operations', 'management', 'IT']);
export const LEAD_REASONS = choiceOf(['No reply', 'Not a fit', 'Private or student', 'No budget']);
export const DEAL_REASONS = choiceOf([
  ...['Price', 'No decision', 'Missing feature', 'Timing', 'Competitor'],
]);
