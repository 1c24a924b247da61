import type { Day, Moment } from '../../../kit/calendar.ts';
import { carrier, dealer, type Random, randomStream, weighted } from '../../../kit/random.ts';
import { type Origin, originsOn, SYNDICATION } from './channels.ts';
import type { Deal, Removal } from './deal.ts';
import { type DealInput, dealDesk } from './deals.ts';
import { type Entry, later, workday } from './journey.ts';
import type { Answers, Lead, Touch } from './lead.ts';
import { inventProspect, type Prospect } from './market.ts';
import { numbered } from './record-ids.ts';
import type { LeadEnd, LeadStage } from './stages.ts';
import { developerOn } from './team.ts';
import { leadsExpected } from './volumes.ts';

export interface LeadInput extends DealInput {
  readonly scale: number;
  /** A customer who recommends, on a day. */
  readonly customerOn: (day: number, random: Random) => string;
}

export interface Arrivals {
  readonly leads: readonly Lead[];
  /** Deals that came without a lead. */
  readonly deals: readonly Deal[];
}

const REASONS = weighted<string | null>([
  ['No reply', 46],
  ['Not a fit', 24],
  ['Private or student', 12],
  ['No budget', 10],
  [null, 8],
]);
/** Deals a weekday that a partner brings straight to sales, at scale 1. */
const PARTNER_DEALS = 0.25;
const SECONDS = { from: 6.5 * 3600, to: 22.5 * 3600 };

/** The leads that come in on a day, each with its whole life. Days are asked for in order. */
export function leadDesk(input: LeadInput): (day: Day) => Arrivals {
  const { seed, days, effects, team, scale } = input;
  const deals = dealDesk(input);
  const random = randomStream(seed, 'leads');
  const carry = new Map<string, (expected: number) => number>();
  const partners = carrier();
  const chances = qualifier(random);
  let number = 0;

  const born = (origin: Origin, day: Day): Lead => {
    number += 1;
    const id = numbered('lead', number);
    const own = randomStream(seed, `lead/L-${String(number).padStart(6, '0')}`);
    const createdAt = { day: day.index, second: own.between(SECONDS.from, SECONDS.to) };
    const prospect = inventProspect(own);
    const course = courseOf(createdAt, chances(origin), days, own);
    const removal = removalOf(createdAt, course.sql !== null, days, own);
    const deal = course.converts && {
      leadId: id,
      ...{ prospect, channel: origin.channel, createdAt: course.converts, neverWon: origin === SYNDICATION },
    };
    const made = deal ? deals(deal) : null;
    return {
      ...{ id, origin, prospect, createdAt, removal, deal: made },
      ...{ mql: course.mql, sql: course.sql, entries: course.entries },
      owner: developerOn(team, day.index, own),
      answers: answersOf(prospect, course.mql !== null, own),
      touches: touchesOf(origin, createdAt, course.mql, made, days, own),
      referredBy: origin.channel === 'Referral' ? input.customerOn(day.index, own) : null,
    };
  };

  return (day) => {
    const leads = originsOn(day.index, effects).flatMap((origin) => {
      const count = carry.get(origin.campaign) ?? carrier();
      carry.set(origin.campaign, count);
      return Array.from({ length: count(leadsExpected(origin, day) * scale) }, () => born(origin, day));
    });
    const straight = partners(day.trading ? PARTNER_DEALS * scale : 0);
    return {
      leads,
      deals: Array.from({ length: straight }, () =>
        deals({
          ...{ leadId: null, prospect: inventProspect(random), channel: 'Partners', neverWon: false },
          createdAt: { day: day.index, second: random.between(9 * 3600, 17 * 3600) },
        }),
      ),
    };
  };
}

interface Chances {
  readonly mql: boolean;
  readonly sql: boolean;
}

/** Of each fifty leads of an origin, its exact share is qualified: by marketing, and of these by sales. */
function qualifier(random: Random): (origin: Origin) => Chances {
  const decks = new Map<string, { mql: () => boolean; sql: () => boolean }>();
  const deck = (share: number) =>
    dealer(
      random,
      Array.from({ length: 50 }, (_, at) => at < share * 50),
    );
  return ({ campaign, mql, sql }) => {
    const known = decks.get(campaign) ?? { mql: deck(mql), sql: deck(sql) };
    decks.set(campaign, known);
    const isMql = known.mql();
    return { mql: isMql, sql: isMql && known.sql() };
  };
}

