import type { Company } from '../lake/company/company.ts';
import { mailStem, readersOf, wantsDigest } from '../lake/company/readers.ts';
import { outboxPrefix } from '../lake/run/outbox.ts';
import { addDays } from '../lake/values/day.ts';
import { businessDate } from '../lake/values/zone.ts';
import type { Bucket } from '../platform/bucket.ts';
import type { Clock } from '../platform/clock.ts';

export interface Watched {
  readonly asOf: string;
  /** Readers who should have the digest of yesterday by now, and of them those who have not. */
  readonly expected: number;
  readonly missing: number;
}

/** The dead man’s switch: who should have yesterday’s digest and has not. Reads receipts only, so it trusts no run. */
export async function watch(
  { bucket, clock }: { readonly bucket: Bucket; readonly clock: Clock },
  company: Company,
): Promise<Watched> {
  const asOf = addDays(businessDate(clock.now(), company.company.time_zone), -1);
  // While a company is set up nobody should have anything.
  const readers = company.delivery.live ? readersOf(company.recipients) : [];
  const stems = readers
    .filter((reader) => wantsDigest(company, asOf, reader))
    .map((reader) => mailStem('digest', asOf, reader.email));
  const sent = new Set<string>();
  for await (const { key } of bucket.list(outboxPrefix(asOf))) {
    const [, stem] = /^outbox\/[^/]+\/([^/]+)\/\d+-sent\.json$/.exec(key) ?? [];
    if (stem !== undefined) sent.add(stem);
  }
  return { asOf, expected: stems.length, missing: stems.filter((stem) => !sent.has(stem)).length };
}
