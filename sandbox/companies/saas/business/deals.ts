import { type Day, isAfter, type Moment } from '../../../kit/calendar.ts';
import { dealer, type Random, randomStream, weighted } from '../../../kit/random.ts';
import { type Deal, type Price, type Removal, seatPrice, stayOf } from './deal.ts';
import type { Effects } from './effects.ts';
import { type Entry, later, workday } from './journey.ts';
import { COMPETITOR_CARDS, COMPETITORS, type Prospect, RISING } from './market.ts';
import { numbered } from './record-ids.ts';
import { type DealEnd, type DealStage, MILESTONES } from './stages.ts';
import { sellerOn, type Team } from './team.ts';

export interface Birth {
  readonly leadId: string | null;
  readonly prospect: Prospect;
  readonly channel: string;
  readonly createdAt: Moment;
  /** Of leads that were bought: whatever happens, nobody buys. */
  readonly neverWon: boolean;
}

export type DealDesk = (birth: Birth) => Deal;

export interface DealInput {
  readonly seed: number;
  readonly days: readonly Day[];
  readonly effects: Effects;
  readonly team: Team;
}

type Stage = DealStage | DealEnd;
const PATH: readonly DealStage[] = ['qualified', 'demo', 'trial', 'proposal', 'negotiation'];

/** How a hundred deals end: won, or lost in a stage. */
const FATES = weighted<Stage>([
  ['won', 25],
  ['qualified', 14],
  ['demo', 18],
  ['trial', 17],
  ['proposal', 19],
  ['negotiation', 7],
]);
const REASONS = weighted<string | null>([
  ['Price', 28],
  ['No decision', 24],
  ['Missing feature', 18],
  ['Timing', 14],
  [null, 8],
  ['Competitor', 8],
]);

/** Deals with their whole life, planned when they are made. Fates are dealt like cards, for each competitor apart. */
export function dealDesk({ seed, days, effects, team }: DealInput): DealDesk {
  const random = randomStream(seed, 'deals');
  const competitors = dealer(random, COMPETITOR_CARDS);
  const fates = new Map<string | null, () => Stage>(
    [...COMPETITORS, null].map((name) => [name, dealer(random, FATES)]),
  );
  const reasons = dealer(random, REASONS);
  let number = 0;
  let customers = 0;
  return ({ leadId, prospect, channel, createdAt, neverWon }) => {
    number += 1;
    const id = numbered('deal', number);
    const own = randomStream(seed, `deal/D-${String(number).padStart(5, '0')}`);
    const competitor = competitors();
    const drawn = (fates.get(competitor) as () => Stage)();
    const plan = { days, effects, competitor, neverWon, reasons, random: own };
    const entries = lived(createdAt, neverWon && drawn === 'won' ? 'trial' : drawn, plan);
    const isWon = entries.some(({ stage }) => stage === 'won');
    if (isWon) customers += 1;
    const amount = prospect.seats * seatPrice(prospect.seats);
    return {
      ...{ id, leadId, prospect, channel, createdAt, entries, currency: prospect.currency },
      owner: own.chance(0.03) ? null : sellerOn(team, createdAt.day, own),
      prices: pricesOf(entries, amount, own),
      margin: own.between(72, 84),
      competitors: competitor === null ? [] : withSecond(competitor, own),
      milestones: milestonesOf(entries, days, own),
      removal: isWon ? null : removalOf(createdAt, days, own),
      customerId: isWon ? `C${String(20_000 + customers)}` : null,
    };
  };
}

interface Plan {
  readonly days: readonly Day[];
  readonly effects: Effects;
  readonly competitor: string | null;
  readonly neverWon: boolean;
  readonly reasons: () => string | null;
  readonly random: Random;
}

/** What happens to a deal, stage by stage; some skip the trial or the negotiation, some go back to a second demo. */
function lived(createdAt: Moment, fate: Stage, plan: Plan): Entry<Stage>[] {
  const { random } = plan;
  const entries: Entry<Stage>[] = [];
  const enter = (stage: Stage, at: Moment, reason: string | null = null) =>
    entries.push({ stage, at, reason });
  let at = createdAt;
  for (const stage of pathOf(fate, random)) {
    enter(stage, at);
    at = leave(stage, at, plan);
    if (stage === fate) break;
  }
  if (fate !== 'won') return lostAt(entries, at, plan);
  const closing = quarterEnd(at, entries.at(-1)?.at ?? at, plan);
  if (plan.competitor === RISING && plan.effects.fieldaraWins(closing.day) && random.chance(0.95)) {
    enter('lost', closing, 'Competitor');
    return entries;
  }
  enter('won', closing);
  return entries;
}

