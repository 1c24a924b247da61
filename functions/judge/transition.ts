import type { AlertState } from '../lake/catalogue/alert.ts';
import type { AlertRule } from '../lake/catalogue/alert-kinds/kinds.ts';
import type { Verdict } from './verdict.ts';

/** What a day did to an alert. */
export interface Transition {
  readonly state: AlertState;
  readonly change: 'opened' | 'resolved' | 'ended' | null;
}

/** An alert nobody has heard of yet. */
export const freshState = (rule: AlertRule, member: string | null, asOf: string): AlertState => ({
  rule: rule.id,
  member,
  state: 'normal',
  since: asOf,
  count: 0,
  before: null,
  firedOn: null,
  lastNotifiedOn: null,
  value: null,
  level: null,
  muted: false,
});

/** The state before a gap in the data, where that is what is current. */
export const resume = (state: AlertState, asOf: string): AlertState =>
  state.state === 'no_data'
    ? { ...state, state: state.before ?? 'normal', before: null, since: asOf }
    : state;

/** Data are missing or not to be trusted: whatever was going on stands still until they are back. */
export const suspend = (state: AlertState, asOf: string): AlertState =>
  state.state === 'no_data'
    ? state
    : {
        ...state,
        state: 'no_data',
        before: state.state,
        since: asOf,
        value: null,
        level: null,
        basis: undefined,
      };

/**
 * The state machine, for a day with data:
 *
 *     normal ──breach──▶ pending ──breach, `for` runs in a row──▶ firing (opened)
 *     pending ──clear, hold──▶ normal
 *     firing ──clear──▶ recovering ──clear, `recover_for` runs in a row──▶ normal (resolved)
 *     recovering ──breach, hold──▶ firing
 *
 * A member that is gone counts as clear.
 */
export function advance(rule: AlertRule, before: AlertState, verdict: Verdict, asOf: string): Transition {
  const { value, level, basis } = verdict;
  const seen = { ...before, value, level, basis };
  const over = verdict.says === 'clear' || verdict.says === 'gone';
  if (before.state === 'firing' || before.state === 'recovering') {
    return over ? recover(rule, seen, asOf) : { state: enter(seen, 'firing', 0, asOf), change: null };
  }
  if (verdict.says !== 'breach') return { state: enter(seen, 'normal', 0, asOf), change: null };
  const count = before.state === 'pending' ? before.count + 1 : 1;
  if (count < rule.for) return { state: enter(seen, 'pending', count, asOf), change: null };
  return {
    state: { ...enter(seen, 'firing', 0, asOf), firedOn: asOf, lastNotifiedOn: null },
    change: 'opened',
  };
}

function recover(rule: AlertRule, seen: AlertState, asOf: string): Transition {
  const count = seen.state === 'recovering' ? seen.count + 1 : 1;
  if (count < rule.recover_for) return { state: enter(seen, 'recovering', count, asOf), change: null };
  return {
    state: { ...enter(seen, 'normal', 0, asOf), firedOn: null, lastNotifiedOn: null },
    change: 'resolved',
  };
}

const enter = (state: AlertState, name: AlertState['state'], count: number, asOf: string): AlertState => ({
  ...state,
  state: name,
  count,
  since: state.state === name ? state.since : asOf,
});
