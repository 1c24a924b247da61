import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SESClient, VerifyDomainIdentityCommand } from '@aws-sdk/client-ses';

/** A message that moto's SES took. */
export interface SentMail {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | null;
}

/** What shall go wrong, on demand; used up by what it hits. */
export interface MailFaults {
  /** So many messages are refused as sent too fast; they do not reach moto. */
  throttle: number;
  /** So many messages are taken by moto, and the answer is lost. */
  drop: number;
}

/** Before moto's SES: notes the messages it took, which moto itself shows to nobody. */
export interface MailRecorder {
  readonly url: string;
  readonly mails: readonly SentMail[];
  readonly faults: MailFaults;
  stop(): Promise<void>;
}

/** Starts it. Everything is handed on to moto; `domains` are verified as senders. */
export async function startMailRecorder(
  motoUrl: string,
  domains: readonly string[] = [],
): Promise<MailRecorder> {
  const mails: SentMail[] = [];
  const faults: MailFaults = { throttle: 0, drop: 0 };
  const server = createServer((request, response) => void forward(motoUrl, mails, faults, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SESClient({ endpoint: motoUrl, region: 'eu-west-1', credentials });
  for (const Domain of domains) await client.send(new VerifyDomainIdentityCommand({ Domain }));
  client.destroy();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    faults,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function forward(
  motoUrl: string,
  mails: SentMail[],
  faults: MailFaults,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  const form = new URLSearchParams(body.toString());
  const isMail = form.get('Action') === 'SendRawEmail';
  if (form.get('Action') === 'GetAccountSendingEnabled') {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(ENABLED);
    return;
  }
  if (isMail && faults.throttle > 0) {
    faults.throttle -= 1;
    response.writeHead(400, { 'content-type': 'text/xml' }).end(TOO_FAST);
    return;
  }
  const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
  const answer = await fetch(motoUrl + (request.url ?? '/'), {
    method: 'POST',
    headers: headers as Record<string, string>,
    body,
  });
  const text = await answer.text();
  if (isMail && answer.ok) {
    mails.push(mailOf(form, text));
    if (faults.drop > 0) {
      faults.drop -= 1;
      request.socket.destroy();
      return;
    }
  }
  response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(text);
}

const TOO_FAST = `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">
  <Error><Type>Sender</Type><Code>Throttling</Code><Message>Maximum sending rate exceeded.</Message></Error>
  <RequestId>0</RequestId></ErrorResponse>`;

/** Which moto does not know. */
const ENABLED = `<GetAccountSendingEnabledResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">
  <GetAccountSendingEnabledResult><Enabled>true</Enabled></GetAccountSendingEnabledResult>
  <ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></GetAccountSendingEnabledResponse>`;

function mailOf(form: URLSearchParams, answer: string): SentMail {
  const members = (prefix: string): string[] =>
    [...form].filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
  const names = members('Tags.member.').filter((_, index) => index % 2 === 0);
  const values = members('Tags.member.').filter((_, index) => index % 2 === 1);
  return {
    id: /<MessageId>(.*?)<\/MessageId>/.exec(answer)?.[1] ?? '',
    from: form.get('Source') ?? '',
    to: members('Destinations.member.'),
    raw: Buffer.from(form.get('RawMessage.Data') ?? '', 'base64'),
    tags: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
    configurationSet: form.get('ConfigurationSetName'),
  };
}
