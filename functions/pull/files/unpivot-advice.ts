import type { Feed } from '../../lake/company/feed.ts';
import { bestFormat } from './known-formats.ts';
import { columnsRead } from './mapping/columns-read.ts';
import { leftOut } from './mapping/left-out.ts';
import { yamlWord } from './remedy.ts';

/** So many columns that are called by days or months are no accident. */
const FEWEST = 3;

/**
 * What to write for a file that has a column a month (or a day), as far as its header tells: the lines of `unpivot`. Undefined
 * where it has none, or the feed unpivots.
 *
 * @param read the columns that the feed reads, be they in the header or not
 */
export function unpivotAdvice(
  names: readonly string[],
  read: readonly string[],
  feed: Feed,
): string | undefined {
  const others = names.filter((name) => name !== '' && !read.includes(name));
  const { format, read: months } = bestFormat(others);
  if (feed.unpivot || months.length < FEWEST) return undefined;
  const { name, value } = called(
    feed,
    read.filter((column) => !names.includes(column)),
  );
  const rest = others.filter((heading) => !months.includes(heading));
  const unpivot =
    rest.length === 0
      ? `\`unpivot: { name: ${yamlWord(name)}, value: ${yamlWord(value)} }\``
      : leftOut({ name, value }, rest);
  const date = format === 'auto' ? yamlWord(name) : `{ from: ${yamlWord(name)}, format: ${format} }`;
  return `The file has a column for each of ${months.length} months or days, \`${months[0]}\` to \`${months.at(-1)}\`. Write ${unpivot} on the feed: each cell becomes a row, whose date is \`${date}\` and whose value is \`${yamlWord(value)}\`.`;
}

/** What the mapping calls month and value already: the columns that it wants and the file lacks. Dates of tables end in `_on`. */
function called({ columns }: Feed, lacking: readonly string[]): { name: string; value: string } {
  const wanted = Object.entries(columns).flatMap(([field, source]) =>
    columnsRead(source)
      .filter((column) => lacking.includes(column))
      .map((column) => ({ column, dated: field.endsWith('_on') })),
  );
  const name = wanted.find(({ dated }) => dated)?.column ?? 'month';
  const value = wanted.find(({ column }) => column !== name)?.column ?? 'amount';
  return { name, value };
}
