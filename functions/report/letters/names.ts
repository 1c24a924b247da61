import { type Kpi, OTHER_MEMBERS, UNKNOWN_MEMBER } from '../../lake/catalogue/kpi.ts';
import type { Labels } from '../../lake/catalogue/labels.ts';
import { wordIn } from '../../lake/values/language.ts';
import type { Language } from '../../languages/language.ts';
import type { FormatOptions } from '../../languages/numbers.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { Day } from '../model/day.ts';

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
