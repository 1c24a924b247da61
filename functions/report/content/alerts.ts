import type { AlertEvent, AlertState } from '../../lake/catalogue/alert.ts';
import type { Phrase } from '../../lake/catalogue/alert-kinds/kind.ts';
import { kindOf } from '../../lake/catalogue/alert-kinds/kinds.ts';
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import type { BoundRule } from '../../lake/company/alert-rules.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, periodName } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatValue } from '../../languages/numbers.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type { AlertItem } from '../blocks.ts';
import { alertPastKey, type MailData } from './mail-data.ts';
import { dimensionName, memberName } from './member-name.ts';

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

/** What its rule watches for. */
export const phraseOf = ({ bound: { rule, period } }: Told, language: Language): Phrase =>
  kindOf(rule).phrase(rule, period, language);

const weight = (alert: Told): number =>
  (alert.muted ? 4 : 0) +
  (alert.bound.rule.severity === 'critical' ? 0 : 2) +
  (alert.kind === 'opened' ? 0 : 1);
export const worstFirst = (a: Told, b: Told): number => weight(a) - weight(b);

/** `Cart abandonment rate, Brand Nordwind` */
export function alertName({ labels }: Pick<MailData, 'labels'>, alert: Told, language: Language): string {
  const { kpi, rule } = alert.bound;
  if (alert.member === null) return wordIn(kpi.names, language);
  const member = memberName(labels, kpi, rule.dimension, alert.member, language);
  const dimension =
    rule.dimension === undefined
      ? ''
      : `${language.writing.inSentence(dimensionName(kpi, rule.dimension, language))} `;
  return `${wordIn(kpi.names, language)}, ${dimension}${member}`;
}

const format = (data: MailData, alert: Told, value: number | null, language: Language): string =>
  formatValue(value, alert.bound.kpi.unit, { language, currency: data.company.company.currency });

/** `81.2%`, or that there is none. */
export const alertValue = (data: MailData, alert: Told, language: Language): string =>
  format(data, alert, alert.value, language);

/** An alert as it stands in a mail. */
export function alertItem(data: MailData, alert: Told, language: Language): AlertItem {
  const { rule, kpi, period } = alert.bound;
  const badge = alert.muted ? language.alerts.badge.muted : language.alerts.badge[alert.kind];
  return {
    severity:
      alert.kind === 'resolved' || alert.kind === 'data_back'
        ? 'resolved'
        : alert.kind === 'no_data'
          ? 'unknown'
          : rule.severity,
    badge: `${badge} · ${language.alerts.severity[rule.severity]} · ${periodName(period, language)}`,
    figure: `${alertName(data, alert, language)}${language.writing.colon} ${alertValue(data, alert, language)}`,
    why: whyText(data, alert, language),
    sentence: null,
    advice: alert.kind === 'resolved' || alert.kind === 'data_back' ? null : adviceOf(kpi, language),
  };
}

/** The KPI's own advice; a company's KPI may have none. */
const adviceOf = ({ advice }: Pick<Kpi, 'advice'>, language: Language): string | null =>
  advice ? language.alerts.whatToDo(oneLine(wordIn(advice, language), 400)) : null;

function whyText(data: MailData, alert: Told, language: Language): string {
  const phrase = phraseOf(alert, language).long(
    alert.level === null ? null : format(data, alert, alert.level, language),
  );
  const since = alert.firedOn === null ? '' : formatDate(alert.firedOn, language, 'day');
  const text = capital(language.alerts.news[alert.kind === 'open' ? 'opened' : alert.kind](phrase, since));
  return [text, ...beforeText(data, alert, language)].join(' ');
}

/** What the figure was; nothing where nobody knows, or where the alert is not about a figure any more. */
function beforeText(data: MailData, alert: Told, language: Language): string[] {
  const past = data.alertPasts.get(alertPastKey({ rule: alert.bound.rule.id, member: alert.member }));
  if (past === undefined || alert.kind === 'resolved' || alert.kind === 'no_data') return [];
  const { lastYear, previous } = language.figures;
  const when = capital(past.against === 'last_year' ? lastYear : previous[alert.bound.period]);
  return [language.alerts.before(when, format(data, alert, past.value, language))];
}
