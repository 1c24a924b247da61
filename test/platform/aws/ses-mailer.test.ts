import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AccountSendingPausedException,
  ConfigurationSetDoesNotExistException,
  GetAccountSendingEnabledCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  MailFromDomainNotVerifiedException,
  MessageRejected,
  SESClient,
  SESServiceException,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sesAccount } from '../../../functions/platform/aws/ses-account.ts';
import { mailerFromEnv, sesMailer } from '../../../functions/platform/aws/ses-mailer.ts';
import { message } from '../../contracts/mailer-contract.ts';

const ses = mockClient(SESClient);
const client = ses as unknown as SESClient;
const $metadata = { httpStatusCode: 400 };
const rejected = (text: string) => new MessageRejected({ message: text, $metadata });
const named = (name: string, text: string, httpStatusCode = 400) =>
  new SESServiceException({ name, message: text, $fault: 'client', $metadata: { httpStatusCode } });
const send = (retryAfter: number[] = []) => sesMailer({ client, retryAfter }).send(message());
const unverified = (...identities: string[]) =>
  rejected(
    `Email address is not verified. The following identities failed the check in region EU-WEST-1: ${identities.join(', ')}`,
  );

describe('SES', () => {
  beforeEach(() => ses.reset());

  test('is given the message, its configuration set and tags in the letters it takes', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'm-1' });
    const mailer = sesMailer({ client, configurationSet: 'vigie-test' });
    expect(await mailer.send(message({ tags: { kind: 'digest of été' } }))).toEqual({ reference: 'm-1' });
    expect(ses.commandCalls(SendRawEmailCommand)[0]?.args[0].input).toMatchObject({
      Source: 'a@example.com',
      Destinations: ['b@example.com'],
      ConfigurationSetName: 'vigie-test',
      Tags: [
        { Name: 'kind', Value: 'digest_of__t_' },
        { Name: 'vigie_id', Value: 'digest_2026-11-21_abc' },
      ],
    });
  });

  test.each([
    ['a sandbox', unverified('b@example.com'), 'MAIL_SANDBOX', /production access/],
    ['an unverified sender', unverified('a@example.com'), 'MAIL_SENDER_UNVERIFIED', /DNS records/],
    ['both', unverified('a@example.com', 'b@example.com'), 'MAIL_SENDER_UNVERIFIED', /DNS records/],
    [
      'a MAIL FROM domain without its record',
      new MailFromDomainNotVerifiedException({ message: 'x', $metadata }),
      'MAIL_SENDER_UNVERIFIED',
      /MX record/,
    ],
    [
      'a paused account',
      new AccountSendingPausedException({ message: 'x', $metadata }),
      'MAIL_PAUSED',
      /Reputation/,
    ],
    ['a suspended account', rejected('Sending suspended for this account.'), 'MAIL_PAUSED', /Reputation/],
    [
      'a configuration set that is gone',
      new ConfigurationSetDoesNotExistException({ message: 'x', $metadata }),
      'MAIL_CONFIGURATION_SET',
      /deploy/,
    ],
    ['a suppressed recipient', rejected('Address is on the suppression list'), 'MAIL_SUPPRESSED', /bounced/],
    [
      'a used-up quota',
      named('Throttling', 'Daily message quota exceeded.'),
      'MAIL_QUOTA',
      /higher sending quota/,
    ],
    ['an address that is none', named('InvalidParameterValue', 'Missing final'), 'MAIL_REFUSED', /address/],
    [
      'a role without the right',
      named('AccessDenied', 'not authorized', 403),
      'AWS_ACCESS_DENIED',
      /policies/,
    ],
    ['expired credentials', named('ExpiredToken', 'expired', 403), 'AWS_CREDENTIALS', /sso login/],
  ] as const)('tells %s, and surely sent nothing', async (_, error, code, hint) => {
    ses.on(SendRawEmailCommand).rejects(error);
    await expect(send([0])).rejects.toMatchObject({ code, hint: expect.stringMatching(hint) });
    expect(ses.commandCalls(SendRawEmailCommand)).toHaveLength(1);
  });

  test('asked to slow down tries again, some times', async () => {
    const slow = named('Throttling', 'Maximum sending rate exceeded.');
    ses.on(SendRawEmailCommand).rejectsOnce(slow).resolves({ MessageId: 'm-1' });
    expect(await send([1, 1])).toEqual({ reference: 'm-1' });
    ses.on(SendRawEmailCommand).rejects(slow);
    await expect(send([1, 1])).rejects.toMatchObject({ code: 'MAIL_DEFERRED', retryable: true });
    expect(ses.commandCalls(SendRawEmailCommand)).toHaveLength(2 + 3);
  });

  test('a server error leaves it uncertain', async () => {
    ses.on(SendRawEmailCommand).rejects(named('InternalFailure', 'oops', 500));
    await expect(send([0])).rejects.toMatchObject({ code: 'MAIL_UNCERTAIN', retryable: true });
    expect(ses.commandCalls(SendRawEmailCommand)).toHaveLength(1);
  });

  test.each(['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN'])('%s: nothing was sent', async (code) => {
    ses.on(SendRawEmailCommand).rejects(Object.assign(new Error(code), { code, hostname: 'email.x' }));
    await expect(send()).rejects.toMatchObject({ code: 'MAIL_DEFERRED', retryable: true });
  });

  test.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])('%s: it may have arrived', async (code) => {
    ses.on(SendRawEmailCommand).rejects(Object.assign(new Error(code), { code }));
    await expect(send([0])).rejects.toMatchObject({ code: 'MAIL_UNCERTAIN' });
  });
});

