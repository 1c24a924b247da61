import { rejectedKey } from '../../lake/landing/landing-rejects.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Tally } from './entity-landing.ts';
import type { Entity } from './source.ts';

const REASONS_SHOWN = 3;

/** Fails an entity when more of its records are refused than the source allows. Throws `TOO_MANY_REJECTED`. */
export function refuseTooManyRejected(
  entity: Entity,
  { records, rejected, reasons }: Tally,
  job: {
    readonly source: { readonly name: string; readonly max_rejected_share: number };
    readonly run: string;
  },
): void {
  const allowed = job.source.max_rejected_share;
  if (records === 0 || rejected / records <= allowed) return;
  const common = [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, REASONS_SHOWN);
  const words = common.map(({ count, first }) => {
    const value = first.value === null ? '' : ` \`${first.value}\``;
    return `${count} × ${first.column} ${first.reason}, first${value} in ${first.input}, record ${first.line}`;
  });
  const first = common[0]?.first;
  throw new VigieError(
    `${rejected} of ${records} records were refused (${percent(rejected / records)}; ${percent(allowed)} are allowed): ${words.join('; ')}`,
    {
      code: 'TOO_MANY_REJECTED',
      hint: `All refused records are in ${rejectedKey(job.source.name, job.run, `{${entity.tables.join(',')}}`)}. The vendor may have changed a field: see the source’s page. Or raise \`max_rejected_share\` of the source ${job.source.name}.`,
      ...(first ? { where: { field: first.column, sample: first.value ?? '' } } : {}),
    },
  );
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
