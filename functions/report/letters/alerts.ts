import { isOver } from '../../lake/catalogue/alert.ts';
import type { Phrase } from '../../lake/catalogue/alert-kinds/kind.ts';
import { kindOf } from '../../lake/catalogue/alert-kinds/kinds.ts';
import { isComparison, type Kpi } from '../../lake/catalogue/kpi.ts';
import { latestTradingDay } from '../../lake/company/calendar.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, windowName } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatValue } from '../../languages/numbers.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type { AlertOfDay } from '../model/alerts.ts';
import type { Day } from '../model/day.ts';
import type { AlertItem, OpenAlertItem } from './blocks.ts';
import { hrefOf, placeOfAlert } from './links.ts';
import { dimensionName, formatOf, memberName } from './names.ts';
import { notedBeside } from './noted.ts';

/** What its rule watches for. */
const phraseOf = ({ bound: { rule, period } }: AlertOfDay, language: Language): Phrase =>
  kindOf(rule).phrase(rule, period, language);

/** `Cart abandonment rate, Brand Nordwind` */
export function alertName(
  { labels }: Pick<Day, 'labels'>,
  alert: Pick<AlertOfDay, 'bound' | 'member'>,
  language: Language,
): string {
  const { kpi, rule } = alert.bound;
  if (alert.member === null) return wordIn(kpi.names, language);
  const member = memberName(labels, kpi, rule.dimension, alert.member, language);
  const dimension =
    rule.dimension === undefined
      ? ''
      : `${language.writing.inSentence(dimensionName(kpi, rule.dimension, language))} `;
  return `${wordIn(kpi.names, language)}, ${dimension}${member}`;
}

function format(data: Day, alert: AlertOfDay, value: number | null, language: Language): string {
  const { kpi } = alert.bound;
  // Nobody is told of four tenths of an order that may come.
  const told = looksAhead(alert) && kpi.unit === 'count' && value !== null ? Math.round(value) : value;
  return formatValue(told, kpi.unit, formatOf(data, language));
}

const looksAhead = ({ bound }: AlertOfDay): boolean => kindOf(bound.rule).ahead !== undefined;

/** Whether it stands, and its figure is known. */
const isJudged = ({ kind }: AlertOfDay): boolean => !isOver(kind) && kind !== 'no_data';

/** `month to date`; of a rule that looks ahead `the whole month`, and nothing once that is over. */
function windowOf(alert: AlertOfDay, language: Language): string[] {
  const { kpi, period } = alert.bound;
  if (alert.kind === 'ended') return [];
  return [windowName(looksAhead(alert) ? { forecasts: true } : kpi, period, language)];
}

/** The day that an alert's figure is of: of one without trade nothing is judged, and it stands as it was. */
export const judgedOn = ({ company, asOf }: Pick<Day, 'company' | 'asOf'>): string =>
  latestTradingDay(company.company.closed, asOf);

/** `81.2%`, with its day where that is an earlier one, or that there is none. */
function alertValue(data: Day, alert: AlertOfDay, language: Language): string {
  const value = format(data, alert, alert.value, language);
  const day = judgedOn(data);
  return day === data.asOf || alert.value === null ? value : `${value} (${formatDate(day, language, 'day')})`;
}

/** An alert in a line: `Net revenue €82,220 — above its limit`; one that nobody can judge now has no value to tell. */
export function alertLine(data: Day, alert: AlertOfDay, language: Language): string {
  const { alerts, writing } = language;
  const name = alertName(data, alert, language);
  if (alert.value === null || alert.kind === 'no_data')
    return `${name} — ${writing.inSentence(alerts.badge.no_data)}`;
  const said = ['open', 'opened', 'still_firing'].includes(alert.kind)
    ? phraseOf(alert, language).short
    : writing.inSentence(alerts.badge[alert.kind]);
  return `${name} ${alertValue(data, alert, language)} — ${said}`;
}

