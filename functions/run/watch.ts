import type { Company } from '../lake/company/company.ts';
import { dueAt, instantOn } from '../lake/company/due.ts';
import { mailStem, readersOf, wantsDigest } from '../lake/company/readers.ts';
import { isReceipt, outboxPrefix } from '../lake/run/outbox.ts';
import { readStateIfSound } from '../lake/state/file.ts';
import { addDays } from '../lake/values/day.ts';
import { businessDate } from '../lake/values/zone.ts';
import type { Bucket } from '../platform/bucket.ts';
import type { Clock } from '../platform/clock.ts';

export interface Watched {
  /** The last day whose digest somebody should have by now. */
  readonly asOf: string;
  /** Digests that should have been out for less than a day, and of them those that are not. */
  readonly expected: number;
  readonly missing: number;
}

/** How long after the hour of its reader a digest should be out: two calls of the timetable, and time to send. */
const GRACE_MS = 90 * 60_000;

/**
 * The dead man’s switch: who should have a digest by now and has not. Reads receipts only, so it trusts no run. A digest is
 * expected from `aws.digest_by` on, or from its reader's hour where that is later, and for a day: it looks every hour, and what is
 * missing stays missing until it is out, or the next one is due. What was due before it first looked is not expected.
 */
export async function watch(
  { bucket, clock }: { readonly bucket: Bucket; readonly clock: Clock },
  company: Company,
): Promise<Watched> {
  const now = clock.now();
  const today = businessDate(now, company.company.time_zone);
  // Of the day before, those that are due late.
  const days = [addDays(today, -1), addDays(today, -2)];
  const since = await watchingSince(bucket, now);
  const expected = days.flatMap((asOf) =>
    expectedOf(company, asOf, { now, since }).map((stem) => `${outboxPrefix(asOf)}${stem}/`),
  );
  const sent = new Set<string>();
  for (const asOf of days)
    for await (const { key } of bucket.list(outboxPrefix(asOf)))
      if (isReceipt(key)) sent.add(key.slice(0, key.lastIndexOf('/') + 1));
  return {
    asOf: days[0] as string,
    expected: expected.length,
    missing: expected.filter((folder) => !sent.has(folder)).length,
  };
}

const SINCE_KEY = 'state/watching.json';

/** When it first looked: what was due before is not its business, as a stack is deployed at any time of day. */
async function watchingSince(bucket: Bucket, now: Date): Promise<Date> {
  if (await bucket.create(SINCE_KEY, `${JSON.stringify({ since: now.toISOString() })}\n`)) return now;
  const known = await readStateIfSound<{ readonly since: string }>(bucket, SINCE_KEY);
  return new Date(known?.since ?? 0);
}

/** The digests of a day that should have come out within the last day, and since it first looked. */
function expectedOf(
  company: Company,
  asOf: string,
  { now, since }: { readonly now: Date; readonly since: Date },
): string[] {
  const { digest_by: digestBy } = company.aws;
  const by = instantOn(company, asOf, digestBy).getTime();
  const next = instantOn(company, addDays(asOf, 1), digestBy).getTime();
  // While a company is set up nobody should have anything.
  const readers = company.delivery.live ? readersOf(company.recipients) : [];
  return readers
    .filter((reader) => wantsDigest(company, asOf, reader))
    .filter((reader) => {
      const due = dueAt(company, asOf, reader);
      const late = due ? Math.max(0, due.getTime() + GRACE_MS - by) : 0;
      // So long after the hour at which the others are expected, and so until that much after it the next day.
      const from = by + late;
      return since.getTime() <= from && from <= now.getTime() && now.getTime() < next + late;
    })
    .map((reader) => mailStem('digest', asOf, reader.email));
}
