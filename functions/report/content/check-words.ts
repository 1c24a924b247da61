import type { Finding } from '../../lake/snapshot/finding.ts';
import type { Language } from '../../languages/language.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type { MailData } from './mail-data.ts';
import { sourceTitle } from './source-title.ts';

/** A finding in one line for readers of figures: where, and what it means. */
export function checkWords(
  data: Pick<MailData, 'company' | 'tables'>,
  finding: Finding,
  language: Language,
): string {
  const places = [
    ...(finding.source === null ? [] : [sourceTitle(data, finding.source, language)]),
    ...(finding.table === null ? [] : [data.tables.said(finding.table, language)]),
  ];
  const meaning = meaningOf(finding, language);
  return places.length === 0
    ? `${capital(meaning)}.`
    : `${capital(places.join(', '))}${language.writing.colon} ${meaning}.`;
}

/** A company's own check may say nothing for readers: its message stands for it. */
const meaningOf = ({ means, message }: Finding, language: Language): string =>
  means ? (means[language.tag] ?? language.trust.inDoubt) : oneLine(message, 200).replace(/\.$/, '');
