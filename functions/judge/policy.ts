import { isMuted } from '../lake/alerts/mute.ts';
import type { AlertCommand, AlertEvent, AlertState, HeldBack } from '../lake/catalogue/alert.ts';
import { kindOf } from '../lake/catalogue/alert-kinds/kinds.ts';
import { OTHER_MEMBERS } from '../lake/catalogue/kpi.ts';
import type { BoundRule } from '../lake/company/alert-rules.ts';
import { isTradingDay, latestTradingDay, spanOf } from '../lake/company/calendar.ts';
import { problemOf, type ReportedProblem } from '../lake/landing/batch.ts';
import { addDays } from '../lake/values/day.ts';
import { asksUsual, heldBack, type Unusual } from './budget.ts';
import { endOf, judgeCondition } from './condition.ts';
import type { FigureIndex } from './figures.ts';
import { makeEvent, type Told, tell } from './notify.ts';
import { advance, freshState, resume, suspend } from './transition.ts';
import type { Closed, DayOfFigures, Verdict } from './verdict.ts';

export interface PolicyInput {
  readonly rules: readonly BoundRule[];
  readonly figures: FigureIndex;
  /** States after the last day judged before this one. */
  readonly earlier: readonly AlertState[];
  readonly commands: readonly AlertCommand[];
  readonly asOf: string;
  readonly closed: Closed;
  /** Month, 1 to 12. */
  readonly fiscalYearStarts: number;
  /** How many alerts on unusual figures may open a day. */
  readonly mostUnusual: number;
}

export interface Decision {
  readonly states: readonly AlertState[];
  readonly events: readonly AlertEvent[];
  /** Rules that could not be judged: their alerts stand as they stood. */
  readonly failures: readonly RuleFailure[];
  /** Unusual figures beyond the day's budget. */
  readonly heldBack: readonly HeldBack[];
}

export interface RuleFailure {
  readonly rule: string;
  readonly problem: ReportedProblem;
}

type Decided = Pick<Decision, 'states' | 'events'> & { readonly failure?: RuleFailure };

/**
 * The whole alert policy, a pure function. States come in the order of the rules, members in code-point order. A rule
 * with a dimension has one state a member, and one without a member that says only whether there are data. A rule that
 * cannot be judged keeps no other from it.
 */
export function decide(whole: PolicyInput): Decision {
  const held = isTradingDay(whole.closed, whole.asOf) ? heldBack(unusualOf(whole), whole.mostUnusual) : [];
  const input: Judging = { ...whole, held: new Set(held.map(alertKey)) };
  const decisions = input.rules.map((bound): Decided => {
    const earlier = input.earlier.filter((state) => state.rule === bound.rule.id && fits(bound, state));
    // Nothing is sold on a day without trade, and that says nothing.
    return isTradingDay(input.closed, input.asOf)
      ? contained(bound, earlier, input)
      : { states: earlier, events: [] };
  });
  const { commands, asOf } = input;
  const muted = (state: AlertState): boolean => isMuted(state, commands, asOf) !== false;
  return {
    states: decisions.flatMap(({ states }) => states.map((state) => ({ ...state, muted: muted(state) }))),
    events: decisions.flatMap((decision) => decision.events),
    failures: decisions.flatMap(({ failure }) => failure ?? []),
    heldBack: held,
  };
}

/** With the alerts that may not open. */
interface Judging extends PolicyInput {
  readonly held: ReadonlySet<string>;
}

const alertKey = ({ rule, member }: Pick<AlertState, 'rule' | 'member'>): string =>
  JSON.stringify([rule, member]);

/** Every figure that is held against what is usual, before any opens an alert. */
function unusualOf(input: PolicyInput): Unusual[] {
  return input.rules.filter(asksUsual).flatMap((bound): Unusual[] => {
    const earlier = input.earlier.filter((state) => state.rule === bound.rule.id && fits(bound, state));
    if (input.figures.find(bound, 'current', null, input.asOf)?.quality !== 'ok') return [];
    try {
      return membersToJudge(bound, earlier, input).map((member) => ({
        ...{ bound, member, verdict: judgeCondition(bound, member, input) },
        before: earlier.find((state) => state.member === member),
      }));
    } catch {
      // What cannot be judged is told when the rule is decided.
      return [];
    }
  });
}

function contained(bound: BoundRule, earlier: readonly AlertState[], input: Judging): Decided {
  try {
    return decideRule(bound, earlier, input);
  } catch (error) {
    const failure = { rule: bound.rule.id, problem: problemOf(error) };
    return { states: earlier, events: [], failure };
  }
}

/** States that a rule left before it was edited: another dimension, members no longer named. */
function fits({ rule }: BoundRule, { member }: AlertState): boolean {
  if (member === null) return true;
  return rule.dimension !== undefined && (rule.members?.includes(member) ?? true);
}

