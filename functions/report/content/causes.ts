import type { ChangeExplanation, DimensionSplit, MemberEffect } from '../../lake/drivers/drivers.ts';
import type { Kpi, Language, PeriodName } from '../../lake/kpis/kpi.ts';
import type { Labels } from '../../lake/kpis/labels.ts';
import {
  colon,
  comparisonName,
  formatDifference,
  formatNumber,
  formatRounded,
  type SentenceFormat,
  semicolon,
} from '../format.ts';
import { memberName } from './member-name.ts';

/** What moved a figure, and against which window. */
export interface Causes {
  readonly against: 'previous' | 'last_year';
  readonly explanation: ChangeExplanation;
}

/** Key of a figure's causes in `MailData`. */
export const causesKey = (kpi: string, period: PeriodName): string => `${kpi}|${period}`;

/** Which comparison is explained first: running totals are compared with last year's, short windows with the one before. */
export function explainedFirst(
  period: PeriodName,
): readonly ['previous' | 'last_year', 'previous' | 'last_year'] {
  return period === 'day' || period === 'last_7d' || period === 'last_28d'
    ? ['previous', 'last_year']
    : ['last_year', 'previous'];
}

/** Browsers would end a line between the two; a word joiner forbids it. */
const SIGN_BEFORE_CURRENCY = /[+−](?=\p{Sc})/gu;

/** A second member, or one that moved the other way, is named from this part of the change on. */
const NOTABLE = 0.25;

/** How a sentence is written: language, currency, names of members. */
export interface SentenceOptions extends SentenceFormat {
  readonly labels: Labels;
}

interface CauseWords {
  readonly mostly: string;
  readonly and: string;
  readonly against: string;
  readonly broad: string;
  readonly share: (from: string, to: string) => string;
  readonly rate: (from: string, to: string) => string;
  readonly percent: (text: string) => string;
  readonly name: (member: string, known: boolean) => string;
}

const WORDS: Readonly<Record<Language, CauseWords>> = {
  en: {
    mostly: 'mostly',
    and: 'and',
    against: 'the other way',
    broad: 'across the board',
    share: (from, to) => `its share went from ${from} to ${to}`,
    rate: (from, to) => `from ${from} to ${to}`,
    percent: (text) => `${text}%`,
    name: (member) => member,
  },
  fr: {
    mostly: 'surtout',
    and: 'et',
    against: 'en sens inverse',
    broad: 'de façon générale',
    share: (from, to) => `sa part passe de ${from} à ${to}`,
    rate: (from, to) => `de ${from} à ${to}`,
    percent: (text) => `${text}\u202f%`,
    name: (member, known) => (known ? `«\u202f${member}\u202f»` : member),
  },
};

/**
 * One sentence: `+6.2 pts vs 7 days before: mostly brand Nordwind (+4.1 pts, from 72.0% to 95.1%); the other way, Alpina
 * (−1.6 pts).` Null when nothing moved.
 */
export function causesSentence(
  causes: Causes,
  kpi: Kpi,
  period: PeriodName,
  settings: SentenceOptions,
): string | null {
  const { change, best, before, after } = causes.explanation;
  const { language } = settings;
  if (change === null || best === null || !worthSaying(change, before, kpi)) return null;
  const about = Math.max(Math.abs(before ?? 0), Math.abs(after ?? 0));
  const options = { ...settings, about };
  const moved = `${formatDifference(change, kpi.unit, options)} ${comparisonName(causes.against, period, language)}`;
  const why = whyText(best, change, kpi, options);
  const sentence =
    why === null ? `${moved}, ${WORDS[language].broad}.` : `${moved}${colon[language]} ${why}.`;
  return sentence.replace(SIGN_BEFORE_CURRENCY, '$&\u2060');
}

/** Below half a percentage point, or two per cent, a figure merely breathes. */
const worthSaying = (change: number, before: number | null, kpi: Kpi): boolean =>
  Math.abs(change) >= (kpi.unit === 'percent' ? 0.005 : 0.02 * Math.abs(before ?? 0));

/** The member that stands out, one more that did much, one that did the opposite; null when none stands out. */
function whyText(split: DimensionSplit, change: number, kpi: Kpi, options: SentenceOptions): string | null {
  const words = WORDS[options.language];
  const { leader } = split;
  if (split.broad || (leader.contribution ?? change) * change <= 0) return null;
  const others = split.members.filter(
    (member) =>
      member.member !== leader.member && Math.abs(member.contribution ?? 0) >= NOTABLE * Math.abs(change),
  );
  const second = others.find((member) => (member.contribution ?? 0) * change > 0);
  const opposite = others.find((member) => (member.contribution ?? 0) * change < 0);
  const named = [leader, ...(second ? [second] : [])]
    .map((member) => memberText(split.dimension, member, kpi, options))
    .join(` ${words.and} `);
  const counter = opposite
    ? `${semicolon[options.language]} ${words.against}, ${memberText(split.dimension, opposite, kpi, options)}`
    : '';
  const dimension = kpi.dimensions[split.dimension]?.[options.language];
  return `${words.mostly} ${dimension ? `${dimension.charAt(0).toLowerCase()}${dimension.slice(1)} ` : ''}${named}${counter}`;
}

/** `Nordwind (+4.1 pts, from 72.0% to 95.1%)` */
function memberText(dimension: string, effect: MemberEffect, kpi: Kpi, options: SentenceOptions): string {
  const { language, labels } = options;
  const name = WORDS[language].name(
    memberName(labels, dimension, effect.member, language),
    !effect.member.startsWith('('),
  );
  const contribution =
    effect.contribution === null ? [] : [formatDifference(effect.contribution, kpi.unit, options)];
  const facts = [...contribution, ...howText(effect, kpi, options)];
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}

/** Whichever says more of it: its own figure moved, or its weight did. Of an amount that adds up, the part says it all. */
function howText(effect: MemberEffect, kpi: Kpi, options: SentenceOptions): string[] {
  const words = WORDS[options.language];
  const { weightBefore, weightAfter, before, after } = effect;
  if (
    weightBefore !== null &&
    weightAfter !== null &&
    Math.abs(effect.mix ?? 0) > Math.abs(effect.rate ?? 0)
  ) {
    const percent = (share: number, digits: number): string =>
      words.percent(formatNumber(share * 100, options.language, digits));
    const shares = (digits: number): readonly [string, string] => [
      percent(weightBefore, digits),
      percent(weightAfter, digits),
    ];
    const [from, to] = [shares(0), shares(1)].find(([one, two]) => one !== two) ?? [null, null];
    return from === null ? [] : [words.share(from, to)];
  }
  if (before === null || after === null || (!kpi.ratio && effect.contribution !== null)) return [];
  return [words.rate(formatRounded(before, kpi.unit, options), formatRounded(after, kpi.unit, options))];
}
