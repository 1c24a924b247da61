import { hashAddress, normalAddress } from '../../platform/address.ts';
import { addDays, firstOfMonth, lastOfMonth, type Weekday, weekdayOf } from '../values/day.ts';
import { isTradingDay } from './calendar.ts';
import type { Company, Recipient } from './company.ts';
import { bothOf } from './members.ts';

export type MailKind = 'digest' | 'review' | 'alert' | 'ops';

/** What somebody may be told of instead of each day. */
export const reviewSpans = ['weekly', 'monthly'] as const;
export type ReviewSpan = (typeof reviewSpans)[number];

/** Identifies reader, day and kind; ids of mails begin with it. It goes into logs and manifests: it holds no address. */
export const mailStem = (kind: MailKind, asOf: string, email: string): string =>
  `${kind}.${asOf}.${mailKeyOf(email)}`;

/** Stands for a reader's address in ids. */
export const mailKeyOf = (email: string): string => hashAddress(email).slice(0, 12);

/** What decides whether somebody gets a digest. */
interface DigestReader {
  readonly digest?: boolean | undefined;
  readonly roles: readonly string[];
  readonly weekdays?: readonly Weekday[] | undefined;
  readonly summary?: 'daily' | ReviewSpan | undefined;
}

/** Whether somebody gets digests or reviews at all: executives do and who says how often, unless it is said otherwise. */
export const getsDigests = ({ digest, roles, summary }: DigestReader): boolean =>
  digest ?? (summary !== undefined || roles.includes('executive'));

/** The span of a kind that ends on a day: a week on Sunday, a month on its last day; null where none does. */
export function reviewOf(
  asOf: string,
  span: ReviewSpan,
): { readonly span: ReviewSpan; readonly from: string } | null {
  if (span === 'weekly') return weekdayOf(asOf) === 'sunday' ? { span, from: addDays(asOf, -6) } : null;
  return asOf === lastOfMonth(asOf) ? { span, from: firstOfMonth(asOf) } : null;
}

/** Whether somebody should have the review of a span, on the day on which it ends. */
export const wantsReview = (reader: DigestReader, span: ReviewSpan): boolean =>
  getsDigests(reader) && reader.summary === span;

/** Whether somebody should have the digest of a day. */
export function wantsDigest(
  { company, delivery }: Pick<Company, 'company' | 'delivery'>,
  asOf: string,
  reader: DigestReader,
): boolean {
  const onThatDay = reader.weekdays === undefined || reader.weekdays.includes(weekdayOf(asOf));
  const daily = reader.summary === undefined || reader.summary === 'daily';
  return (
    getsDigests(reader) &&
    daily &&
    onThatDay &&
    (delivery.on_closed_days || isTradingDay(company.closed, asOf))
  );
}

/** Somebody who is listed twice is one reader with all the roles; of who is told of members alone, with no more than these. */
export function readersOf(recipients: readonly Recipient[]): Recipient[] {
  const merged = new Map<string, Recipient>();
  for (const recipient of recipients) {
    const address = normalAddress(recipient.email);
    const known = merged.get(address);
    merged.set(address, known ? both(known, recipient) : recipient);
  }
  return [...merged.values()];
}

function both(first: Recipient, second: Recipient): Recipient {
  const digest = first.digest === true || second.digest === true ? true : (first.digest ?? second.digest);
  const kpis = [...new Set([...(first.kpis ?? []), ...(second.kpis ?? [])])];
  const members = bothOf(first.members ?? {}, second.members ?? {});
  const weekdays = first.weekdays && second.weekdays && [...new Set([...first.weekdays, ...second.weekdays])];
  const lists = [...new Set([...(first.lists ?? []), ...(second.lists ?? [])])];
  const hour = first.hour ?? second.hour;
  return {
    ...first,
    weekdays,
    ...(hour === undefined ? {} : { hour }),
    ...(first.members || second.members ? { members } : {}),
    ...(kpis.length > 0 ? { kpis } : {}),
    ...(lists.length > 0 ? { lists } : {}),
    roles: [...new Set([...first.roles, ...second.roles])],
    ...(digest === undefined ? {} : { digest }),
  };
}
