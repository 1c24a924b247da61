import { expect, test } from 'vitest';
import { formatMistake, lintText } from '../../../authoring/lint/lint.ts';
import {
  clashingScopes,
  conflictingScopes,
  fileConflicts,
  heldScopes,
  keyConflicts,
} from '../../../functions/lake/landing/conflicts.ts';
import {
  anyInherited,
  countUnsettled,
  settleStatement,
  spanStatement,
} from '../../../functions/lake/landing/inherited.ts';
import { mergeStatement } from '../../../functions/lake/landing/merge.ts';
import type { Dialect } from '../../../functions/platform/engine.ts';
import { tableNames, tableOf } from '../../kit/tables.ts';

const dialect: Dialect = {
  name: 'trino',
  maxStatementBytes: 1_000_000,
  table: (name) => `lake.${name}`,
  landed: ({ table, run }) => `landing.landing_${table} WHERE run = '${run}'`,
};
const superseding = { scopes: true, keys: true, inherits: true };
const rivals = [{ families: [[0, 1], [2]] }];

/** Rules that are for analysts: here a share is made of doubles, and of an existence any row is asked. */
const ALLOWED = /\[(division|limit-without-order)\]/;

test.each(tableNames)(
  'what a delivery of %s is asked is in the subset that all engines share',
  async (name) => {
    const table = tableOf(name);
    const batch = {
      table: name,
      source: 'erp',
      run: 'r1',
      files: ['part.parquet'],
      columns: table.columns.map((column) => column.name),
    };
    const merge = { dialect, table, batch };
    const { inherits } = table;
    const heir = inherits && { table, inherits };
    const statements = [
      keyConflicts(merge, superseding),
      conflictingScopes(merge, superseding, 5),
      fileConflicts(merge, rivals),
      clashingScopes(merge, rivals, 5),
      heldScopes(merge, ["O'Neill / 1"]),
      ...(heir
        ? [
            anyInherited(dialect, heir),
            countUnsettled(dialect, heir),
            settleStatement(dialect, heir, 'r1'),
            spanStatement(dialect, table, 'erp'),
            mergeStatement(merge, superseding),
          ]
        : []),
    ];
    for (const sql of statements) {
      const mistakes = (await lintText(`${name}.sql`, sql)).map(formatMistake);
      expect(mistakes.filter((mistake) => !ALLOWED.test(mistake))).toEqual([]);
    }
  },
);