function decideRule(bound: BoundRule, earlier: readonly AlertState[], input: Judging): Decided {
  const { figures, asOf } = input;
  const total = figures.find(bound, 'current', null, asOf);
  const gate = earlier.find((state) => state.member === null);
  // A KPI without any figure yet has nothing to lose: its tables are not loaded.
  if (!total && !gate) return { states: [], events: [] };
  if (total?.quality !== 'ok') return withoutData(bound, earlier, gate, input);
  const back = gate?.state === 'no_data' ? [ruleEvent(bound, gate, 'data_back', input)] : [];
  const judged = membersToJudge(bound, earlier, input).map((member) =>
    judgeMember(bound, member, earlier, input),
  );
  const own = bound.rule.dimension === undefined ? [] : [openGate(bound, gate, asOf)];
  return {
    states: [...own, ...judged.flatMap(({ state }) => state ?? [])],
    events: [...back, ...judged.flatMap(({ event }) => event ?? [])],
  };
}

/** The state without a member of a rule with a dimension: it only ever says whether there are data. */
function openGate({ rule }: BoundRule, gate: AlertState | undefined, asOf: string): AlertState {
  const fresh = freshState(rule, null, asOf);
  return gate?.state === 'normal' ? { ...fresh, since: gate.since } : fresh;
}

/** Missing, stale or incomplete: told once for the rule, whatever its members. */
function withoutData(
  bound: BoundRule,
  earlier: readonly AlertState[],
  gate: AlertState | undefined,
  input: PolicyInput,
): Decided {
  const { asOf } = input;
  const known = gate ? earlier : [freshState(bound.rule, null, asOf), ...earlier];
  const states = inMemberOrder(known).map((state) => suspend(state, asOf));
  const event =
    gate?.state === 'no_data' ? [] : [ruleEvent(bound, states[0] as AlertState, 'no_data', input)];
  return { states, events: event };
}

function ruleEvent(
  bound: BoundRule,
  gate: AlertState,
  kind: 'no_data' | 'data_back',
  { commands, asOf }: PolicyInput,
): AlertEvent {
  const muted = isMuted(gate, commands, asOf) !== false;
  return makeEvent(bound, { ...gate, value: null, level: null }, kind, muted, asOf);
}

/** Null for the total; of a dimension, the members of today and those still remembered. */
function membersToJudge(
  bound: BoundRule,
  earlier: readonly AlertState[],
  { figures, asOf }: PolicyInput,
): (string | null)[] {
  const { dimension, members } = bound.rule;
  if (dimension === undefined) return [null];
  const today = figures.members(bound, asOf);
  // What "(other)" holds changes from day to day, so it is judged only when it is asked for.
  const wanted = members
    ? today.filter((member) => members.includes(member))
    : today.filter((member) => member !== OTHER_MEMBERS);
  const remembered = earlier.flatMap((state) => state.member ?? []);
  return [...new Set([...wanted, ...remembered])].toSorted(byCodePoint);
}

function judgeMember(
  bound: BoundRule,
  member: string | null,
  earlier: readonly AlertState[],
  input: Judging,
) {
  const { asOf, commands } = input;
  const day: DayOfFigures = input;
  const known = earlier.find((state) => state.member === member);
  const ended = known && endedWindow(bound, known, input);
  if (ended?.event) return ended;
  const before = resume((ended ? undefined : known) ?? freshState(bound.rule, member, asOf), asOf);
  const found = judgeCondition(bound, member, day);
  const isHeld = input.held.has(alertKey({ rule: bound.rule.id, member }));
  const verdict: Verdict = isHeld ? { ...found, says: 'hold' } : found;
  const { state, event } = tell(bound, before, advance(bound.rule, before, verdict, asOf), commands, asOf);
  // A member that is gone and has no open alert is forgotten.
  const forget = verdict.says === 'gone' && state.state === 'normal';
  return { state: forget ? null : state, event };
}

/**
 * What a rule that looks ahead left of a window that is over: an alert that was open ends with what came, and is judged anew
 * from the next day on; what waited is forgotten. Undefined while the window runs.
 */
function endedWindow(bound: BoundRule, known: AlertState, input: Judging): Told | undefined {
  if (!kindOf(bound.rule).ahead) return undefined;
  const { closed, fiscalYearStarts, commands, asOf } = input;
  const calendar = { closed, fiscal_year_starts: fiscalYearStarts };
  const { startsOn } = spanOf(calendar, asOf, bound.period, 'current');
  const gap = known.state === 'no_data';
  const stood = known.firedOn ?? (gap ? latestTradingDay(closed, addDays(known.since, -1)) : known.since);
  if (stood >= startsOn) return undefined;
  const fresh = freshState(bound.rule, known.member, asOf);
  if (known.firedOn === null) return { state: fresh, event: null };
  const came = endOf(bound, known.member, { ...input, asOf: addDays(startsOn, -1) });
  const { state, event } = tell(
    bound,
    known,
    { state: { ...fresh, ...came }, change: 'ended' },
    commands,
    asOf,
  );
  return { state, event };
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inMemberOrder = (states: readonly AlertState[]): AlertState[] =>
  states.toSorted((a, b) =>
    a.member === null ? -1 : b.member === null ? 1 : byCodePoint(a.member, b.member),
  );
