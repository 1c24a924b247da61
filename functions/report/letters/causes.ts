import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import type { Labels } from '../../lake/catalogue/labels.ts';
import type { MemberEffect } from '../../lake/drivers/dimension-split.ts';
import { type ChangeExplanation, effectOfMember } from '../../lake/drivers/explain-change.ts';
import type { Suspect } from '../../lake/drivers/suspects.ts';
import { comparisonName } from '../../languages/dates.ts';
import {
  formatDifference,
  formatNumber,
  formatRounded,
  type SentenceFormat,
} from '../../languages/numbers.ts';
import type { Causes } from '../model/day.ts';
import { dimensionName, memberName } from './names.ts';

/** Browsers would end a line between the two; a word joiner forbids it. */
const SIGN_BEFORE_CURRENCY = /[+−](?=\p{Sc})/gu;

/** With fewer earlier windows it is not said that nobody stands out: who would, is not known yet. */
const WINDOWS_TO_JUDGE = 4;

/** How a sentence is written: language, currency, names of members. */
export interface SentenceOptions extends SentenceFormat {
  readonly labels: Labels;
}

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
  const { language } = options;
  const words = language.causes;
  if (culprit === null) return windows < WINDOWS_TO_JUDGE ? null : `${moved}, ${words.nobody}.`;
  const also = culprit.also ? ` ${words.and} ${nameAndFacts(asked, culprit.also)}` : '';
  const counter = culprit.against
    ? `${language.writing.semicolon} ${words.against}, ${nameAndFacts(asked, culprit.against)}`
    : '';
  const returned = culprit.returned ? [words.returned] : [];
  const first = `${dimensionText(asked, culprit)}${nameAndFacts(asked, culprit, returned)}`;
  return `${moved}${language.writing.colon} ${words.mostly} ${first}${also}${counter}.`;
}

/** The total hardly changed; null unless two members moved much and offset one another. */
function quietSentence(asked: Asked, against: string): string | null {
  const { explanation, options } = asked;
  if (explanation.offsetting === null) return null;
  const { language } = options;
  const words = language.causes;
  const [one, two] = explanation.offsetting;
  const members = `${dimensionText(asked, one)}${nameAndFacts(asked, one)} ${words.and} ${nameAndFacts(asked, two)}`;
  return words.offsetting(against, members);
}

function dimensionText({ kpi, options }: Asked, { dimension }: Suspect): string {
  return `${options.language.writing.inSentence(dimensionName(kpi, dimension, options.language))} `;
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
  const said = memberName(labels, kpi, dimension, member, language);
  const name = known ? language.writing.quoted(said) : said;
  const effect = effectOfMember(explanation.dimensions, suspect);
  const part = effect?.contribution == null ? [] : [formatDifference(effect.contribution, kpi.unit, options)];
  const facts = [...part, ...(effect ? howText(effect, kpi, options) : []), ...more];
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}

/** Whichever says more of it: its own figure moved, or its weight did. Of an amount that adds up, the part says it all. */
function howText(effect: MemberEffect, kpi: Kpi, options: SentenceOptions): string[] {
  const { language } = options;
  const words = language.causes;
  const { weightBefore, weightAfter, before, after } = effect;
  if (
    weightBefore !== null &&
    weightAfter !== null &&
    Math.abs(effect.mix ?? 0) > Math.abs(effect.rate ?? 0)
  ) {
    const percent = (share: number, digits: number): string =>
      language.writing.percent(formatNumber(share * 100, language, digits));
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
