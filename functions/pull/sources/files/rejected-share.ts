import type { Source } from '../../../lake/company/company.ts';
import { type RejectionSummary, rejectedKey } from '../../../lake/landing/landing-rejects.ts';
import type { BatchWriter } from '../../../lake/landing/landing-writer.ts';
import { VigieError } from '../../../platform/errors.ts';
import { sampleOf } from './file-errors.ts';

const REASONS_SHOWN = 3;

/** Fails the table when more of its rows are refused than the source allows. Throws `TOO_MANY_REJECTED`. */
export function refuseTooManyRejected(
  batch: BatchWriter,
  job: { source: Pick<Source, 'name' | 'max_rejected_share'>; table: string; run: string },
): void {
  const { source, table, run } = job;
  const read = batch.rows + batch.rejected;
  const share = read === 0 ? 0 : batch.rejected / read;
  if (share <= source.max_rejected_share) return;
  const reasons = batch.reasons(REASONS_SHOWN).map(describe).join('; ');
  const message = `${batch.rejected} of ${read} rows of ${table} were refused (${percent(share)}; ${percent(source.max_rejected_share)} are allowed): ${reasons}`;
  const hint = `All refused rows are in ${rejectedKey(source.name, run, table)}. Correct the mapping or the export, or raise \`max_rejected_share\` of the source ${source.name}.`;
  const first = batch.reasons(1)[0]?.first;
  throw new VigieError(message, {
    code: 'TOO_MANY_REJECTED',
    hint,
    ...(first ? { where: { file: first.input, line: first.line, field: first.column } } : {}),
  });
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

function describe({ column, reason, count, first }: RejectionSummary): string {
  const value = first.value === null ? '' : ` \`${sampleOf(first.value)}\``;
  return `${count} × ${column} ${reason}, first${value} at ${first.input}:${first.line}`;
}
