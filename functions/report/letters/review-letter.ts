import {
  type AlertCommand,
  type AlertEvent,
  type AlertReport,
  type AlertState,
  isOver,
} from '../../lake/catalogue/alert.ts';
import { isAmong } from '../../lake/company/members.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatHeadline, formatShare } from '../../languages/numbers.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import { type AlertOfDay, alertsOf, worstFirst } from '../model/alerts.ts';
import type { Day, KpiDay } from '../model/day.ts';
import { dayForMembers } from '../model/for-members.ts';
import { EXECUTIVE, type FigureReader, shownTo } from '../model/headlines.ts';
import type { PastForecast, Review } from '../model/review.ts';
import { alertItem } from './alerts.ts';
import type { AlertItem, Block, DashboardRow, FigureBlock, MailContent, NoticeBlock } from './blocks.ts';
import { footer, reportLink, sentenceOf } from './digest.ts';
import { figureBlock } from './figure.ts';
import { figuresOf, notShown, unknownNotice } from './members.ts';
import { formatOf } from './names.ts';
import { trustNotices } from './trust.ts';

/**
 * A week or a month looked back upon: how its figures moved and why, what was open and who said what of it, what had been
 * foreseen. Pure: the same review gives the same mail.
 */
export function reviewContent(
  review: Review,
  language: Language,
  reader: FigureReader = EXECUTIVE,
): MailContent {
  const data = dayForMembers(review.day, reader.members);
  const chosen = shownTo(review.day, reader);
  const all = [...chosen.dashboard, ...chosen.figures];
  const shown = figuresOf(data, all);
  const alerts = alertsOfSpan(review, data, language);
  const { review: words } = language;
  const span = spanName(review, language);
  const lead = words.lead(countsOf(review, data));
  const moved = shown.filter((of) => of.windows.some(({ notable }) => notable.size > 0));
  return {
    language,
    subject: `${words.title[review.span]}${language.writing.colon} ${span}`,
    preheader: lead,
    blocks: [
      {
        kind: 'title',
        company: oneLine(data.company.company.name),
        date: capital(span),
        lead: `${lead} ${words.moved(moved.length, shown.length)}`,
      },
      ...trustNotices(data, shown, language),
      ...unknownNotice(review.day, data, language),
      { kind: 'section', text: words.changed },
      ...shown.map((of) => figureOf(data, of, language)),
      ...alertBlocks(alerts, review, language),
      ...forecastBlocks(review, data, shown, language),
      ...notShown(review.day, data, { reader, figures: all }, language),
      ...reportLink(data, language),
      footer(data, language),
    ],
  };
}

/** `16 November to 22 November 2026`, `November 2026`. */
const spanName = ({ span, from, day }: Review, language: Language): string =>
  span === 'monthly'
    ? formatDate(from, language, 'month')
    : language.review.week(formatDate(from, language, 'day'), formatDate(day.asOf, language));

const figureOf = (data: Day, of: KpiDay, language: Language): FigureBlock => ({
  ...figureBlock(data, of, language),
  sentence: sentenceOf(data, of, of.period, language),
});

const keyOf = ({ rule, member }: Pick<AlertState, 'rule' | 'member'>): string =>
  JSON.stringify([rule, member]);

/** Alerts of rules in force that were open on some day of the span: those of a reader alone, where she has members. */
function openIn({ reports }: Review, data: Day): (AlertState & { readonly asOf: string })[] {
  const mine = ({ rule, member }: AlertState): boolean => {
    const bound = data.rules.find((each) => each.rule.id === rule);
    if (bound === undefined) return false;
    return data.of === null || isAmong(data.of, bound.rule.dimension, member);
  };
  return reports.flatMap(({ asOf, states }) =>
    states.filter((state) => state.firedOn !== null && mine(state)).map((state) => ({ ...state, asOf })),
  );
}

function countsOf(review: Review, data: Day): { opened: number; closed: number; open: number } {
  const seen = openIn(review, data);
  const keys = new Set(seen.map(keyOf));
  const open = new Set(seen.filter(({ asOf }) => asOf === data.asOf).map(keyOf)).size;
  const opened = new Set(seen.filter(({ firedOn }) => firedOn !== null && firedOn >= review.from).map(keyOf))
    .size;
  return { opened, closed: keys.size - open, open };
}

interface AlertOfSpan {
  readonly item: AlertItem;
  readonly isOpen: boolean;
}

