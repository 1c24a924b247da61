import { takenBy } from '../../../lake/company/cell-pattern.ts';
import type { Unpivot } from '../../../lake/company/feed.ts';
import { compileCondition } from './conditions.ts';
import { checkHeadings, type UnpivotedFeed } from './unpivot-headings.ts';

/** How the cells of a wide file become rows. */
export interface Unpivoting {
  /** What is made of each cell: the column of its heading's name, and that of the cell. */
  readonly made: readonly [name: string, value: string];
  /** The columns of the file that are read beside those that are unpivoted, in order. */
  readonly columns: readonly string[];
  /** Headings that a file must have. */
  readonly listed: readonly string[];
  /** The name that a heading gives its cells; undefined where its column is not to be unpivoted. */
  nameOf(heading: string): string | undefined;
  /** Throws `FILE_HEADING` where a field cannot be made of a heading, or two are one to the key. */
  check(headings: readonly string[], file: string): void;
}

export function compileUnpivot(given: UnpivotedFeed, unpivot: Unpivot): Unpivoting {
  const made = [unpivot.name, unpivot.value] as const;
  const columns = given.reads.filter((name) => !made.includes(name));
  const choose = chooser(unpivot.columns);
  const { in: listed = [], not = false } = unpivot.columns ?? {};
  const nameOf = (heading: string): string | undefined =>
    heading.trim() === '' || columns.some((name) => holds(heading, name)) ? undefined : choose(heading);
  return {
    ...{ made, columns, nameOf },
    listed: not ? [] : listed.map(String),
    check: (headings, file) =>
      checkHeadings(given, unpivot, { headings, names: headings.map((each) => nameOf(each) ?? each), file }),
  };
}

/** Whether a column that is read is that of the heading, or a path that begins there. */
const holds = (heading: string, column: string): boolean =>
  column === heading || column.startsWith(`${heading}.`);

/** What a heading is called; undefined where the feed does not want its column. */
function chooser(columns: Unpivot['columns']): (heading: string) => string | undefined {
  if (!columns) return (heading) => heading;
  if (columns.matches !== undefined && !columns.not) return takenBy(columns.matches);
  const wanted = compileCondition({ column: '', ...columns });
  return (heading) => (wanted(heading) ? heading : undefined);
}