describe('a connection that breaks after the message was handed over', () => {
  let server: Server;
  let requests = 0;
  beforeEach(async () => {
    ses.restore();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    requests = 0;
    server = createServer((request) => {
      request.resume().on('end', () => {
        requests += 1;
        request.socket.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    server.close();
  });

  test('is uncertain, and the SDK has not repeated it by itself', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const mailer = mailerFromEnv({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_SES: url });
    await expect(mailer.send(message())).rejects.toMatchObject({ code: 'MAIL_UNCERTAIN' });
    expect(requests).toBe(1);
  });
});

describe('what doctor asks SES', () => {
  const mocked = mockClient(SESClient);
  beforeEach(() => mocked.reset());
  afterAll(() => mocked.restore());
  const account = (quota: number, enabled: boolean, states: Record<string, 'Success' | 'Pending'>) => {
    mocked.on(GetSendQuotaCommand).resolves({ Max24HourSend: quota, SentLast24Hours: 3 });
    mocked.on(GetAccountSendingEnabledCommand).resolves({ Enabled: enabled });
    const entries = Object.entries(states).map(([name, VerificationStatus]) => [
      name,
      { VerificationStatus },
    ]);
    mocked
      .on(GetIdentityVerificationAttributesCommand)
      .resolves({ VerificationAttributes: Object.fromEntries(entries) });
    return sesAccount(mocked as unknown as SESClient, 'Vigie <vigie@marelune.example>');
  };

  test('a new account is in its sandbox', async () => {
    expect(await account(200, true, {})).toEqual({
      sandbox: true,
      sendingEnabled: true,
      dailyQuota: 200,
      sentToday: 3,
      senderVerified: false,
    });
  });

  test('a sender is verified by its address or by its domain', async () => {
    expect(await account(50_000, false, { 'marelune.example': 'Success' })).toMatchObject({
      sandbox: false,
      sendingEnabled: false,
      senderVerified: true,
    });
    expect(await account(50_000, true, { 'vigie@marelune.example': 'Pending' })).toMatchObject({
      senderVerified: false,
    });
    expect(mocked.commandCalls(GetIdentityVerificationAttributesCommand)[0]?.args[0].input).toEqual({
      Identities: ['vigie@marelune.example', 'marelune.example'],
    });
  });
});
