/**
 * What the planted stories do to the company, as the generators ask for it: by day index. Without stories nothing
 * ever happens (`noEffects`).
 */
export interface Effects {
  /** Whether the brand Fjellgrip is sold out. */
  stockOut(day: number): boolean;
  /** By how much the stock-out raises the share of carts that are abandoned (0.05 = 5 points). */
  readonly stockOutUplift: number;
  /** Factor on the cost of the runaway campaign. */
  campaignCost(day: number): number;
  /** Whether the tags of that day were delivered. */
  tagsDelivered(day: number): boolean;
  /** Whether Autohaus Brückner places only one of its two orders. */
  halved(day: number): boolean;
  /** Whether the sales desk offers a programme of its own, which sells below what programmes grant. */
  clearance(day: number): boolean;
  /** Whether customers of the best kind no longer order. */
  bestQuiet(day: number): boolean;
}

export const noEffects: Effects = {
  stockOut: () => false,
  stockOutUplift: 0,
  campaignCost: () => 1,
  tagsDelivered: () => true,
  halved: () => false,
  clearance: () => false,
  bestQuiet: () => false,
};
