import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, formatInstant } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type {
  AlertItem,
  AlertsBlock,
  Block,
  FigureBlock,
  FooterBlock,
  LinkBlock,
  MailContent,
} from '../blocks.ts';
import { alertItem, openAlerts, type Told } from './alerts.ts';
import { causesKey, causesSentence } from './causes.ts';
import { chooseKpis, shownPeriod } from './choose-kpis.ts';
import { figureBlock } from './figure.ts';
import type { MailData } from './mail-data.ts';
import { sourceTitle } from './source-title.ts';
import { newsOf } from './subject.ts';
import { trustNotices } from './trust.ts';
import { unsubscribeLink } from './unsubscribe.ts';

/**
 * The daily digest: what is missing, what is wrong, then the headline figures, then where it all comes from.
 * Pure: the same data gives the same mail. With `onTrouble`, a figure that cannot be shown is told to it and stands there
 * without a value.
 */
export function digestContent(
  data: MailData,
  language: Language,
  onTrouble: (item: string, error: unknown) => void = raise,
): MailContent {
  const shown = chooseKpis(data);
  const alerts = alertItems(data, language);
  const said = new Set(alerts.map((item) => item.sentence));
  const figures = shown.map((kpi) => {
    try {
      const sentence = sentenceOf(data, kpi, shownPeriod(kpi, data.company), language);
      return withSentence(figureBlock(data, kpi, language), sentence, said);
    } catch (error) {
      onTrouble(kpi.id, error);
      return unshown(kpi, language);
    }
  });
  const news = newsOf(data, shown, language);
  const company = data.company.company.name;
  return {
    language,
    subject: news.subject,
    preheader: news.preheader,
    blocks: [
      {
        kind: 'title',
        company: oneLine(company),
        date: formatDate(data.asOf, language, 'full'),
        lead: news.lead,
      },
      ...trustNotices(data, shown, language),
      ...firstScreens(alerts, figures, language),
      ...reportLink(data, language),
      footer(data, language),
    ],
  };
}

const raise = (_: string, error: unknown): never => {
  throw error;
};

/** In the place of a figure that cannot be shown. */
function unshown(kpi: Kpi, language: Language): FigureBlock {
  const { why } = language.trust;
  const { noValue } = language.figures;
  const nothing = { value: null, comparisons: [], target: null, chart: null, sentence: null };
  return {
    kind: 'figure',
    name: wordIn(kpi.names, language),
    period: '',
    noValue,
    note: why.failed,
    ...nothing,
  };
}

/** A reason that stands with an alert is not repeated with the figure. */
const withSentence = (
  block: FigureBlock,
  sentence: string | null,
  said: ReadonlySet<string | null>,
): FigureBlock => ({
  ...block,
  sentence: said.has(sentence) ? null : sentence,
});

function alertItems(data: MailData, language: Language): AlertItem[] {
  return openAlerts(data).map((alert) => ({
    ...alertItem(data, alert, language),
    advice: null,
    sentence: alertSentence(data, alert, language),
  }));
}

/** Two screens of a phone hold this much: what comes after stands below a line that says so. */
const MOST_ALERTS = 3;
const MOST_BLOCKS = 7;

/** What is wrong and how the business does, in what is read in thirty seconds; then the rest. */
function firstScreens(
  alerts: readonly AlertItem[],
  figures: readonly FigureBlock[],
  language: Language,
): Block[] {
  const [first, later] = [alerts.slice(0, MOST_ALERTS), alerts.slice(MOST_ALERTS)];
  const room = MOST_BLOCKS - first.length;
  const more = figures.slice(room);
  return [
    ...alertsBlock(language.alerts.openAlerts(alerts.filter(isOpen).length), first),
    ...figures.slice(0, room),
    ...(later.length + more.length > 0 ? [{ kind: 'heading' as const, text: language.mail.more }] : []),
    ...alertsBlock(language.alerts.moreAlerts(later.length), later),
    ...more,
  ];
}

const isOpen = (item: AlertItem): boolean => item.severity !== 'resolved';

const alertsBlock = (title: string, items: readonly AlertItem[]): AlertsBlock[] =>
  items.length === 0 ? [] : [{ kind: 'alerts', title: capital(title), items }];

/** Why a figure moved. Null when it is late, did not move, or nobody asked. */
function sentenceOf(data: MailData, kpi: Kpi, period: PeriodName, language: Language): string | null {
  const causes = data.causes.get(causesKey(kpi.id, period));
  return causes
    ? causesSentence(causes, kpi, period, {
        language,
        currency: data.company.company.currency,
        labels: data.labels,
      })
    : null;
}

/** The same for an open alert on a total. */
export function alertSentence(data: MailData, alert: Told, language: Language): string | null {
  const { kpi, period } = alert.bound;
  return alert.member === null && alert.kind !== 'resolved' ? sentenceOf(data, kpi, period, language) : null;
}

export function reportLink(data: MailData, language: Language): LinkBlock[] {
  const href = data.company.delivery.report_url;
  return href === undefined ? [] : [{ kind: 'link', label: language.mail.openReport, href }];
}

/** Where the figures come from, how to get the rest, how to get no more of them. */
export function footer(data: MailData, language: Language): FooterBlock {
  const { company, delivery } = data.company;
  const computed = data.totals
    .filter((row) => row.asOf === data.asOf)
    .map((row) => row.recordedAt)
    .sort()
    .at(-1);
  const sources = data.freshness.map(
    ({ source, lastDate }) =>
      `${sourceTitle(data, source, language)} ${lastDate === null ? '–' : formatDate(lastDate, language, 'short')}`,
  );
  const lines = [
    ...(computed
      ? [
          language.mail.figuresOf(
            formatDate(data.asOf, language),
            formatInstant(computed, language, company.time_zone),
          ),
        ]
      : []),
    ...(sources.length > 0 ? [language.mail.sources(sources.join(', '))] : []),
    ...(delivery.report_url === undefined ? [language.mail.reportHint(`reports/${data.asOf}.html`)] : []),
    `Vigie · ${oneLine(company.name)}`,
  ];
  return {
    kind: 'footer',
    lines,
    unsubscribe: { label: language.mail.unsubscribe, href: unsubscribeLink(delivery.unsubscribe) },
  };
}
