import type { Unpivot } from '../../../lake/company/feed.ts';
import { sampleOf } from '../../sample.ts';
import { yamlWord } from '../remedy.ts';

const MOST_TOLD = 8;

/** What to write so that these columns are not unpivoted. */
export function leftOut({ name, value, columns }: Unpivot, headings: readonly string[]): string {
  if (columns && !(columns.not && columns.in))
    return columns.in ? 'take it out of `unpivot.columns`' : 'have `unpivot.columns` pass it over';
  const all = [...(columns?.in ?? []).map(String), ...headings];
  const words = [
    ...all.slice(0, MOST_TOLD).map((each) => yamlWord(sampleOf(each))),
    ...(all.length > MOST_TOLD ? ['…'] : []),
  ];
  return `\`unpivot: { name: ${yamlWord(name)}, value: ${yamlWord(value)}, columns: { in: [${words.join(', ')}], not: true } }\``;
}
