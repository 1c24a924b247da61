import { type Day, tradingDayBefore } from '../../kit/calendar.ts';
import { CLEARANCE } from './business/booking.ts';
import { FJELLGRIP } from './business/catalogue.ts';
import { BRUECKNER, keyAccounts } from './business/customer.ts';
import { type Effects, noEffects } from './business/effects.ts';
import { abandonmentExpected, cartsExpected } from './business/volumes.ts';
import { LEVELS, RULES } from './story-levels.ts';

/** Something planted in the data, with what Vigie has to make of it. */
export interface Story {
  readonly id:
    | 'stock-out'
    | 'runaway-campaign'
    | 'silent-tags'
    | 'halved-customer'
    | 'undersold-programme'
    | 'quiet-segment';
  readonly title: { readonly en: string; readonly fr: string };
  /** First and last day of the cause. */
  readonly startsOn: string;
  readonly endsOn: string;
  /** What must be noticed: an alert of `rule` on `kpi`, or `source` as stale (its tables listed). */
  readonly rule: string | null;
  readonly kpi: string | null;
  readonly source: string | null;
  readonly tables: readonly string[];
  /** The member that an alert by member carries; null for an alert on the total. `id` is what figures know it by. */
  readonly member: { readonly dimension: string; readonly name: string; readonly id: string } | null;
  /** Whom the explanation of these figures must name, or somebody of exactly the same rows: no superset, no neighbour. */
  readonly culprits: readonly { readonly kpi: string; readonly dimension: string; readonly member: string }[];
  /** Words of which an explanation must hold at least one, by language. */
  readonly words: { readonly en: readonly string[]; readonly fr: readonly string[] };
}

/** Stories are planted backwards from the last trading day at or before the end. */
const CAMPAIGN_DAYS_BACK = 24;
const CUSTOMER_DAYS_BACK = 38;
const PROGRAMME_DAYS_BACK = 25;
const SEGMENT_DAYS_BACK = 45;
const STOCK_OUT_TRADING_DAYS = 4;
/** The campaign costs so many times the usual. */
const CAMPAIGN_FACTOR = 10;

export interface Plot {
  readonly stories: readonly Story[];
  readonly effects: Effects;
}

/** The stories of a company whose last day is `days[last]`. */
export function plot(days: readonly Day[], last: number): Plot {
  const today = tradingDayBefore(days, last);
  const sinceStockOut = tradingDaysBefore(days, today, STOCK_OUT_TRADING_DAYS);
  const stockOutFrom = sinceStockOut[0] as Day;
  const campaignFrom = dayAt(days, today.index - CAMPAIGN_DAYS_BACK);
  const customerFrom = dayAt(days, today.index - CUSTOMER_DAYS_BACK);
  const programmeFrom = dayAt(days, today.index - PROGRAMME_DAYS_BACK);
  const segmentFrom = dayAt(days, today.index - SEGMENT_DAYS_BACK);
  const silentFrom = dayAt(days, stockOutFrom.index + 1);
  const endsOn = (days[last] as Day).date;
  return {
    stories: [
      { ...STOCK_OUT, startsOn: stockOutFrom.date, endsOn },
      { ...CAMPAIGN, startsOn: campaignFrom.date, endsOn },
      { ...SILENCE, startsOn: silentFrom.date, endsOn },
      { ...CUSTOMER, startsOn: customerFrom.date, endsOn },
      { ...PROGRAMME, startsOn: programmeFrom.date, endsOn },
      { ...SEGMENT, startsOn: segmentFrom.date, endsOn },
    ],
    effects: {
      stockOut: (day) => day >= stockOutFrom.index,
      stockOutUplift: upliftFor(days, today, sinceStockOut),
      campaignCost: (day) => (day >= campaignFrom.index ? CAMPAIGN_FACTOR : 1),
      tagsDelivered: (day) => day < silentFrom.index,
      halved: (day) => day >= customerFrom.index,
      clearance: (day) => day >= programmeFrom.index,
      bestQuiet: (day) => day >= segmentFrom.index,
    },
  };
}

/** The same company on an uneventful day. */
export const uneventful: Plot = { stories: [], effects: noEffects };

const dayAt = (days: readonly Day[], index: number): Day => days[Math.max(0, index)] as Day;

function tradingDaysBefore(days: readonly Day[], today: Day, count: number): Day[] {
  return days.filter((day) => day.trading && day.index < today.index).slice(-count);
}

/** Used where no window holds a day of the stock-out: a company of a few days. */
const SOME_UPLIFT = 0.05;

/**
 * By how much abandonment must rise to cross its limit on the last trading day, but not on the one before. With the
 * weekdays' different volumes this takes a figure of its own for each end date: half-way between the one that would
 * just do and the one that would do a day early.
 */
