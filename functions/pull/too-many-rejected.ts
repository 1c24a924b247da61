import type { RejectionSummary } from '../lake/landing/rejects.ts';
import { rejectedKey } from '../lake/landing/rejects.ts';
import { VigieError, type Where } from '../platform/errors.ts';

/** What was refused of a table of files, or of an entity of an API. */
export interface Refusals {
  readonly source: { readonly name: string; readonly max_rejected_share: number };
  readonly run: string;
  readonly tables: readonly string[];
  /** `rows of orders`, `records`. */
  readonly what: string;
  readonly read: number;
  readonly rejected: number;
  /** The most frequent first. */
  reasons(): readonly Reason[];
}

/** A reason, in words fit for a message. */
export interface Reason extends Pick<RejectionSummary, 'column' | 'reason' | 'count'> {
  /** The first value it hit; null where there was none. */
  readonly value: string | null;
  /** Where that stands: `at orders.csv:3`. */
  readonly place: string;
  readonly where: Where;
  /** The one thing to do about it. */
  readonly remedy: string;
}

/**
 * Fails what had more refused than its source allows: the most frequent reason in one line, with what to do about it;
 * the others are counted. Throws `TOO_MANY_REJECTED`.
 */
export function refuseTooManyRejected(refusals: Refusals): void {
  const { source, run, tables, what, read, rejected } = refusals;
  const share = read === 0 ? 0 : rejected / read;
  if (share <= source.max_rejected_share) return;
  const [main, ...others] = refusals.reasons();
  const shares = `${percent(share)}; ${percent(source.max_rejected_share)} are allowed`;
  const key = rejectedKey(
    source.name,
    run,
    tables.length === 1 ? (tables[0] as string) : `{${tables.join(',')}}`,
  );
  throw new VigieError(
    `${rejected} of ${read} ${what} were refused (${shares}): ${main ? describe(main) : 'no reason was given'}${counted(others.length)}`,
    {
      code: 'TOO_MANY_REJECTED',
      hint: `${main ? `${main.remedy} ` : ''}\`vigie try ${source.name}\` shows what comes beside what becomes of it; all that was refused is in ${key}.`,
      ...(main ? { where: main.where } : {}),
    },
  );
}

function describe({ column, reason, count, value, place }: Reason): string {
  const first = value === null ? '' : ` \`${value}\``;
  return `${count} × ${column} ${reason}, first${first} ${place}`;
}

const counted = (others: number): string =>
  others === 0 ? '' : `; and ${others} more reason${others === 1 ? '' : 's'}`;

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
