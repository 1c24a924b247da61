import { type Reason, refuseTooManyRejected } from '../too-many-rejected.ts';
import type { TalliedReason, Tally } from './entity-landing.ts';
import type { Entity } from './source.ts';

/** Fails an entity when more of its records are refused than the source allows. Throws `TOO_MANY_REJECTED`. */
export function refuseTooManyRecords(
  entity: Entity,
  { records, rejected, reasons }: Tally,
  job: {
    readonly source: { readonly name: string; readonly max_rejected_share: number };
    readonly run: string;
  },
): void {
  const { source, run } = job;
  refuseTooManyRejected({
    ...{ source, run, rejected, tables: entity.tables, what: 'records', read: records },
    reasons: () => [...reasons.values()].sort((a, b) => b.count - a.count).map(reasonOf),
  });
}

const reasonOf = ({ count, first }: TalliedReason): Reason => ({
  ...{ column: first.column, reason: first.reason, count, value: first.value },
  place: `in ${first.input}, record ${first.line}`,
  where: { field: first.column, sample: first.value ?? '' },
  remedy: `The vendor may have changed \`${first.column}\`: compare it with the source’s page.`,
});
