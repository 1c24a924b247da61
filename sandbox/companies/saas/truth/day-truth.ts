/** Of those that the second number counts, so many; or things and what they come to. */
export type Share = [part: number, whole: number];

export interface StageTruth {
  entries: number;
  /** Stays that ended, those of them that ended in a loss, and the days that all of them lasted. */
  exits: number;
  losses: number;
  stayDays: number;
}

/**
 * What happened on a day, counted by the generators from what they invented, without reading a file back: what the KPIs
 * must come to. Amounts in 1/10,000 euro, each converted with the day's rate and rounded on its own. What the CRM took
 * away is nowhere.
 */
export interface DayTruth {
  readonly date: string;
  readonly trading: boolean;
  newLeads: number;
  readonly leadsByCampaign: Record<string, number>;
  /** Leads qualified by marketing on the day; people reached. */
  mqls: number;
  reached: number;
  /** Of those whose 30 days after marketing's yes end on the day: those that sales took by then. */
  readonly sqlIn30: Share;
  /** Of leads whose 180 days end on the day: those won by then; by channel. */
  readonly wonIn180: Record<string, Share>;
  /** Of trials whose end is 30 days ago: those paid by then. */
  readonly trialsPaid: Share;
  /** By stage. */
  readonly stages: Record<string, StageTruth>;
  dealsWon: number;
  dealsLost: number;
  /** What the deals won leave. */
  wonContribution: number;
  /** Of deals closed on which a competitor was named: those won; and by competitor. */
  readonly wonAgainstAny: Share;
  readonly wonAgainst: Record<string, Share>;
  netRevenue: number;
  orders: number;
  returns: number;
  /** Customers whose first invoice of all that is known is of this day. */
  newCustomers: number;
  mediaCost: number;
  marketingCost: number;
  salesCost: number;
}

export const emptyDay = ({ date, trading }: { date: string; trading: boolean }): DayTruth => ({
  date,
  trading,
  newLeads: 0,
  leadsByCampaign: {},
  mqls: 0,
  reached: 0,
  sqlIn30: [0, 0],
  wonIn180: {},
  trialsPaid: [0, 0],
  stages: {},
  dealsWon: 0,
  dealsLost: 0,
  wonContribution: 0,
  wonAgainstAny: [0, 0],
  wonAgainst: {},
  netRevenue: 0,
  orders: 0,
  returns: 0,
  newCustomers: 0,
  mediaCost: 0,
  marketingCost: 0,
  salesCost: 0,
});

/** The tally of a member, made where it is the first. */
export function tally<T>(of: Record<string, T>, member: string, first: () => T): T {
  const known = of[member] ?? first();
  of[member] = known;
  return known;
}
