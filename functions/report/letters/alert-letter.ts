import { isOver } from '../../lake/catalogue/alert.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type { Reader } from '../channels/channel.ts';
import { type AlertOfDay, worstFirst } from '../model/alerts.ts';
import type { Day, KpiDay } from '../model/day.ts';
import { dayForMembers } from '../model/for-members.ts';
import { alertItem, alertLine } from './alerts.ts';
import type { MailContent, NoticeBlock } from './blocks.ts';
import { alertSentence, footer, reportLink } from './digest.ts';
import { figureBlock } from './figure.ts';
import { trustNotices } from './trust.ts';

/** The news of a day on alerts that concern a reader. What a person snoozed is told to nobody. */
export const newsFor = (
  day: Day,
  { roles, everyAlert, members }: Pick<Reader, 'roles' | 'everyAlert' | 'members'>,
): AlertOfDay[] =>
  dayForMembers(day, members).alertNews.filter(
    ({ muted, notify }) => !muted && (everyAlert || notify.some((role) => roles.includes(role))),
  );

/** All of a run's news on alerts for one reader, in one mail. Takes at least one (`newsFor`); of the reader's own day. */
export function alertContent(data: Day, told: readonly AlertOfDay[], language: Language): MailContent {
  const alerts = told.toSorted(worstFirst);
  const first = alerts[0] as AlertOfDay;
  const date = formatDate(data.asOf, language, 'short');
  const news = alerts.map((alert) => alertLine(data, alert, language));
  const kpis = data.kpis.filter(({ kpi, period, of }) =>
    alerts.some(
      ({ bound, member }) =>
        bound.kpi.id === kpi.id &&
        bound.period === period &&
        (of === null || (of.dimension === bound.rule.dimension && of.member === member)),
    ),
  );
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
      ...inOrderOf(alerts, kpis)
        .slice(0, MOST_FIGURES)
        .map((of) => figureBlock(data, of, language)),
      ...reportLink(data, language),
      footer(data, language),
    ],
  };
}

/** The figures of the worst alerts first. */
const inOrderOf = (alerts: readonly AlertOfDay[], kpis: readonly KpiDay[]): KpiDay[] => {
  const place = ({ kpi }: KpiDay): number => alerts.findIndex(({ bound }) => bound.kpi.id === kpi.id);
  return kpis.toSorted((a, b) => place(a) - place(b));
};

/** Only what the alerts depend on. */
const concerning = (notices: readonly NoticeBlock[]): NoticeBlock[] =>
  notices
    .map((notice) => ({ ...notice, items: notice.items.filter((item) => item.detail !== null) }))
    .filter((notice) => notice.items.length > 0);

const MOST_FIGURES = 4;

const onlyGood = (alerts: readonly AlertOfDay[]): boolean =>
  alerts.every((alert) => isOver(alert.kind) || alert.kind === 'data_back');
