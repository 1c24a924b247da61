import type { Finding } from '../../lake/snapshot/finding.ts';
import { tableOf } from '../../lake/tables/tables.ts';
import { wordIn } from '../../lake/values/language.ts';
import type { Language } from '../../languages/language.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type { MailData } from './mail-data.ts';
import { sourceTitle } from './source-title.ts';

/** A finding in one line for readers of figures: where, and what it means. */
export function checkWords(data: Pick<MailData, 'company'>, finding: Finding, language: Language): string {
  const places = [
    ...(finding.source === null ? [] : [sourceTitle(data, finding.source, language)]),
    ...(finding.table === null ? [] : [wordIn(tableOf(finding.table).names, language)]),
  ];
  const meaning = meaningOf(finding, language);
  return places.length === 0
    ? `${capital(meaning)}.`
    : `${capital(places.join(', '))}${language.writing.colon} ${meaning}.`;
}

/** A company's own check may say nothing for readers: its message stands for it. */
const meaningOf = ({ means, message }: Finding, language: Language): string =>
  means ? (means[language.tag] ?? language.trust.inDoubt) : oneLine(message, 200).replace(/\.$/, '');
