import type { Mistake } from '../yaml/mistake.ts';
import type { YamlSource } from '../yaml/source.ts';
import type { ColumnFacts, TableFacts } from './table-file.ts';

/** A file of a table, as its text. */
export interface TableText {
  /** As a person names it: `sql/tables/orders.yaml`. */
  readonly file: string;
  readonly source: YamlSource;
}

/** A table as its files say, before it is compared with the others. */
export interface Draft {
  readonly name: string;
  readonly text: TableText;
  readonly facts: Omit<TableFacts, 'columns'>;
  readonly columns: ReadonlyMap<string, DraftColumn>;
}

export interface DraftColumn {
  readonly name: string;
  readonly facts: ColumnFacts;
  /** The file that it stands in. */
  readonly text: TableText;
  /** It was added by a company. */
  readonly own: boolean;
}

/** A mistake, and the file it is in. */
export interface TableMistake extends Mistake {
  readonly text: TableText;
}
