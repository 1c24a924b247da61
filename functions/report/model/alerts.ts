import type { AlertEvent, AlertReport, AlertState } from '../../lake/catalogue/alert.ts';
import type { AlertBasis } from '../../lake/catalogue/alert-kinds/kind.ts';
import type { BoundRule } from '../../lake/company/alert-rules.ts';

/** An alert that is open, or something that happened to one. */
export interface AlertOfDay {
  readonly bound: BoundRule;
  readonly kind: AlertEvent['kind'] | 'open';
  /** Null: the total; or the rule as a whole (`no_data` and `data_back` of a rule with a dimension). */
  readonly member: string | null;
  readonly value: number | null;
  /** The level that was crossed, in the KPI's unit. */
  readonly level: number | null;
  readonly firedOn: string | null;
  /** Shown and told to nobody: snoozed, acknowledged, or the end of what nobody was told of. */
  readonly muted: boolean;
  /** Roles that are told. */
  readonly notify: readonly string[];
  /** Of a rule that asks what is usual: what that is and rests on. */
  readonly basis: AlertBasis | null;
  /** What the figure was before; null where nobody knows. */
  readonly past: AlertPast | null;
}

/** A figure before its alert, and which window that is. */
export interface AlertPast {
  readonly value: number;
  readonly against: 'previous' | 'last_year';
}

/** Pasts by `alertPastKey`. */
export type AlertPasts = ReadonlyMap<string, AlertPast>;

export const alertPastKey = (alert: Pick<AlertState, 'rule' | 'member'>): string =>
  JSON.stringify([alert.rule, alert.member]);

/** Names a piece of news for good: two messages that tell the same news tell the same key. */
export const newsKey = ({ bound, member, kind }: AlertOfDay): string =>
  [bound.rule.id, member ?? '', kind].join('|');

/** What a report of alerts says, of the rules in force: what is open, worst and newest first, and what happened. */
export function alertsOf(
  report: AlertReport | null,
  rules: readonly BoundRule[],
  pasts: AlertPasts,
): { readonly openAlerts: AlertOfDay[]; readonly alertNews: AlertOfDay[] } {
  const events = report?.events ?? [];
  const eventOf = (state: AlertState): AlertEvent | undefined =>
    events.find((event) => event.rule === state.rule && event.member === state.member);
  const open = (report?.states ?? [])
    .filter((state) => state.firedOn !== null && state.state !== 'normal')
    .flatMap((state) => alertOf(state, eventOf(state), rules, pasts));
  return {
    openAlerts: open.toSorted(worstFirst),
    alertNews: events.flatMap((event) => alertOf(event, event, rules, pasts)),
  };
}

/** None where vigie.yaml no longer has the rule. */
function alertOf(
  source: AlertState | AlertEvent,
  event: AlertEvent | undefined,
  rules: readonly BoundRule[],
  pasts: AlertPasts,
): AlertOfDay[] {
  const bound = rules.find((each) => each.rule.id === source.rule);
  if (!bound) return [];
  const { member, value, level, firedOn } = source;
  const basis = source.basis && !('why' in source.basis) ? source.basis : null;
  const kind = event?.kind ?? 'open';
  const past = pasts.get(alertPastKey({ rule: source.rule, member })) ?? null;
  const muted = event?.muted ?? source.muted;
  const notify = event?.notify ?? [];
  return [{ bound, kind, member, value, level, basis, firedOn, muted, notify, past }];
}

const weight = (alert: AlertOfDay): number =>
  (alert.muted ? 4 : 0) +
  (alert.bound.rule.severity === 'critical' ? 0 : 2) +
  (alert.kind === 'opened' ? 0 : 1);
export const worstFirst = (a: AlertOfDay, b: AlertOfDay): number => weight(a) - weight(b);
