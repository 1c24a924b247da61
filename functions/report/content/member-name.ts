import { type Kpi, type Language, OTHER_MEMBERS, UNKNOWN_MEMBER } from '../../lake/catalogue/kpi.ts';
import type { Labels } from '../../lake/catalogue/labels.ts';
import { oneLine } from './one-line.ts';

/** A member as a person says it: the word that dimensions.yaml has for it, or its name; with the id behind it only where several have the name. */
export function memberName(
  labels: Labels,
  kpi: Pick<Kpi, 'brokenDownBy'>,
  dimension: string | null | undefined,
  member: string,
  language: Language,
): string {
  if (member === UNKNOWN_MEMBER) return language === 'fr' ? 'inconnu' : 'unknown';
  if (member === OTHER_MEMBERS) return language === 'fr' ? 'autres' : 'others';
  const words = kpi.brokenDownBy.find(({ id }) => id === dimension)?.members ?? {};
  if (Object.hasOwn(words, member)) return words[member]?.[language] ?? member;
  const name = dimension == null ? '' : oneLine(labels.name(dimension, member) ?? '', 60);
  if (name === '' || dimension == null) return oneLine(member, 60);
  return labels.isShared(dimension, member) ? `${name} (${oneLine(member, 30)})` : name;
}
