import type { BrokenRecord, Cell, RecordChunk } from '../records.ts';
import type { Aggregate } from './aggregates.ts';
import { cellText } from './slice.ts';

/** How the records of a file become one for each group. Columns by their place among those that the feed reads. */
export interface Grouping {
  readonly keys: readonly number[];
  /** What is asked of all records of a group. Each answer is a column of its own, behind those that are read. */
  readonly aggregates: readonly Aggregate[];
}

/** Gathers the records of one file. Memory grows with its groups, not with its records. */
export interface Groups {
  /** Takes in a chunk; gives back the records that belong to no group, since a column that groups is empty. */
  add(chunk: RecordChunk): BrokenRecord[];
  /** The groups, each as a record with the first value of each column and the answers. */
  end(): RecordChunk;
}

/** What of a feed its groups need. */
interface GroupedFeed {
  readonly columns: readonly string[];
  readonly selective: boolean;
  accepts(row: readonly Cell[], positions: readonly number[]): boolean;
}

interface Group {
  readonly cells: Cell[];
  readonly line: number;
  /** By aggregate. */
  readonly answers: Cell[];
}

export function openGroups(feed: GroupedFeed, { keys, aggregates }: Grouping): Groups {
  const groups = new Map<string, Group>();
  const width = feed.columns.length;
  const take = (group: Group, row: readonly Cell[], positions: readonly number[]): void => {
    for (let column = 0; column < width; column += 1)
      group.cells[column] ??= cellText(row[positions[column] as number]);
    for (const [place, aggregate] of aggregates.entries())
      group.answers[place] = aggregate.add(group.answers[place] ?? null, row, positions);
  };
  return {
    add({ rows, positions, lineOf }) {
      const broken: BrokenRecord[] = [];
      for (const [index, row] of rows.entries()) {
        if (feed.selective && !feed.accepts(row, positions)) continue;
        const parts = keys.map((column) => cellText(row[positions[column] as number]));
        const empty = parts.indexOf(null);
        if (empty >= 0) {
          const name = feed.columns[keys[empty] as number];
          broken.push({
            line: lineOf(index),
            reason: `has no ${name}, by which records are grouped`,
            sample: '',
          });
          continue;
        }
        const key = parts.join('\u0000');
        const group = groups.get(key) ?? { cells: [], line: lineOf(index), answers: [] };
        groups.set(key, group);
        take(group, row, positions);
      }
      return broken;
    },
    end() {
      const all = [...groups.values()];
      groups.clear();
      const answersOf = ({ answers }: Group): Cell[] =>
        aggregates.map(({ none }, place) => answers[place] ?? none);
      return {
        rows: all.map((group) => [...group.cells, ...answersOf(group)]),
        positions: Array.from({ length: width + aggregates.length }, (_, place) => place),
        firstRecord: 1,
        lineOf: (index) => all[index]?.line ?? 0,
        broken: [],
      };
    },
  };
}
