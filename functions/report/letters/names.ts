import { type Kpi, OTHER_MEMBERS, UNKNOWN_MEMBER } from '../../lake/catalogue/kpi.ts';
import type { Labels } from '../../lake/catalogue/labels.ts';
import type { Member } from '../../lake/company/members.ts';
import { wordIn } from '../../lake/values/language.ts';
import type { Language } from '../../languages/language.ts';
import type { FormatOptions } from '../../languages/numbers.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { Day, KpiDay } from '../model/day.ts';

/** A member as a person says it: the word that dimensions.yaml has for it, or its name; with the id behind it only where several have the name. */
export function memberName(
  labels: Labels,
  kpi: Pick<Kpi, 'brokenDownBy'>,
  dimension: string | null | undefined,
  member: string,
  language: Language,
): string {
  if (member === UNKNOWN_MEMBER) return language.figures.unknownMember;
  if (member === OTHER_MEMBERS) return language.figures.otherMembers;
  const words = kpi.brokenDownBy.find(({ id }) => id === dimension)?.members ?? {};
  const word = Object.hasOwn(words, member) ? words[member] : undefined;
  if (word) return wordIn(word, language);
  const name = dimension == null ? '' : oneLine(labels.name(dimension, member) ?? '', 60);
  if (name === '' || dimension == null) return oneLine(member, 60);
  return labels.isShared(dimension, member) ? `${name} (${oneLine(member, 30)})` : name;
}

/** A member with its dimension, as people say it: `Region Nord`. */
export function memberSaid(
  { kpis, labels }: Pick<Day, 'kpis' | 'labels'>,
  of: Member,
  language: Language,
): string {
  const kpi = kpis.find((each) => Object.hasOwn(each.kpi.dimensions, of.dimension))?.kpi;
  if (!kpi) return `${oneLine(of.dimension, 60)} ${oneLine(of.member, 60)}`;
  const name = memberName(labels, kpi, of.dimension, of.member, language);
  return `${dimensionName(kpi, of.dimension, language)} ${name}`;
}

/** What a figure is called: `Net revenue`; of a member `Net revenue, region Nord`. */
export function figureName(
  day: Pick<Day, 'kpis' | 'labels'>,
  { kpi, of }: Pick<KpiDay, 'kpi' | 'of'>,
  language: Language,
): string {
  const name = wordIn(kpi.names, language);
  return of === null ? name : `${name}, ${language.writing.inSentence(memberSaid(day, of, language))}`;
}

/** A dimension as people say it. */
export function dimensionName(kpi: Pick<Kpi, 'dimensions'>, dimension: string, language: Language): string {
  const names = kpi.dimensions[dimension];
  return names ? wordIn(names, language) : dimension;
}

/** How amounts of the company are written. */
export const formatOf = ({ company }: Pick<Day, 'company'>, language: Language): FormatOptions => ({
  language,
  currency: company.company.currency,
});
