import { isOver } from '../../lake/catalogue/alert.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, formatInstant } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { oneLine } from '../../languages/one-line.ts';
import { unsubscribeLink } from '../mail/unsubscribe.ts';
import type { AlertOfDay } from '../model/alerts.ts';
import type { Day, KpiDay } from '../model/day.ts';
import { dayForMembers } from '../model/for-members.ts';
import { EXECUTIVE, type FigureReader, shownTo } from '../model/headlines.ts';
import { listsFor } from '../model/reader-lists.ts';
import { pageKey } from '../site/address.ts';
import { alertItem, judgedOn } from './alerts.ts';
import type { AlertItem, FigureBlock, FooterBlock, LinkBlock, MailContent } from './blocks.ts';
import { causesSentence } from './causes.ts';
import { sourceTitle } from './check-words.ts';
import { dashboardRow } from './dashboard.ts';
import { figureBlock } from './figure.ts';
import { hrefOf } from './links.ts';
import { listBlock } from './list.ts';
import { figuresOf, isMany, memberBoards, notShown, onlyOf, unknownNotice } from './members.ts';
import { formatOf } from './names.ts';
import { newsOf } from './news.ts';
import { notedOfFigure } from './noted.ts';
import { inScreens, type ThemedFigure } from './screens.ts';
import { trustNotices } from './trust.ts';

/** What a digest depends on beside the day and the language. */
export interface DigestOptions {
  /** Whose it is; default: an executive's. */
  readonly reader?: FigureReader;
  /** Is told of a figure that cannot be shown, which then stands there without a value; without it that is thrown. */
  readonly onTrouble?: (item: string, error: unknown) => void;
}

/**
 * The daily digest: what is missing, the sales dashboard, what is wrong, then the headline figures theme by theme, then where
 * it all comes from. Pure: the same data gives the same mail.
 */
export function digestContent(
  company: Day,
  language: Language,
  { reader = EXECUTIVE, onTrouble = raise }: DigestOptions = {},
): MailContent {
  const data = dayForMembers(company, reader.members);
  const chosen = shownTo(company, reader);
  const { dashboard } = chosen;
  const figures = figuresOf(data, chosen.figures);
  const shown = [...dashboard, ...figures];
  const alerts = alertItems(data, language);
  const said = new Set(alerts.map((item) => item.sentence));
  const blockOf = (of: KpiDay): FigureBlock => {
    try {
      const causes = causesOf(data, of, of.period, language);
      const block = figureBlock(data, of, language);
      // An alert above said it already, with what was noted.
      if (causes !== null && said.has(causes)) return { ...block, sentence: null };
      return { ...block, sentence: sentenceOf(data, of, of.period, language) };
    } catch (error) {
      onTrouble(of.kpi.id, error);
      return unshown(of.kpi, language);
    }
  };
  const news = newsOf(data, shown, language);
  const screens = {
    dashboard: dashboard.map((of) => dashboardRow(data, of, blockOf(of), language)),
    alerts,
    lists: listsFor(data, reader).map((of) => listBlock(data, of, language)),
    figures: isMany(data)
      ? memberBoards(data, figures, blockOf, language)
      : figures.map((of): ThemedFigure => ({ theme: of.kpi.theme, block: blockOf(of) })),
  };
  return {
    language,
    subject: news.subject,
    preheader: news.preheader,
    blocks: [
      {
        kind: 'title',
        company: oneLine(data.company.company.name),
        date: formatDate(data.asOf, language, 'full'),
        lead: news.lead,
      },
      ...trustNotices(data, shown, language),
      ...unknownNotice(company, data, language),
      ...inScreens(screens, language),
      ...notShown(company, data, { reader, figures: chosen.figures }, language),
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
  const nothing = {
    value: null,
    comparisons: [],
    target: null,
    outlook: null,
    href: null,
    chart: null,
    sentence: null,
  };
  return {
    kind: 'figure',
    name: wordIn(kpi.names, language),
    period: '',
    noValue,
    note: why.failed,
    ...nothing,
  };
}

/** What is open, then what went back to normal. */
function alertItems(data: Day, language: Language): AlertItem[] {
  const resolved = data.alertNews.filter(({ kind }) => isOver(kind));
  return [...data.openAlerts, ...resolved].map((alert) => ({
    ...alertItem(data, alert, language),
    advice: null,
    sentence: alertSentence(data, alert, language),
  }));
}

/** Why a figure moved, and what people noted of it. Null when nothing is to be said. */
export function sentenceOf(data: Day, of: KpiDay, period: PeriodName, language: Language): string | null {
  const against = of.causes[period]?.against;
  const figure = { kpi: of.kpi, period, against, member: of.of };
  const said = [causesOf(data, of, period, language), notedOfFigure(data, figure, language)].filter(
    (each) => each !== null,
  );
  return said.length === 0 ? null : said.join(' ');
}

/** Why a figure moved. Null when it is late, did not move, or nobody asked. */
function causesOf(data: Day, { kpi, causes }: KpiDay, period: PeriodName, language: Language): string | null {
  const why = causes[period];
  return why ? causesSentence(why, kpi, period, { ...formatOf(data, language), labels: data.labels }) : null;
}

/** The same for an open alert on a total. */
export function alertSentence(data: Day, alert: AlertOfDay, language: Language): string | null {
  const { kpi, period } = alert.bound;
  const of = data.kpis.find((each) => each.kpi.id === kpi.id);
  if (!of || alert.member !== null || isOver(alert.kind)) return null;
  // Why the day's figure moved is not why the alert's did, which is of an earlier day.
  if (judgedOn(data) !== data.asOf) return null;
  return causesOf(data, of, period, language);
}

export function reportLink(data: Day, language: Language): LinkBlock[] {
  const href = hrefOf(data, { asOf: data.asOf }, language);
  return href === null ? [] : [{ kind: 'link', label: language.mail.openReport, href }];
}

/** Where the figures come from, how to get the rest, how to get no more of them. */
export function footer(data: Day, language: Language): FooterBlock {
  const { company, delivery } = data.company;
  const sources = data.sources.map(
    ({ source, lastDate }) =>
      `${sourceTitle(data, source, language)} ${lastDate === null ? '–' : formatDate(lastDate, language, 'short')}`,
  );
  const lines = [
    ...(data.computed
      ? [
          language.mail.figuresOf(
            formatDate(data.asOf, language),
            formatInstant(data.computed.at, language, company.time_zone),
          ),
        ]
      : []),
    ...(sources.length > 0 ? [language.mail.sources(sources.join(', '))] : []),
    ...(data.of === null ? [] : [onlyOf(data, data.of, language)]),
    ...(delivery.report_url === undefined && data.of === null
      ? [language.mail.reportHint(pageKey({ asOf: data.asOf }))]
      : []),
    `Vigie · ${oneLine(company.name)}`,
  ];
  return {
    kind: 'footer',
    lines,
    unsubscribe: { label: language.mail.unsubscribe, href: unsubscribeLink(delivery.unsubscribe) },
  };
}
