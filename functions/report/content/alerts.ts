import type { AlertEvent, AlertState } from '../../lake/catalogue/alert.ts';
import type { Kpi, Language } from '../../lake/catalogue/kpi.ts';
import type { BoundRule } from '../../lake/company/alert-rules.ts';
import type { AlertItem } from '../blocks.ts';
import { colon, formatDate, formatValue, periodName } from '../format.ts';
import { earlierWindow, rulePhrase } from './alert-words.ts';
import { alertPastKey, type MailData } from './mail-data.ts';
import { memberName } from './member-name.ts';
import { capital, oneLine } from './one-line.ts';
import { mailWords } from './words.ts';

/** An alert that is open, or an event of it, ready to be said. */
export interface Told {
  readonly bound: BoundRule;
  readonly kind: AlertEvent['kind'] | 'open';
  readonly member: string | null;
  readonly value: number | null;
  readonly level: number | null;
  readonly firedOn: string | null;
  readonly muted: boolean;
}

/** Every open alert of the day, worst and newest first, then those that went back to normal. */
export function openAlerts(data: MailData): Told[] {
  const states = data.alerts?.states ?? [];
  const open = states
    .filter((state) => state.firedOn !== null && state.state !== 'normal')
    .flatMap((state) => told(data, state) ?? []);
  const resolved = (data.alerts?.events ?? [])
    .filter((event) => event.kind === 'resolved')
    .flatMap((event) => told(data, event) ?? []);
  return [...open.toSorted(worstFirst), ...resolved];
}

const eventOf = (data: MailData, state: AlertState): AlertEvent | undefined =>
  data.alerts?.events.find((event) => event.rule === state.rule && event.member === state.member);

/** Null when vigie.yaml no longer has the rule. */
export function told(data: MailData, source: AlertState | AlertEvent): Told | null {
  const bound = data.rules.find((each) => each.rule.id === source.rule);
  if (!bound) return null;
  const event = 'kind' in source ? source : eventOf(data, source);
  const { member, value, level, firedOn } = source;
  return {
    bound,
    kind: event?.kind ?? 'open',
    member,
    value,
    level,
    firedOn,
    muted: event?.muted ?? source.muted,
  };
}

const weight = (alert: Told): number =>
  (alert.muted ? 4 : 0) +
  (alert.bound.rule.severity === 'critical' ? 0 : 2) +
  (alert.kind === 'opened' ? 0 : 1);
export const worstFirst = (a: Told, b: Told): number => weight(a) - weight(b);

/** `Cart abandonment rate, Brand Nordwind` */
export function alertName({ labels }: Pick<MailData, 'labels'>, alert: Told, language: Language): string {
  const { kpi, rule } = alert.bound;
  if (alert.member === null) return kpi.names[language];
  const dimension = rule.dimension === undefined ? undefined : kpi.dimensions[rule.dimension]?.[language];
  const member = memberName(labels, kpi, rule.dimension, alert.member, language);
  return `${kpi.names[language]}, ${dimension ? `${dimension.charAt(0).toLowerCase()}${dimension.slice(1)} ` : ''}${member}`;
}

const format = (data: MailData, alert: Told, value: number | null, language: Language): string =>
  formatValue(value, alert.bound.kpi.unit, { language, currency: data.company.company.currency });

/** `81.2%`, or that there is none. */
export const alertValue = (data: MailData, alert: Told, language: Language): string =>
  format(data, alert, alert.value, language);

/** An alert as it stands in a mail. */
export function alertItem(data: MailData, alert: Told, language: Language): AlertItem {
  const words = mailWords[language];
  const { rule, kpi, period } = alert.bound;
  const badge = alert.muted ? words.badge.muted : words.badge[alert.kind];
  return {
    severity:
      alert.kind === 'resolved' || alert.kind === 'data_back'
        ? 'resolved'
        : alert.kind === 'no_data'
          ? 'unknown'
          : rule.severity,
    badge: `${badge} · ${words.severity[rule.severity]} · ${periodName(period, language)}`,
    figure: `${alertName(data, alert, language)}${colon[language]} ${alertValue(data, alert, language)}`,
    why: whyText(data, alert, language),
    sentence: null,
    advice: alert.kind === 'resolved' || alert.kind === 'data_back' ? null : adviceOf(kpi, language),
  };
}

/** The KPI's own advice; a company's KPI may have none. */
const adviceOf = ({ advice }: Pick<Kpi, 'advice'>, language: Language): string | null =>
  advice ? mailWords[language].whatToDo(oneLine(advice[language], 400)) : null;

function whyText(data: MailData, alert: Told, language: Language): string {
  const words = mailWords[language];
  const phrase = rulePhrase(alert.bound.rule, alert.bound.period, language).long(
    alert.level === null ? null : format(data, alert, alert.level, language),
  );
  const since = alert.firedOn === null ? '' : formatDate(alert.firedOn, language, 'day');
  const text = capital(words.alert[alert.kind === 'open' ? 'opened' : alert.kind](phrase, since));
  return [text, ...beforeText(data, alert, language)].join(' ');
}

/** What the figure was; nothing where nobody knows, or where the alert is not about a figure any more. */
function beforeText(data: MailData, alert: Told, language: Language): string[] {
  const past = data.alertPasts.get(alertPastKey({ rule: alert.bound.rule.id, member: alert.member }));
  if (past === undefined || alert.kind === 'resolved' || alert.kind === 'no_data') return [];
  const when = earlierWindow(past.against, alert.bound.period, language);
  return [mailWords[language].before(when, format(data, alert, past.value, language))];
}
