import type { Day } from '../calendar.ts';

/** What a company does to be heard, and what is heard of others: what its tools export beside its systems. */
export interface Outreach {
  readonly folder: string;
  readonly seed: number;
  readonly days: readonly Day[];
  /** Index of the last day. */
  readonly last: number;
  readonly onFile: (name: string) => void;
  /** How large the company is: 1 is usual. */
  readonly growth: number;
  /** Its domain on the web. */
  readonly domain: string;
  /** Competitors by name, and their domains. */
  readonly rivals: readonly { readonly name: string; readonly domain: string }[];
  /** Where its customers are asked. */
  readonly regions: readonly string[];
  /** Newsletters, in turn. */
  readonly newsletters: readonly string[];
}

/** The days that were lived. */
export const lived = ({ days, last }: Outreach): readonly Day[] => days.slice(0, last + 1);
