import { SESClient } from '@aws-sdk/client-ses';
import type { Company } from '../../functions/lake/company/company.ts';
import { readersOf } from '../../functions/lake/company/readers.ts';
import { addressIn, domainOf } from '../../functions/platform/address.ts';
import { type Environment, stackFact } from '../../functions/platform/aws/aws-environment.ts';
import { clientSettings } from '../../functions/platform/aws/client-settings.ts';
import { type SesAccount, sesAccount, unverifiedAmong } from '../../functions/platform/aws/ses-account.ts';
import type { Symptom } from './symptom.ts';

/** Whether SES will send what the company wants to send: the sender, the account’s sandbox, its quota. */
export async function mailAccount(company: Company, env: Environment): Promise<Symptom[]> {
  const client = new SESClient(clientSettings(env, 'SES'));
  const region = stackFact(env, 'region');
  try {
    const account = await sesAccount(client, company.delivery.from);
    const people = readersOf(company.recipients).map(({ email }) => email);
    const strangers = account.sandbox ? await unverifiedAmong(client, people) : [];
    return [
      sender(addressIn(company.delivery.from), account, region),
      ...sandbox(account, strangers, region),
      ...sending(account, people.length),
    ];
  } finally {
    client.destroy();
  }
}

function sender(address: string, { senderVerified }: SesAccount, region: string): Symptom {
  const domain = domainOf(address);
  if (senderVerified)
    return { what: 'mail sender', status: 'ok', finding: `${address} is verified in ${region}` };
  return {
    what: 'mail sender',
    status: 'failed',
    finding: `SES does not know ${address}, nor ${domain}, as yours in ${region}`,
    remedy: `aws sesv2 create-email-identity --email-identity ${domain} --region ${region}   then publish the three CNAME records that it prints (<token>._domainkey.${domain} → <token>.dkim.amazonses.com). Or only the address: --email-identity ${address}, and its owner opens the link in the mail that comes.`,
  };
}

function sandbox(
  { sandbox: isSandbox }: SesAccount,
  strangers: readonly string[],
  region: string,
): Symptom[] {
  if (!isSandbox)
    return [{ what: 'mail sandbox', status: 'ok', finding: 'the account may send to everybody' }];
  const production = `Ask AWS for production access once (answered within a day): aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url https://your-company.com --use-case-description "Daily figures to our own staff" --region ${region}`;
  if (strangers.length === 0)
    return [
      {
        what: 'mail sandbox',
        status: 'warning',
        finding: 'the account is in the SES sandbox (200 mails a day); every recipient is verified',
        remedy: production,
      },
    ];
  return [
    {
      what: 'mail sandbox',
      status: 'failed',
      finding: `the account is in the SES sandbox, which sends to verified addresses only; not verified: ${strangers.join(', ')}`,
      remedy: `${production}. Until then, for each of them: aws sesv2 create-email-identity --email-identity ${strangers[0]} --region ${region}   and they open the link in the mail that comes.`,
    },
  ];
}

/** Digest, alerts and trouble: three mails a reader and day at most. */
const MAILS_A_DAY = 3;

function sending({ sendingEnabled, dailyQuota, sentToday }: SesAccount, readers: number): Symptom[] {
  if (!sendingEnabled)
    return [
      {
        what: 'mail sending',
        status: 'failed',
        finding: 'sending is paused for this account',
        remedy: 'SES console, Account dashboard and Reputation metrics, tell why and how to resume it.',
      },
    ];
  const isTight = dailyQuota >= 0 && sentToday + readers * MAILS_A_DAY > dailyQuota;
  if (!isTight) return [];
  return [
    {
      what: 'mail sending',
      status: 'warning',
      finding: `${dailyQuota} mails a day are allowed, ${sentToday} were sent within 24 hours, and there are ${readers} readers`,
      remedy: 'Ask for a higher sending quota of SES (Service Quotas).',
    },
  ];
}
