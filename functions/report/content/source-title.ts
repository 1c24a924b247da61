import type { Language } from '../../lake/catalogue/kpi.ts';
import type { MailData } from './mail-data.ts';
import { oneLine } from './one-line.ts';

/** What readers call a source: its title in vigie.yaml, else its name. */
export function sourceTitle(data: Pick<MailData, 'company'>, name: string, language: Language): string {
  const title = data.company.sources.find((source) => source.name === name)?.title;
  const said = typeof title === 'string' ? title : (title?.[language] ?? Object.values(title ?? {})[0]);
  return oneLine(said ?? name, 40);
}
