import type { Kpi, Language, PeriodName } from '../../lake/catalogue/kpi.ts';
import type { Labels } from '../../lake/catalogue/labels.ts';
import type { MemberEffect } from '../../lake/drivers/dimension-split.ts';
import { type ChangeExplanation, effectOfMember } from '../../lake/drivers/explain-change.ts';
import type { Suspect } from '../../lake/drivers/suspects.ts';
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

/** With fewer earlier windows it is not said that nobody stands out: who would, is not known yet. */
const WINDOWS_TO_JUDGE = 4;

/** How a sentence is written: language, currency, names of members. */
export interface SentenceOptions extends SentenceFormat {
  readonly labels: Labels;
}

interface CauseWords {
  readonly mostly: string;
  readonly and: string;
  readonly against: string;
  readonly nobody: string;
  readonly returned: string;
  /** Two members moved, and the total did not. */
  readonly offsetting: (against: string, colon: string, members: string) => string;
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
    nobody: 'with no single cause',
    returned: 'back to usual',
    offsetting: (against, colon, members) =>
      `Hardly changed ${against}, but two moves offset each other${colon} ${members}.`,
    share: (from, to) => `its share went from ${from} to ${to}`,
    rate: (from, to) => `from ${from} to ${to}`,
    percent: (text) => `${text}%`,
    name: (member) => member,
  },
  fr: {
    mostly: 'surtout',
    and: 'et',
    against: 'en sens inverse',
    nobody: 'sans cause unique',
    returned: 'retour à la normale',
    offsetting: (against, colon, members) =>
      `Presque stable ${against}, mais deux mouvements se compensent${colon} ${members}.`,
    share: (from, to) => `sa part passe de ${from} à ${to}`,
    rate: (from, to) => `de ${from} à ${to}`,
    percent: (text) => `${text}\u202f%`,
    name: (member, known) => (known ? `«\u202f${member}\u202f»` : member),
  },
};

/**
 * One sentence: `+6.2 pts vs 7 days before: mostly brand Nordwind (+4.1 pts, from 72.0% to 95.1%); the other way, Alpina
 * (−1.6 pts).` Null when nothing moved, or too little is known to say why.
 */
export function causesSentence(
  causes: Causes,
  kpi: Kpi,
  period: PeriodName,
  settings: SentenceOptions,
): string | null {
  const { change, before, after, dimensions } = causes.explanation;
  if (change === null || dimensions.length === 0) return null;
  const about = Math.max(Math.abs(before ?? 0), Math.abs(after ?? 0));
  const asked: Asked = { kpi, explanation: causes.explanation, options: { ...settings, about } };
  const against = comparisonName(causes.against, period, settings.language);
  const sentence = worthSaying(change, before, kpi)
    ? changeSentence(asked, `${formatDifference(change, kpi.unit, asked.options)} ${against}`)
    : quietSentence(asked, against);
  return sentence?.replace(SIGN_BEFORE_CURRENCY, '$&\u2060') ?? null;
}

interface Asked {
  readonly kpi: Kpi;
  readonly explanation: ChangeExplanation;
  readonly options: SentenceOptions;
}

/** Below half a percentage point, or two per cent, a figure merely breathes. */
const worthSaying = (change: number, before: number | null, kpi: Kpi): boolean =>
  Math.abs(change) >= (kpi.unit === 'percent' ? 0.005 : 0.02 * Math.abs(before ?? 0));

function changeSentence(asked: Asked, moved: string): string | null {
  const { explanation, options } = asked;
  const { culprit, windows } = explanation;
  const words = WORDS[options.language];
  if (culprit === null) return windows < WINDOWS_TO_JUDGE ? null : `${moved}, ${words.nobody}.`;
  const also = culprit.also ? ` ${words.and} ${nameAndFacts(asked, culprit.also)}` : '';
  const counter = culprit.against
    ? `${semicolon[options.language]} ${words.against}, ${nameAndFacts(asked, culprit.against)}`
    : '';
  const returned = culprit.returned ? [words.returned] : [];
  const first = `${dimensionName(asked, culprit)}${nameAndFacts(asked, culprit, returned)}`;
  return `${moved}${colon[options.language]} ${words.mostly} ${first}${also}${counter}.`;
}

/** The total hardly changed; null unless two members moved much and offset one another. */
function quietSentence(asked: Asked, against: string): string | null {
  const { explanation, options } = asked;
  if (explanation.offsetting === null) return null;
  const words = WORDS[options.language];
  const [one, two] = explanation.offsetting;
  const members = `${dimensionName(asked, one)}${nameAndFacts(asked, one)} ${words.and} ${nameAndFacts(asked, two)}`;
  return words.offsetting(against, colon[options.language], members);
}

function dimensionName({ kpi, options }: Asked, { dimension }: Suspect): string {
  const name = kpi.dimensions[dimension]?.[options.language];
  return name ? `${name.charAt(0).toLowerCase()}${name.slice(1)} ` : '';
}

/** `Nordwind (+4.1 pts, from 72.0% to 95.1%)` */
function nameAndFacts(
  { kpi, explanation, options }: Asked,
  suspect: Suspect,
  more: readonly string[] = [],
): string {
  const { language, labels } = options;
  const { dimension, member } = suspect;
  const known = !member.startsWith('(');
  const name = WORDS[language].name(memberName(labels, kpi, dimension, member, language), known);
  const effect = effectOfMember(explanation.dimensions, suspect);
  const part = effect?.contribution == null ? [] : [formatDifference(effect.contribution, kpi.unit, options)];
  const facts = [...part, ...(effect ? howText(effect, kpi, options) : []), ...more];
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
