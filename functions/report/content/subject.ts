import type { Kpi, Language } from '../../lake/kpi.ts';
import { comparisonName, formatChange, formatDate, formatShort, periodName } from '../format.ts';
import { rulePhrase } from './alert-words.ts';
import { alertName, alertValue, openAlerts, type Told } from './alerts.ts';
import { shownPeriod } from './choose-kpis.ts';
import { figureOf, rowOf } from './figure-of.ts';
import type { MailData } from './mail-data.ts';
import { capital, inSentence, oneLine } from './one-line.ts';
import { isLate } from './trust.ts';
import { mailWords } from './words.ts';

/** The news of a day in the order of its weight: what is missing, what is wrong, how the first figures moved. */
export interface News {
  /** For the subject line: `Abandonment 81.2% — above its limit; net revenue +4.0% (21 Nov)`. */
  readonly subject: string;
  /** The same in full sentences, for the top of the mail. */
  readonly lead: string;
  /** Shown by the inbox after the subject: the figures that the subject left out. */
  readonly preheader: string;
}

const SUBJECT_FIGURES = 2;

export function newsOf(data: MailData, shown: readonly Kpi[], language: Language): News {
  const date = formatDate(data.asOf, language, 'short');
  const alerts = openAlerts(data).filter((alert) => alert.kind !== 'resolved' && !alert.muted);
  const late = [
    ...new Set(
      data.findings
        .filter((finding) => finding.severity === 'error' && isLate(finding))
        .map((finding) => oneLine(finding.source ?? finding.table ?? finding.check, 30)),
    ),
  ];
  const first = alerts[0];
  const figures = shown.map((kpi) => figureText(data, kpi, language, false));
  const room = first ? SUBJECT_FIGURES - 1 : SUBJECT_FIGURES;
  const parts = [
    ...lateText(late, language),
    ...(first ? [alertText(data, first, language)] : []),
    ...figures.slice(0, late.length > 0 ? 1 : room),
  ];
  const semicolon = language === 'fr' ? '\u202f; ' : '; ';
  return {
    subject: `${parts.map((part, index) => (index === 0 ? capital(part) : inSentence(part))).join(semicolon)} (${date})`,
    lead: leadOf(data, alerts, late, shown, language),
    preheader:
      figures
        .slice(late.length > 0 ? 1 : room)
        .map(capital)
        .join(' · ') || date,
  };
}

const lateText = (late: readonly string[], language: Language): string[] => {
  if (late.length === 0) return [];
  return [
    language === 'fr' ? `données manquantes (${late.join(', ')})` : `data missing (${late.join(', ')})`,
  ];
};

function alertText(data: MailData, alert: Told, language: Language): string {
  const phrase = rulePhrase(alert.bound.rule, alert.bound.period, language).short;
  return `${alertName(alert, language)} ${alertValue(data, alert, language)} — ${phrase}`;
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
  if (!full) return `${name} ${change ?? formatShort(value, kpi.unit, options)}`;
  const compared = change && kind ? ` (${change} ${comparisonName(kind, period, language)})` : '';
  return `${name}, ${periodName(period, language)}${language === 'fr' ? '\u202f' : ''}: ${formatShort(value, kpi.unit, options)}${compared}`;
}

function leadOf(
  data: MailData,
  alerts: readonly Told[],
  late: readonly string[],
  shown: readonly Kpi[],
  language: Language,
): string {
  const words = mailWords[language];
  const first = alerts[0];
  const more = alerts.length > 1 ? ` (+${words.moreAlerts(alerts.length - 1)})` : '';
  const figure = shown[0] ? [`${figureText(data, shown[0], language, true)}.`] : [];
  const alert = first ? [`${alertText(data, first, language)}${more}.`] : [];
  const sentences = [...lateText(late, language).map((text) => `${text}.`), ...alert, ...figure];
  return (sentences.length > 0 ? sentences : [words.quiet]).map(capital).join(' ');
}
