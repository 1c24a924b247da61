import type { Company, Recipient } from '../../functions/lake/company/company.ts';
import { normalAddress } from '../../functions/platform/address.ts';
import { VigieError } from '../../functions/platform/errors.ts';

/** A recipient of vigie.yaml by address. Throws RECIPIENT_UNKNOWN. */
export function recipientNamed({ recipients }: Company, email: string): Recipient {
  const wanted = recipients.find((each) => normalAddress(each.email) === normalAddress(email));
  return wanted ?? noRecipient(recipients, `${email} is not among the recipients.`);
}

export function noRecipient(recipients: readonly Recipient[], message: string): never {
  throw new VigieError(message, {
    code: 'RECIPIENT_UNKNOWN',
    hint: `Recipients in vigie.yaml: ${recipients.map(({ email }) => email).join(', ') || 'none'}.`,
  });
}
