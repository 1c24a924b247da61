import type { Source } from '../../../lake/company/company.ts';
import type { Feed } from '../../../lake/company/feed.ts';
import { type RejectionSummary, rejectedKey } from '../../../lake/landing/landing-rejects.ts';
import type { BatchWriter } from '../../../lake/landing/landing-writer.ts';
import { VigieError } from '../../../platform/errors.ts';
import { sampleOf } from './file-errors.ts';
import { remedyFor } from './remedy.ts';

/** So many reasons are told apart in “and 3 more reasons”. */
const REASONS_COUNTED = 100;

/** Fails the table when more of its rows are refused than the source allows. Throws `TOO_MANY_REJECTED`. */
export function refuseTooManyRejected(
  batch: BatchWriter,
  job: {
    source: Pick<Source, 'name' | 'max_rejected_share'>;
    table: string;
    run: string;
    /** The feeds of the table. */
    feeds: readonly Feed[];
  },
): void {
  const { source, table, run, feeds } = job;
  const read = batch.rows + batch.rejected;
  const share = read === 0 ? 0 : batch.rejected / read;
  if (share <= source.max_rejected_share) return;
  const reasons = batch.reasons(REASONS_COUNTED);
  const [main] = reasons;
  const more = reasons.length > 1 ? `; and ${counted(reasons.length - 1)}` : '';
  const message = `${batch.rejected} of ${read} rows of ${table} were refused (${percent(share)}; ${percent(source.max_rejected_share)} are allowed): ${main ? describe(main) : 'no reason was given'}${more}`;
  const hint = `${remedyOf(main, feeds)} \`vigie try ${source.name}\` shows rows beside what becomes of them; all refused ones are in ${rejectedKey(source.name, run, table)}.`;
  const first = main?.first;
  throw new VigieError(message, {
    code: 'TOO_MANY_REJECTED',
    hint,
    ...(first ? { where: { file: first.input, line: first.line, field: first.column } } : {}),
  });
}

const counted = (others: number): string => `${others} more reason${others === 1 ? '' : 's'}`;

/** The one thing to do about the most frequent reason. */
function remedyOf(main: RejectionSummary | undefined, feeds: readonly Feed[]): string {
  const own =
    main && feeds.map((feed) => remedyFor(feed, { column: main.column, values: [main.first.value] }));
  return own?.find((each) => each !== undefined) ?? 'Correct the mapping or the export.';
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

function describe({ column, reason, count, first }: RejectionSummary): string {
  const value = first.value === null ? '' : ` \`${sampleOf(first.value)}\``;
  return `${count} × ${column} ${reason}, first${value} at ${first.input}:${first.line}`;
}