function pathOf(fate: Stage, random: Random): DealStage[] {
  const skips: DealStage[] = [];
  if (random.chance(0.12)) skips.push('trial');
  if (random.chance(0.22)) skips.push('negotiation');
  const path = PATH.filter((stage) => stage === fate || !skips.includes(stage));
  if (!random.chance(0.04)) return path;
  const proposal = path.indexOf('proposal');
  return proposal < 0 || fate === 'proposal' || fate === 'trial' || fate === 'demo' || fate === 'qualified'
    ? path
    : [...path.slice(0, proposal + 1), 'demo', ...path.slice(proposal)];
}

/** When a stage is left. While demos stall, what is left of one takes three times as long. */
function leave(stage: DealStage, from: Moment, { days, effects, random }: Plan): Moment {
  const count = stayOf(stage, days[from.day] as Day, random);
  let stay = 0;
  let passed = 0;
  for (; passed < count; stay += 1)
    passed += stage === 'demo' && effects.demosStall(from.day + stay) ? 1 / 3 : 1;
  return later(days, from, stay, random);
}

/** Half of what would be signed in the first days of a quarter is signed in the last days of the one before. */
function quarterEnd(at: Moment, since: Moment, { days, random }: Plan): Moment {
  const day = days[at.day] as Day;
  const intoQuarter = day.monthNumber % 3 === 1 ? Number(day.date.slice(8)) : 99;
  if (intoQuarter > 12 || !random.chance(0.5)) return at;
  const wanted = workday(days, at.day - intoQuarter - random.int(5));
  const pulled = { day: wanted, second: random.between(32_000, 64_000) };
  return isAfter(pulled, since) && days[wanted]?.date.slice(0, 7) !== day.date.slice(0, 7) ? pulled : at;
}

/** Lost; four in a hundred come back to the proposal some weeks later, and a third of those buy. */
function lostAt(entries: Entry<Stage>[], at: Moment, plan: Plan): Entry<Stage>[] {
  const { random, days, reasons, competitor } = plan;
  const reason = competitor === null ? noCompetitor(reasons()) : reasons();
  const lost: Entry<Stage>[] = [...entries, { stage: 'lost', at, reason }];
  if (!random.chance(0.04)) return lost;
  const back = later(days, at, random.between(15, 60), random);
  const end = leave('proposal', back, plan);
  const isBeaten = plan.neverWon || (competitor === RISING && plan.effects.fieldaraWins(end.day));
  const again: Entry<Stage> =
    random.chance(0.33) && !isBeaten
      ? { stage: 'won', at: end, reason: null }
      : { stage: 'lost', at: end, reason: noCompetitor(reasons()) };
  return [...lost, { stage: 'proposal', at: back, reason: null }, again];
}

const noCompetitor = (reason: string | null): string | null => (reason === 'Competitor' ? 'Price' : reason);

/** The amount changes with the proposal: by a tenth at most, up or down. */
function pricesOf(entries: readonly Entry<Stage>[], amount: number, random: Random): Price[] {
  const [first] = entries as [Entry<Stage>];
  const proposal = entries.find(({ stage }) => stage === 'proposal');
  const prices = [{ at: first.at, amount }];
  if (proposal && random.chance(0.6))
    prices.push({ at: proposal.at, amount: Math.round((amount * random.between(90, 108)) / 100) });
  return prices;
}

const withSecond = (competitor: string, random: Random): string[] => {
  const other = random.pick(COMPETITORS.slice(1));
  return other !== competitor && random.chance(0.06) ? [competitor, other] : [competitor];
};

function milestonesOf(entries: readonly Entry<Stage>[], days: readonly Day[], random: Random) {
  return MILESTONES.flatMap(({ id, stage, met }) => {
    const place = entries.findIndex((entry) => entry.stage === stage);
    const [entry, next] = [entries[place], entries[place + 1]];
    if (!entry || !next || !random.chance(met / 100)) return [];
    const at = later(days, entry.at, random.int(Math.max(1, next.at.day - entry.at.day)), random);
    return isAfter(at, next.at) ? [] : [{ id, at }];
  });
}

/** Tests and doubles: one in sixty is taken away within a fortnight. */
function removalOf(createdAt: Moment, days: readonly Day[], random: Random): Removal | null {
  if (!random.chance(1 / 60)) return null;
  const day = workday(days, createdAt.day + random.between(1, 14));
  return { day, as: random.chance(0.5) ? 'merged' : 'deleted' };
}