/** An alert as it stands in a mail. */
export function alertItem(data: Day, alert: AlertOfDay, language: Language): AlertItem {
  const { rule, kpi } = alert.bound;
  const badge = alert.muted ? language.alerts.badge.muted : language.alerts.badge[alert.kind];
  return {
    severity:
      alert.kind === 'resolved' || alert.kind === 'data_back'
        ? 'resolved'
        : alert.kind === 'no_data' || alert.kind === 'ended'
          ? 'unknown'
          : rule.severity,
    badge: [badge, language.alerts.severity[rule.severity], ...windowOf(alert, language)].join(' · '),
    figure: `${alertName(data, alert, language)}${language.writing.colon} ${alertValue(data, alert, language)}`,
    why: whyText(data, alert, language),
    href: hrefOf(data, placeOfAlert(data, alert), language),
    sentence: null,
    advice: isOver(alert.kind) || alert.kind === 'data_back' ? null : adviceOf(kpi, language),
    open: openItem(data, alert, language),
    ways: [],
  };
}

/** What its links say of it; null where nothing is left to acknowledge or snooze. */
function openItem(data: Day, alert: AlertOfDay, language: Language): OpenAlertItem | null {
  const { bound, member, firedOn, kind, muted } = alert;
  if (firedOn === null || isOver(kind) || kind === 'no_data' || muted) return null;
  const name = oneLine(alertName(data, alert, language), 120);
  return { rule: bound.rule.id, member, firedOn, name, unit: bound.kpi.unit };
}

/** The KPI's own advice; a company's KPI may have none. */
const adviceOf = ({ advice }: Pick<Kpi, 'advice'>, language: Language): string | null =>
  advice ? language.alerts.whatToDo(oneLine(wordIn(advice, language), 400)) : null;

function whyText(data: Day, alert: AlertOfDay, language: Language): string {
  const phrase = phraseOf(alert, language).long(
    alert.level === null ? null : format(data, alert, alert.level, language),
  );
  const since = alert.firedOn === null ? '' : formatDate(alert.firedOn, language, 'day');
  const text = capital(language.alerts.news[alert.kind === 'open' ? 'opened' : alert.kind](phrase, since));
  return [
    text,
    ...basisText(data, alert, language),
    ...beforeText(data, alert, language),
    ...notedText(data, alert, language),
  ].join(' ');
}

/** What is usual, what that rests on and what could not have been told apart; of what is not over. */
function basisText(data: Day, alert: AlertOfDay, language: Language): string[] {
  const { basis, level } = alert;
  if (basis === null || !isJudged(alert)) return [];
  const written = {
    write: (value: number) => format(data, alert, value, language),
    level: level === null ? null : format(data, alert, level, language),
  };
  const { rule } = alert.bound;
  return [kindOf(rule).explain?.(rule, basis, language, written) ?? null].filter((said) => said !== null);
}

/** What people noted of its window, and of the one that its rule compares with; of what is not over. */
function notedText(data: Day, alert: AlertOfDay, language: Language): string[] {
  if (!isJudged(alert)) return [];
  const { rule, kpi, period } = alert.bound;
  const against = kindOf(rule).figures(rule).find(isComparison);
  const { dimension } = rule;
  const member =
    dimension === undefined || alert.member === null ? null : { dimension, member: alert.member };
  const said = notedBeside(data, { kpi, period, against, member }, language);
  return said === null ? [] : [said];
}

/** What the figure was; nothing where nobody knows, or where the alert is not about a figure any more. */
function beforeText(data: Day, alert: AlertOfDay, language: Language): string[] {
  const { past } = alert;
  if (past === null || !isJudged(alert)) return [];
  const { lastYear, previous } = language.figures;
  const when = capital(past.against === 'last_year' ? lastYear : previous[alert.bound.period]);
  return [language.alerts.before(when, format(data, alert, past.value, language))];
}
