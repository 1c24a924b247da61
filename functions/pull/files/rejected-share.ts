import type { Source } from '../../lake/company/company.ts';
import type { Feed } from '../../lake/company/feed.ts';
import type { RejectionSummary } from '../../lake/landing/rejects.ts';
import type { BatchWriter } from '../../lake/landing/writer.ts';
import type { TableDefinition } from '../../lake/tables/table.ts';
import { sampleOf } from '../sample.ts';
import { type Reason, refuseTooManyRejected } from '../too-many-rejected.ts';
import { remedyFor } from './remedy.ts';

/** So many reasons are told apart in “and 3 more reasons”. */
const REASONS_COUNTED = 100;

/** Fails the table when more of its rows are refused than the source allows. Throws `TOO_MANY_REJECTED`. */
export function refuseTooManyRows(
  batch: BatchWriter,
  job: {
    source: Pick<Source, 'name' | 'max_rejected_share'>;
    table: TableDefinition;
    run: string;
    /** The feeds of the table. */
    feeds: readonly Feed[];
  },
): void {
  const { source, table, run, feeds } = job;
  const { rows, rejected } = batch;
  refuseTooManyRejected({
    ...{ source, run, rejected, tables: [table.name], what: `rows of ${table.name}`, read: rows + rejected },
    reasons: () => batch.reasons(REASONS_COUNTED).map((reason) => reasonOf(reason, table, feeds)),
  });
}

function reasonOf(
  { column, reason, count, first }: RejectionSummary,
  table: TableDefinition,
  feeds: readonly Feed[],
): Reason {
  return {
    ...{ column, reason, count },
    value: first.value === null ? null : sampleOf(first.value),
    place: `at ${first.input}:${first.line}${first.heading === undefined ? '' : `, column \`${first.heading}\``}`,
    where: { file: first.input, line: first.line, field: first.column },
    remedy: remedyOf(first.column, first.value, table, feeds),
  };
}

function remedyOf(
  column: string,
  value: string | null,
  table: TableDefinition,
  feeds: readonly Feed[],
): string {
  const own = feeds.map((feed) => remedyFor(feed, table, { column, values: [value] }));
  return own.find((each) => each !== undefined) ?? 'Correct the mapping or the export.';
}
