import { type Language, OTHER_MEMBERS, UNKNOWN_MEMBER } from '../../lake/kpi.ts';
import { oneLine } from './one-line.ts';

/** Members as a person says them. */
export function memberName(member: string, language: Language): string {
  if (member === UNKNOWN_MEMBER) return language === 'fr' ? 'inconnu' : 'unknown';
  if (member === OTHER_MEMBERS) return language === 'fr' ? 'autres' : 'others';
  return oneLine(member, 60);
}
