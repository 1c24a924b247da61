import type { Kpi, Language } from '../../lake/catalogue/kpi.ts';
import {
  colon,
  comparisonName,
  formatChange,
  formatDate,
  formatHeadline,
  periodName,
  semicolon,
} from '../format.ts';
import { rulePhrase } from './alert-words.ts';
import { alertName, alertValue, openAlerts, type Told } from './alerts.ts';
import { shownPeriod } from './choose-kpis.ts';
import { figureOf, rowOf } from './figure-of.ts';
import type { MailData } from './mail-data.ts';
import { capital, inSentence } from './one-line.ts';
import { isLate, lateFor, placeOf } from './trust.ts';
import { mailWords } from './words.ts';

/** The news of a day in the order of its weight: what is missing, what is wrong, how the first figures moved. */
export interface News {
  /** For the subject line: `Abandonment 81.2% — above its limit; net revenue +4.0% (21 Nov)`. */
  readonly subject: string;
  /** The first of it as a sentence, for the top of the mail. */
  readonly lead: string;
  /** Shown by the inbox after the subject: the figures that the subject left out. */
  readonly preheader: string;
}

export function newsOf(data: MailData, shown: readonly Kpi[], language: Language): News {
  const alerts = openAlerts(data).filter((alert) => alert.kind !== 'resolved' && !alert.muted);
  const late = lateSources(data, language);
  const first = alerts[0];
  const figures = shown.map((kpi) => figureText(data, kpi, language, false));
  // Missing data is the news when the first figure depends on it; else it is said at the end.
  const mainIsLate = shown[0] === undefined ? late.length > 0 : isUncertain(data, shown[0]);
  const head = [
    ...(mainIsLate ? [lateText(late, language)] : []),
    ...(first ? [alertText(data, first, language)] : []),
  ];
  const room = Math.max(1, SUBJECT_PARTS - head.length);
  const date = formatDate(data.asOf, language, 'short');
  const tail = late.length > 0 && !mainIsLate ? `${date}, ${LATE[language](late.join(', '))}` : date;
  const news = [...head, ...figures.slice(0, room)];
  const nothing = mailWords[language].noValue;
  const parts = (news.length > 0 ? news : [nothing]).map((part, index) =>
    index === 0 ? capital(part) : inSentence(part),
  );
  return {
    subject: `${parts.join(`${semicolon[language]} `)} (${tail})`,
    lead: leadOf(data, { mainIsLate, alerts, late }, shown, language),
    preheader: figures.slice(room).map(capital).join(' · ') || date,
  };
}

const SUBJECT_PARTS = 2;
const LATE: Record<Language, (sources: string) => string> = {
  en: (sources) => `${sources} late`,
  fr: (sources) => `${sources} en retard`,
};

function lateSources(data: MailData, language: Language): string[] {
  const late = data.findings.filter((finding) => finding.severity === 'error' && isLate(finding));
  return [...new Set(late.map((finding) => placeOf(data, finding, language)))];
}

function isUncertain(data: MailData, kpi: Kpi): boolean {
  const row = rowOf(data, kpi, shownPeriod(kpi, data.company));
  return lateFor(data, kpi).length > 0 || row?.quality === 'stale';
}

const lateText = (late: readonly string[], language: Language): string =>
  language === 'fr' ? `données manquantes (${late.join(', ')})` : `data missing (${late.join(', ')})`;

function alertText(data: MailData, alert: Told, language: Language): string {
  const phrase = rulePhrase(alert.bound.rule, alert.bound.period, language).short;
  return `${alertName(data, alert, language)} ${alertValue(data, alert, language)} — ${phrase}`;
}

/** `Net revenue +4.0%`; the value itself where there is nothing to compare it with, or it is late. */
function figureText(data: MailData, kpi: Kpi, language: Language, full: boolean): string {
  const period = shownPeriod(kpi, data.company);
  const options = { language, currency: data.company.company.currency };
  const value = figureOf(data, kpi, period);
  const kind = (['last_year', 'previous'] as const).find(
    (each) => figureOf(data, kpi, period, each) !== null,
  );
  const late = rowOf(data, kpi, period)?.quality === 'stale';
  const change =
    kind && !late ? formatChange(value, figureOf(data, kpi, period, kind), kpi.unit, options) : null;
  const name = kpi.names[language];
  if (!full) return `${name} ${change ?? formatHeadline(value, kpi.unit, options)}`;
  const compared = change && kind ? ` (${change} ${comparisonName(kind, period, language)})` : '';
  return `${name}, ${periodName(period, language)}${colon[language]} ${formatHeadline(value, kpi.unit, options)}${compared}`;
}

/** One thing: what makes the figures doubtful, else the worst alert, else the first figure. */
function leadOf(
  data: MailData,
  news: { mainIsLate: boolean; alerts: readonly Told[]; late: readonly string[] },
  shown: readonly Kpi[],
  language: Language,
): string {
  const words = mailWords[language];
  const [first, ...others] = news.alerts;
  if (news.mainIsLate) return `${capital(lateText(news.late, language))}.`;
  if (first)
    return `${capital(alertText(data, first, language))}${others.length > 0 ? ` (${words.moreAlerts(others.length)})` : ''}.`;
  return shown[0] ? `${figureText(data, shown[0], language, true)}.` : words.nothingMeasured;
}
