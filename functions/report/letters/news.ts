import { comparisonName, formatDate, windowName } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatChange, formatHeadline } from '../../languages/numbers.ts';
import { capital } from '../../languages/one-line.ts';
import type { AlertOfDay } from '../model/alerts.ts';
import { type Day, figureValueOf, headlineOf, type KpiDay } from '../model/day.ts';
import { alertLine } from './alerts.ts';
import { figureName, formatOf } from './names.ts';
import { notedOfDay } from './noted.ts';
import { isLate, lateFor, placeOf } from './trust.ts';

/** The news of a day in the order of its weight: what is missing, what is wrong, how the first figures moved. */
export interface News {
  /** For the subject line: `Abandonment 81.2% — above its limit; net revenue +4.0% (21 Nov)`. */
  readonly subject: string;
  /** The first of it as a sentence, for the top of the mail. */
  readonly lead: string;
  /** Shown by the inbox after the subject: the figures that the subject left out. */
  readonly preheader: string;
}

/** `shown`: the headline figures, in their order. */
export function newsOf(data: Day, shown: readonly KpiDay[], language: Language): News {
  const alerts = data.openAlerts.filter((alert) => !alert.muted);
  const late = lateSources(data, language);
  const first = alerts[0];
  // What is late is shown in the mail with its day; before it is opened, nobody could tell that it is not as sure as the others.
  const figures = shown
    .filter((of) => !isUncertain(data, of))
    .map((of) => figureText(data, of, language, false));
  // Missing data is the news when the first figure depends on it; else it is said at the end.
  const mainIsLate = shown[0] === undefined ? late.length > 0 : isUncertain(data, shown[0]);
  const head = [
    ...(mainIsLate ? [lateText(late, language)] : []),
    ...(first ? [alertLine(data, first, language)] : []),
  ];
  const room = Math.max(1, SUBJECT_PARTS - head.length);
  const date = formatDate(data.asOf, language, 'short');
  const tail = late.length > 0 && !mainIsLate ? `${date}, ${language.trust.late(late.join(', '))}` : date;
  const news = [...head, ...figures.slice(0, room)];
  const nothing = language.figures.noValue;
  const parts = (news.length > 0 ? news : [nothing]).map((part, index) =>
    index === 0 ? capital(part) : language.writing.inSentence(part),
  );
  return {
    subject: `${parts.join(`${language.writing.semicolon} `)} (${tail})`,
    lead: [
      leadOf(data, { mainIsLate, alerts, late }, shown, language),
      ...[notedOfDay(data, language)].filter((said) => said !== null),
    ].join(' '),
    preheader: figures.slice(room).map(capital).join(' · ') || date,
  };
}

const SUBJECT_PARTS = 2;

function lateSources(data: Day, language: Language): string[] {
  const late = data.findings.filter((finding) => finding.severity === 'error' && isLate(finding));
  return [...new Set(late.map((finding) => placeOf(data, finding, language)))];
}

function isUncertain(data: Day, of: KpiDay): boolean {
  return lateFor(data, of.kpi).length > 0 || of.quality === 'stale';
}

const lateText = (late: readonly string[], language: Language): string =>
  language.trust.missing(late.join(', '));

/** `Net revenue +4.0%`; the value itself where there is nothing to compare it with. */
function figureText(data: Day, of: KpiDay, language: Language, full: boolean): string {
  const { kpi, period } = of;
  const line = headlineOf(of);
  const options = formatOf(data, language);
  const value = figureValueOf(line);
  const kind = (['last_year', 'previous'] as const).find((each) => figureValueOf(line, each) !== null);
  const change = kind ? formatChange(value, figureValueOf(line, kind), kpi.unit, options) : null;
  const name = figureName(data, of, language);
  if (!full) return `${name} ${change ?? formatHeadline(value, kpi.unit, options)}`;
  const compared = change && kind ? ` (${change} ${comparisonName(kind, period, language)})` : '';
  return `${name}, ${windowName(kpi, period, language)}${language.writing.colon} ${formatHeadline(value, kpi.unit, options)}${compared}`;
}

/** One thing: what makes the figures doubtful, else the worst alert, else the first figure. */
function leadOf(
  data: Day,
  news: { mainIsLate: boolean; alerts: readonly AlertOfDay[]; late: readonly string[] },
  shown: readonly KpiDay[],
  language: Language,
): string {
  const [first, ...others] = news.alerts;
  if (news.mainIsLate) return `${capital(lateText(news.late, language))}.`;
  if (first)
    return `${capital(alertLine(data, first, language))}${others.length > 0 ? ` (${language.alerts.moreAlerts(others.length)})` : ''}.`;
  return shown[0] ? `${figureText(data, shown[0], language, true)}.` : language.mail.nothingMeasured;
}
