import { hashAddress, normalAddress } from '../../platform/address.ts';
import { type Weekday, weekdayOf } from '../values/day.ts';
import { isTradingDay } from './calendar.ts';
import type { Company, Recipient } from './company.ts';
import { bothOf } from './members.ts';

export type MailKind = 'digest' | 'alert' | 'ops';

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
}

/** Whether somebody gets digests at all: executives do, unless it is said otherwise. */
export const getsDigests = ({ digest, roles }: DigestReader): boolean =>
  digest ?? roles.includes('executive');

/** Whether somebody should have the digest of a day. */
export function wantsDigest(
  { company, delivery }: Pick<Company, 'company' | 'delivery'>,
  asOf: string,
  reader: DigestReader,
): boolean {
  const onThatDay = reader.weekdays === undefined || reader.weekdays.includes(weekdayOf(asOf));
  return getsDigests(reader) && onThatDay && (delivery.on_closed_days || isTradingDay(company.closed, asOf));
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
  return {
    ...first,
    weekdays,
    ...(first.members || second.members ? { members } : {}),
    ...(kpis.length > 0 ? { kpis } : {}),
    ...(lists.length > 0 ? { lists } : {}),
    roles: [...new Set([...first.roles, ...second.roles])],
    ...(digest === undefined ? {} : { digest }),
  };
}
