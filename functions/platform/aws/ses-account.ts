import {
  GetAccountSendingEnabledCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import { addressIn, domainOf } from '../address.ts';
import { awsError } from './aws-errors.ts';

/** What `vigie doctor` tells about mail before a first one is sent. */
export interface SesAccount {
  /** True for an account as AWS hands it out: it sends to verified addresses only. */
  readonly sandbox: boolean;
  /** False where AWS or the owner paused sending. */
  readonly sendingEnabled: boolean;
  /** Messages within 24 hours: allowed (-1: no limit), and used. */
  readonly dailyQuota: number;
  readonly sentToday: number;
  /** The sender's address or its domain is verified in this region. */
  readonly senderVerified: boolean;
}

/** The quota of the sandbox: 200 messages a day. SES's first API tells the sandbox by nothing else. */
const SANDBOX_QUOTA = 200;

/** Looks at the SES account of this region, and at the sender (`delivery.from`). Throws those of `aws-errors.ts`. */
export async function sesAccount(client: SESClient, from: string): Promise<SesAccount> {
  const sender = addressIn(from);
  const domain = domainOf(sender);
  try {
    const [quota, sending, identities] = await Promise.all([
      client.send(new GetSendQuotaCommand({})),
      client.send(new GetAccountSendingEnabledCommand({})),
      client.send(new GetIdentityVerificationAttributesCommand({ Identities: [sender, domain] })),
    ]);
    const states = Object.values(identities.VerificationAttributes ?? {});
    return {
      sandbox: quota.Max24HourSend === SANDBOX_QUOTA,
      sendingEnabled: sending.Enabled ?? false,
      dailyQuota: quota.Max24HourSend ?? 0,
      sentToday: quota.SentLast24Hours ?? 0,
      senderVerified: states.some(({ VerificationStatus }) => VerificationStatus === 'Success'),
    };
  } catch (error) {
    throw awsError(error, 'asking SES about the account');
  }
}

/** SES takes so many addresses at once. */
const MOST_IDENTITIES = 100;

/** Those of the addresses that SES does not know as verified, by themselves or by their domain: the sandbox refuses them. */
export async function unverifiedAmong(client: SESClient, addresses: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(addresses.flatMap((address) => [address, domainOf(address)]))];
  const verified = new Set<string>();
  try {
    for (let at = 0; at < wanted.length; at += MOST_IDENTITIES) {
      const Identities = wanted.slice(at, at + MOST_IDENTITIES);
      const { VerificationAttributes: states = {} } = await client.send(
        new GetIdentityVerificationAttributesCommand({ Identities }),
      );
      for (const [identity, { VerificationStatus }] of Object.entries(states))
        if (VerificationStatus === 'Success') verified.add(identity);
    }
  } catch (error) {
    throw awsError(error, 'asking SES about the recipients');
  }
  return addresses.filter((address) => !verified.has(address) && !verified.has(domainOf(address)));
}
