import { VigieError } from '../../platform/errors.ts';
import { wordIn } from '../values/language.ts';
import { suggestion } from '../values/nearest.ts';
import { keyWithin, type TableDefinition } from './table.ts';

/** Tables whose columns Vigie's own code reads by name: the rates that convert amounts, and what is wanted of a KPI. */
export const RATES_TABLE = 'exchange_rates';
export const TARGETS_TABLE = 'targets';

/** A column that holds the key of another table. Nothing enforces it: a check reports the gaps. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  readonly to: string;
  /** The key of `to`, one column. */
  readonly toColumn: string;
  /** The row is a part of the other (a line of an order) and counts nowhere without it; else it only loses a name. */
  readonly part: boolean;
}

/** Every table there is. Read from files by `loadTables`, and handed to whoever needs it. */
export interface Tables {
  /** Vigie's, then the company's; each by name. */
  readonly all: readonly TableDefinition[];
  readonly names: readonly string[];
  readonly references: readonly Reference[];
  has(name: string): boolean;
  /** A table by name. Throws TABLE_UNKNOWN, naming the nearest one. */
  table(name: string): TableDefinition;
  /** What people call it; a name that is no table's any more is said as it is. */
  said(name: string, language: Parameters<typeof wordIn>[1]): string;
}

/** The tables of these definitions. */
export function tablesOf(all: readonly TableDefinition[]): Tables {
  const byName = new Map(all.map((table) => [table.name, table]));
  const names = [...byName.keys()];
  return {
    all,
    names,
    references: all.flatMap((table) => referencesOf(table, byName)),
    has: (name) => byName.has(name),
    table: (name) => byName.get(name) ?? unknownTable(name, names),
    said(name, language) {
      const table = byName.get(name);
      return table ? wordIn(table.names, language) : name;
    },
  };
}

const referencesOf = (table: TableDefinition, all: ReadonlyMap<string, TableDefinition>): Reference[] =>
  table.columns.flatMap(({ name: column, refersTo }) => {
    const to = refersTo && all.get(refersTo.table);
    if (!to) return [];
    return [
      {
        table: table.name,
        column,
        to: to.name,
        toColumn: keyWithin(to)[0] as string,
        part: refersTo.part,
      },
    ];
  });

function unknownTable(name: string, names: readonly string[]): never {
  throw new VigieError(`there is no table \`${name}\`; ${suggestion(name, names)}`, {
    code: 'TABLE_UNKNOWN',
    hint: 'Each file of sql/tables, and of the folder tables/ beside vigie.yaml, is one table, called like its file.',
    where: { field: name },
  });
}
