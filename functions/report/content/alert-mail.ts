import type { AlertEvent } from '../../lake/catalogue/alert.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type { MailContent, NoticeBlock } from '../blocks.ts';
import { alertItem, alertName, alertValue, phraseOf, type Told, told, worstFirst } from './alerts.ts';
import { shownPeriod } from './choose-kpis.ts';
import { alertSentence, footer, reportLink } from './digest.ts';
import { figureBlock } from './figure.ts';
import type { MailData } from './mail-data.ts';
import { trustNotices } from './trust.ts';

/** Names an event for good: two mails that tell the same event tell the same key. */
export const eventKey = (event: AlertEvent): string => [event.rule, event.member ?? '', event.kind].join('|');

/** The events of a day that concern somebody with these roles. What a person snoozed is not mailed. */
export const eventsFor = (data: MailData, roles: readonly string[]): AlertEvent[] =>
  (data.alerts?.events ?? []).filter(
    (event) =>
      !event.muted && told(data, event) !== null && event.notify.some((role) => roles.includes(role)),
  );

/** All of a run's news on alerts for one reader, in one mail. Takes at least one event, of rules in force (`eventsFor`). */
export function alertContent(data: MailData, events: readonly AlertEvent[], language: Language): MailContent {
  const alerts = events.flatMap((event) => told(data, event) ?? []).toSorted(worstFirst);
  const first = alerts[0] as Told;
  const date = formatDate(data.asOf, language, 'short');
  const news = alerts.map((alert) => newsText(data, alert, language));
  const kpis = [
    ...new Set(
      alerts
        .filter((alert) => shownPeriod(alert.bound.kpi, data.company) === alert.bound.period)
        .map((alert) => alert.bound.kpi),
    ),
  ];
  return {
    language,
    subject: `${language.alerts.subject(alerts.length, onlyGood(alerts))}${capital(news[0] as string)} (${date})`,
    preheader: news.slice(1).join(' · ') || alertItem(data, first, language).why,
    blocks: [
      {
        kind: 'title',
        company: oneLine(data.company.company.name),
        date: formatDate(data.asOf, language, 'full'),
        lead: `${capital(news[0] as string)}${alerts.length > 1 ? ` (${language.alerts.moreAlerts(alerts.length - 1)})` : ''}.`,
      },
      ...concerning(trustNotices(data, kpis, language)),
      {
        kind: 'alerts',
        title: language.alerts.whatHappened(alerts.length),
        items: alerts.map((alert) => ({
          ...alertItem(data, alert, language),
          sentence: alertSentence(data, alert, language),
        })),
      },
      ...kpis.slice(0, MOST_FIGURES).map((kpi) => figureBlock(data, kpi, language)),
      ...reportLink(data, language),
      footer(data, language),
    ],
  };
}

/** Only what the alerts depend on. */
const concerning = (notices: readonly NoticeBlock[]): NoticeBlock[] =>
  notices
    .map((notice) => ({ ...notice, items: notice.items.filter((item) => item.detail !== null) }))
    .filter((notice) => notice.items.length > 0);

const MOST_FIGURES = 4;

const onlyGood = (alerts: readonly Told[]): boolean =>
  alerts.every((alert) => alert.kind === 'resolved' || alert.kind === 'data_back');

function newsText(data: MailData, alert: Told, language: Language): string {
  const phrase = phraseOf(alert, language).short;
  const said =
    alert.kind === 'opened' || alert.kind === 'still_firing'
      ? phrase
      : language.writing.inSentence(language.alerts.badge[alert.kind]);
  return `${alertName(data, alert, language)} ${alertValue(data, alert, language)} — ${said}`;
}