interface Course {
  readonly mql: Moment | null;
  readonly sql: Moment | null;
  readonly entries: readonly Entry<LeadStage | LeadEnd>[];
  /** When it becomes a deal. */
  readonly converts: Moment | null;
}

/** From lead to MQL to SQL to a deal, or out. One in twenty-five that sales takes never was marketing's. */
function courseOf(createdAt: Moment, chances: Chances, days: readonly Day[], random: Random): Course {
  const entries: Entry<LeadStage | LeadEnd>[] = [{ stage: 'lead', at: createdAt, reason: null }];
  const enter = (stage: LeadStage | LeadEnd, from: Moment, count: number, reason: string | null = null) => {
    const at = later(days, from, count, random);
    entries.push({ stage, at, reason });
    return at;
  };
  const direct = chances.sql && random.chance(0.04);
  const mql = chances.mql && !direct ? enter('mql', createdAt, random.int(6)) : null;
  // Most are called back within two weeks; some only after a month, which is too late for the rate.
  const wait = random.chance(0.06) ? random.between(31, 50) : random.between(0, 13);
  const sql = chances.sql ? enter('sql', mql ?? createdAt, wait) : null;
  if (sql && random.chance(0.95))
    return { mql, sql, entries, converts: enter('converted', sql, random.int(3)) };
  // Some stay for ever.
  if (random.chance(0.9))
    enter('disqualified', sql ?? mql ?? createdAt, random.between(10, mql ? 60 : 80), random.pick(REASONS));
  return { mql, sql, entries, converts: null };
}

/** Doubles and tests, found within ten days, before anybody qualified them. */
function removalOf(createdAt: Moment, isSql: boolean, days: readonly Day[], random: Random): Removal | null {
  if (isSql || !random.chance(0.02)) return null;
  const day = workday(days, createdAt.day + random.int(10));
  return { day, as: random.chance(0.6) ? 'merged' : 'deleted' };
}

function answersOf({ seats }: Prospect, asked: boolean, random: Random): Answers {
  const maybe = (share: number): boolean | null => (asked ? random.chance(share) : null);
  const seniority = random.pick(['executive', 'manager', 'manager', 'staff'] as const);
  return {
    potential: asked ? seats * random.between(250, 420) : null,
    buysWithin: asked ? random.pick([20, 45, 80, 120, 200, 365]) : null,
    role: random.pick(['service', 'operations', 'management', 'IT', null]),
    seniority: asked ? seniority : null,
    ...{ budget: maybe(0.5), authority: maybe(0.4), need: maybe(0.8), timing: maybe(0.45) },
  };
}

function touchesOf(
  origin: Origin,
  createdAt: Moment,
  mql: Moment | null,
  deal: Deal | null,
  days: readonly Day[],
  random: Random,
): Touch[] {
  const { channel, campaign } = origin;
  const kind = channel === 'Events' || channel === 'Partners' ? 'offline' : 'online';
  const touches: Touch[] = [{ at: createdAt, kind, channel, campaign }];
  const touch = (from: Moment, count: number, of: Omit<Touch, 'at'>) =>
    touches.push({ ...of, at: later(days, from, count, random) });
  if (mql && random.chance(0.7))
    touch(createdAt, random.int(12), { kind: 'online', channel: 'Newsletter', campaign: null });
  for (const { stage, at } of deal?.entries ?? []) {
    if (stage === 'demo') touch(at, 1, { kind: 'offline', channel: 'Demo', campaign: null });
    if (stage === 'trial' && random.chance(0.6))
      touch(at, 4, { kind: 'online', channel: 'Newsletter', campaign: null });
    if (stage === 'proposal' && random.chance(0.5))
      touch(at, 1, random.chance(0.5) ? { kind: 'online', channel, campaign } : VISIT);
  }
  return touches;
}

const VISIT = { kind: 'offline', channel: 'Visit', campaign: null } as const;
