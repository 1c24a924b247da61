import type { Finding } from '../../lake/snapshot/finding.ts';
import { wordIn } from '../../lake/values/language.ts';
import type { Language } from '../../languages/language.ts';
import { capital, oneLine } from '../../languages/one-line.ts';
import type { Day } from '../model/day.ts';

/** A finding in one line for readers of figures: where, and what it means. */
export function checkWords(
  data: Pick<Day, 'company' | 'tables'>,
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

/** What readers call a source: its title in vigie.yaml, else its name. */
export function sourceTitle(data: Pick<Day, 'company'>, name: string, language: Language): string {
  const title = data.company.sources.find((source) => source.name === name)?.title;
  const said = typeof title === 'string' ? title : title && wordIn(title, language);
  return oneLine(said ?? name, 40);
}
