import { hashAddress, normalAddress } from '../../platform/address.ts';
import { isTradingDay } from './calendar.ts';
import type { Company, Recipient } from './company.ts';

export type MailKind = 'digest' | 'alert' | 'ops';

/** Identifies reader, day and kind; ids of mails begin with it. It goes into logs and manifests: it holds no address. */
export const mailStem = (kind: MailKind, asOf: string, email: string): string =>
  `${kind}.${asOf}.${mailKeyOf(email)}`;

/** Stands for a reader's address in ids. */
export const mailKeyOf = (email: string): string => hashAddress(email).slice(0, 12);

/** Whether somebody should have the digest of a day. */
export function wantsDigest(
  { company, delivery }: Pick<Company, 'company' | 'delivery'>,
  asOf: string,
  recipient: { readonly digest?: boolean | undefined; readonly roles: readonly string[] },
): boolean {
  const wanted = recipient.digest ?? recipient.roles.includes('executive');
  return wanted && (delivery.on_closed_days || isTradingDay(company.closed, asOf));
}

/** Somebody who is listed twice is one reader with all the roles. */
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
  return {
    ...first,
    ...(kpis.length > 0 ? { kpis } : {}),
    roles: [...new Set([...first.roles, ...second.roles])],
    ...(digest === undefined ? {} : { digest }),
  };
}