function upliftFor(days: readonly Day[], today: Day, since: readonly Day[]): number {
  const [first, eve] = [since[0], since.at(-1)];
  if (!first || !eve) return SOME_UPLIFT;
  const enough = neededFrom(days, today.index, first.index);
  const tooMuch = neededFrom(days, eve.index, first.index);
  return Number.isFinite(tooMuch) ? (enough + tooMuch) / 2 : enough * 1.1;
}

/** What all carts from day `from` on need for the 7 days to `asOf` to reach the limit. A cart settles a day later. */
function neededFrom(days: readonly Day[], asOf: number, from: number): number {
  const window = days.slice(Math.max(0, asOf - 7), asOf);
  const carts = window.reduce((sum, day) => sum + cartsExpected(day), 0);
  const abandoned = window.reduce((sum, day) => sum + cartsExpected(day) * abandonmentExpected(day), 0);
  const since = window.filter((day) => day.index >= from).reduce((sum, day) => sum + cartsExpected(day), 0);
  return (LEVELS.abandonment * carts - abandoned) / since;
}

/** The first of the key accounts. */
const BRUECKNER_ID = keyAccounts.find(({ name }) => name === BRUECKNER)?.id ?? '';

type Fixed = Omit<Story, 'startsOn' | 'endsOn'>;

const STOCK_OUT: Fixed = {
  id: 'stock-out',
  title: {
    en: 'Fjellgrip tyres are sold out and carts are left behind',
    fr: 'Les pneus Fjellgrip sont épuisés et les paniers restent en plan',
  },
  rule: RULES.abandonment,
  kpi: 'cart_abandonment_rate',
  source: null,
  tables: ['carts', 'cart_lines', 'stock_levels'],
  member: null,
  culprits: [{ kpi: 'cart_abandonment_rate', dimension: 'brand', member: FJELLGRIP }],
  words: { en: [FJELLGRIP], fr: [FJELLGRIP] },
};

const CAMPAIGN: Fixed = {
  id: 'runaway-campaign',
  title: {
    en: 'A LinkedIn campaign bids without a limit',
    fr: 'Une campagne LinkedIn enchérit sans plafond',
  },
  rule: RULES.acquisitionCost,
  kpi: 'customer_acquisition_cost',
  source: null,
  tables: ['ad_spend'],
  member: null,
  culprits: [{ kpi: 'customer_acquisition_cost', dimension: 'channel', member: 'LinkedIn Ads' }],
  words: { en: ['LinkedIn Ads'], fr: ['LinkedIn Ads'] },
};

const SILENCE: Fixed = {
  id: 'silent-tags',
  title: { en: 'The tags stopped delivering', fr: 'Les tags ne livrent plus' },
  rule: null,
  kpi: null,
  source: 'tags',
  tables: ['sessions', 'page_views'],
  member: null,
  culprits: [],
  words: { en: ['tags'], fr: ['tags'] },
};

const CUSTOMER: Fixed = {
  id: 'halved-customer',
  title: { en: 'Autohaus Brückner orders half as much', fr: 'Autohaus Brückner commande moitié moins' },
  rule: RULES.customerRevenue,
  kpi: 'net_revenue',
  source: null,
  tables: ['orders', 'order_lines'],
  member: { dimension: 'customer', name: BRUECKNER, id: BRUECKNER_ID },
  // The alert is about the customer itself; of all revenue he is too small a part to be its cause.
  culprits: [],
  words: { en: ['Brückner', BRUECKNER_ID], fr: ['Brückner', BRUECKNER_ID] },
};

const PROGRAMME: Fixed = {
  id: 'undersold-programme',
  title: {
    en: 'The sales desk books under a programme below what programmes grant',
    fr: 'Le service commercial vend sous un programme plus bas que ce que les programmes accordent',
  },
  rule: RULES.bookingDiscount,
  kpi: 'booking_discount_rate',
  source: null,
  tables: ['orders', 'order_lines'],
  member: { dimension: 'programme', name: CLEARANCE, id: CLEARANCE },
  // Of a year's bookings four weeks are too small a part to be what moved them; the alert names the programme.
  culprits: [],
  words: { en: [CLEARANCE], fr: [CLEARANCE] },
};

const SEGMENT: Fixed = {
  id: 'quiet-segment',
  title: { en: 'The best customers no longer order', fr: 'Les meilleurs clients ne commandent plus' },
  rule: RULES.bestCustomers,
  kpi: 'rfm_segment_customers',
  source: null,
  tables: ['orders', 'order_lines'],
  member: { dimension: 'segment', name: 'Best customers', id: 'best' },
  // Who leaves one segment comes into another: of all customers none is missing. The alert names the segment.
  culprits: [],
  words: { en: ['Best customers'], fr: ['Meilleurs clients'] },
};
