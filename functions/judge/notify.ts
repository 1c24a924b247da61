import { isMuted } from '../lake/alerts/mute.ts';
import type { AlertCommand, AlertEvent, AlertState } from '../lake/catalogue/alert.ts';
import type { BoundRule } from '../lake/company/alert-rules.ts';
import { daysBetween } from '../lake/values/day.ts';
import type { Transition } from './transition.ts';

/** What a day leaves of an alert: its state, and at most one thing to tell. */
export interface Told {
  readonly state: AlertState;
  readonly event: AlertEvent | null;
}

/** What is told of a transition, and whether it is mailed. */
export function tell(
  bound: BoundRule,
  before: AlertState,
  { state, change }: Transition,
  commands: readonly AlertCommand[],
  asOf: string,
): Told {
  // A resolution belongs to the alert that was open until now.
  const open = change === 'resolved' || change === 'ended' ? before : state;
  const muted = isMuted(open, commands, asOf);
  if (change === 'opened') return told(bound, state, 'opened', muted, asOf);
  if (change === 'resolved' || change === 'ended') return over(bound, before, { state, change }, muted, asOf);
  return isDue(bound, state, muted, asOf)
    ? told(bound, state, 'still_firing', false, asOf)
    : { state, event: null };
}

/**
 * Told once. An acknowledgement ends with what it acknowledged, so its end is mailed; a snooze asked for silence; and
 * nobody is told the end of what nobody was told the beginning of.
 */
function over(
  bound: BoundRule,
  before: AlertState,
  { state, change }: { readonly state: AlertState; readonly change: 'resolved' | 'ended' },
  muted: ReturnType<typeof isMuted>,
  asOf: string,
): Told {
  const silent = muted === 'snoozed' || before.lastNotifiedOn === null;
  const event = makeEvent(bound, state, change, silent, asOf);
  return { state, event: { ...event, firedOn: before.firedOn } };
}

const told = (
  bound: BoundRule,
  state: AlertState,
  kind: AlertEvent['kind'],
  muted: ReturnType<typeof isMuted>,
  asOf: string,
): Told => ({
  state: muted ? state : { ...state, lastNotifiedOn: asOf },
  event: makeEvent(bound, state, kind, muted !== false, asOf),
});

/** Again after `renotify_after_days`; at once when it opened while muted and the silence is over. */
function isDue(
  { rule }: BoundRule,
  state: AlertState,
  muted: ReturnType<typeof isMuted>,
  asOf: string,
): boolean {
  if (state.state !== 'firing' || muted) return false;
  if (state.lastNotifiedOn === null) return true;
  return (
    rule.renotify_after_days !== undefined &&
    daysBetween(state.lastNotifiedOn, asOf) >= rule.renotify_after_days
  );
}

/** An event about a state. */
export const makeEvent = (
  { rule, kpi, period, notify }: BoundRule,
  state: AlertState,
  kind: AlertEvent['kind'],
  muted: boolean,
  asOf: string,
): AlertEvent => ({
  rule: rule.id,
  member: state.member,
  kpi: kpi.id,
  kind,
  severity: rule.severity,
  asOf,
  period,
  dimension: rule.dimension ?? null,
  value: state.value,
  level: state.level,
  basis: state.basis,
  firedOn: state.firedOn,
  notify,
  muted,
});
