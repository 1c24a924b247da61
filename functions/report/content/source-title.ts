import { wordIn } from '../../lake/values/language.ts';
import type { Language } from '../../languages/language.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { MailData } from './mail-data.ts';

/** What readers call a source: its title in vigie.yaml, else its name. */
export function sourceTitle(data: Pick<MailData, 'company'>, name: string, language: Language): string {
  const title = data.company.sources.find((source) => source.name === name)?.title;
  const said = typeof title === 'string' ? title : title && wordIn(title, language);
  return oneLine(said ?? name, 40);
}