/** Each alert of the span once, worst first, with its days and what people said of it. */
function alertsOfSpan(review: Review, data: Day, language: Language): AlertOfSpan[] {
  const last = new Map(openIn(review, data).map((state) => [keyOf(state), state]));
  const told = [...last.values()].flatMap((state) => {
    const report: AlertReport = { asOf: state.asOf, run: '', states: [state], events: endOf(review, state) };
    const { openAlerts, alertNews } = alertsOf(report, data.rules, new Map());
    return (alertNews[0] ?? openAlerts[0]) === undefined
      ? []
      : [{ alert: (alertNews[0] ?? openAlerts[0]) as AlertOfDay, state }];
  });
  return told
    .toSorted((a, b) => worstFirst(a.alert, b.alert))
    .map(({ alert, state }) => {
      const isOpen = state.asOf === data.asOf;
      const item = alertItem(data, alert, language);
      return {
        isOpen,
        item: {
          ...item,
          ...(isOpen ? {} : { advice: null, open: null }),
          why: [daysOf(state, isOpen, language), item.why].join(' '),
          sentence: saidOf(review, state, language),
        },
      };
    });
}

/** That it went back to normal within the span. */
const endOf = ({ reports }: Review, state: AlertState & { readonly asOf: string }): AlertEvent[] =>
  reports
    .filter(({ asOf }) => asOf > state.asOf)
    .flatMap(({ events }) => events.filter((event) => keyOf(event) === keyOf(state) && isOver(event.kind)))
    .slice(0, 1);

function daysOf(state: AlertState & { readonly asOf: string }, isOpen: boolean, language: Language): string {
  const from = formatDate(state.firedOn ?? state.since, language, 'day');
  const to = formatDate(state.asOf, language, 'day');
  return isOpen ? language.review.openSince(from) : language.review.openFor(from, to);
}

/** The last word that somebody had on it since it opened. */
function saidOf({ commands }: Review, state: AlertState, language: Language): string {
  const opened = state.firedOn ?? state.since;
  const own = commands.filter(
    ({ rule, member, after }) =>
      rule === state.rule && (member === null || member === state.member) && (after ?? '') >= opened,
  );
  const word = own.at(-1);
  if (word === undefined) return language.review.nobody;
  return commandText(word, language);
}

function commandText({ kind, by, at, until, note }: AlertCommand, language: Language): string {
  const words = language.review.said[kind];
  const text = words(
    oneLine(by, 60),
    formatDate(at.slice(0, 10), language, 'day'),
    until && formatDate(until, language, 'day'),
  );
  return note === null ? text : `${text} “${oneLine(note, 200)}”`;
}

function alertBlocks(alerts: readonly AlertOfSpan[], { span }: Review, language: Language): Block[] {
  const title = language.review.alerts[span];
  if (alerts.length === 0)
    return [
      {
        kind: 'notice',
        title,
        items: [{ what: language.review.noAlerts, detail: null }],
      } satisfies NoticeBlock,
    ];
  return [{ kind: 'alerts', title, items: alerts.map(({ item }) => item) }];
}

/** Totals: nothing of them is for who is told of members alone. */
function forecastBlocks(
  { forecasts }: Review,
  data: Day,
  shown: readonly KpiDay[],
  language: Language,
): Block[] {
  if (data.of !== null) return [];
  const mine = forecasts.filter(({ kpi }) => shown.some((of) => of.kpi.id === kpi.id));
  if (mine.length === 0) return [];
  const title = mine[0]?.isOver ? language.review.forecasts : language.review.forecastsMoved;
  return [{ kind: 'dashboard', title, rows: mine.map((each) => forecastRow(data, each, language)) }];
}

function forecastRow(data: Day, each: PastForecast, language: Language): DashboardRow {
  const { kpi, on, foreseen, low, high, now, isOver } = each;
  const said = (value: number): string =>
    formatHeadline(kpi.unit === 'count' ? Math.round(value) : value, kpi.unit, formatOf(data, language));
  const off = now === 0 ? null : formatShare(Math.abs(foreseen - now) / Math.abs(now), language);
  const within = low === null || high === null ? null : now >= low && now <= high;
  const parts = [
    language.review.foreseen(formatDate(on, language, 'day'), said(foreseen)),
    ...(low === null || high === null ? [] : [language.forecast.range(said(low), said(high))]),
    ...(isOver && off !== null ? [language.review.off(off)] : []),
    ...(isOver && within !== null ? [within ? language.review.within : language.review.outside] : []),
  ];
  return {
    ...{
      id: kpi.id,
      name: wordIn(kpi.names, language),
      href: null,
      period: isOver ? formatDate(data.asOf, language, 'month') : language.review.foreseenNow,
    },
    ...{ value: said(now), noValue: language.figures.noValue, note: parts.join(' · ') },
    ...{ comparisons: [], outlook: null, whole: null, parts: [] },
  };
}
