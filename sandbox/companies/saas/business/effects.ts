import { type OutreachEffects, ordinary } from '../../../kit/outreach/heard.ts';

/** What the planted stories do to the company, as the generators ask for it: by day index. */
export interface Effects extends OutreachEffects {
  /** Whether the form for demo requests loses what is typed in. */
  formBroken(day: number): boolean;
  /** Whether leads are bought from publishers. They never become customers. */
  syndication(day: number): boolean;
  /** Whether deals wait for their demo, which only one engineer can give. */
  demosStall(day: number): boolean;
  /** Whether deals that Fieldara is in are lost to it. */
  fieldaraWins(day: number): boolean;
}

export const noEffects: Effects = {
  ...ordinary,
  formBroken: () => false,
  syndication: () => false,
  demosStall: () => false,
  fieldaraWins: () => false,
};
