import type { ChannelSettings } from '../../lake/company/channel.ts';
import { VigieError } from '../../platform/errors.ts';
import { type HttpResponse, readBody } from '../../platform/http.ts';
import type { Platform } from '../../platform/platform.ts';
import { learnSecret } from '../../platform/redact/learn-secret.ts';
import type { MailContent } from '../letters/blocks.ts';
import { asChannel, type Channel, type Reader } from './channel.ts';

type Needed = Pick<Platform, 'http' | 'secrets' | 'redactor'>;

/** A chat that takes messages by a webhook: an address that is the credential, too. */
export interface WebhookChat {
  readonly kind: ChannelSettings['kind'];
  /** As people call it: `Slack`. */
  readonly title: string;
  /** With which statuses it says that it has the message. */
  readonly taken: readonly number[];
  /** Where people find the address. */
  readonly addressHint: string;
  /** A letter in its form, as JSON. Pure. */
  payload(content: MailContent): object;
  /** The word by which it says why it refuses, in the body of its answer; undefined: it says none that is known. */
  reason(body: string): string | undefined;
  /** What to do, by that word or by status; undefined: to look at the webhook. */
  remedy(word: string | undefined, status: number): string | undefined;
}

interface WebhookReader extends Reader {
  readonly name: string;
  readonly secret: string;
}

interface WebhookMessage {
  /** The place in vigie.yaml it goes to. */
  readonly name: string;
  /** Name of the secret that holds the webhook's address. */
  readonly secret: string;
  readonly payload: object;
}

/**
 * A chat as a channel. A webhook has no identity for a message: a request whose answer was lost is sent once more
 * at most, as a mail is (lake/run/outbox.ts).
 */
export const webhookChannel = (
  platform: Needed,
  chat: WebhookChat,
  settings: readonly ChannelSettings[],
): Channel =>
  asChannel<WebhookReader, WebhookMessage>({
    name: chat.kind,
    readers: settings.map((each) => ({
      ...each,
      key: `${chat.kind}-${each.name}`,
      by: `${chat.title}: ${each.name}`,
    })),
    compose: async (content, { to: { name, secret } }) => ({ name, secret, payload: chat.payload(content) }),
    sender: {
      idempotent: false,
      async send(message) {
        await post(platform, chat, message);
        return { reference: `${chat.kind}: ${message.name}` };
      },
    },
    async write(bucket, { payload }, id, asOf) {
      const reference = `mail/${asOf}/${id}.json`;
      await bucket.write(reference, `${JSON.stringify(payload, null, 2)}\n`);
      return { reference };
    },
  });

const TRIES = 3;
/** Chats ask for a second or two; who asks for more than this is asked again by the next run. */
const LONGEST_WAIT_MS = 60_000;

/** Posts a message. Throws `MAIL_UNCERTAIN` where nobody knows whether it arrived; any other code: it has not. */
async function post(platform: Needed, chat: WebhookChat, message: WebhookMessage): Promise<void> {
  const url = await addressOf(platform, chat, message);
  for (let tried = 1; ; tried += 1) {
    const response = await answerOf(platform, chat, message, url);
    if (chat.taken.includes(response.status)) return void (await response.cancel());
    if (response.status !== 429) throw await refusal(response, chat, message);
    const wait = Number(response.headers.get('retry-after') ?? 1) * 1000;
    await response.cancel();
    if (tried === TRIES || !(wait <= LONGEST_WAIT_MS)) throw busy(chat, message);
    await platform.http.pause(wait);
  }
}

const codeOf = ({ kind }: WebhookChat, what: string): string => `${kind.toUpperCase()}_${what}`;

/** The address is the credential: whoever has it can write into the channel. */
async function addressOf(
  { secrets, redactor }: Needed,
  chat: WebhookChat,
  { name, secret }: WebhookMessage,
): Promise<string> {
  const url = (await secrets.get(secret)).trim();
  learnSecret(redactor, url);
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && parsed.hostname === '127.0.0.1'))
    return url;
  throw new VigieError(
    `the secret ${secret} of the ${chat.title} channel ${name} is no address of a webhook`,
    {
      code: codeOf(chat, 'ADDRESS'),
      where: { field: `channels.${name}.secret` },
      hint: chat.addressHint,
    },
  );
}

/** Reasons for which no connection came about: nothing was sent. */
const NOT_CONNECTED =
  /\((?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)\)/;

async function answerOf(
  { http }: Needed,
  chat: WebhookChat,
  { name, payload }: WebhookMessage,
  url: string,
): Promise<HttpResponse> {
  try {
    return await http.send({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(payload),
      timeoutMs: 15_000,
      mostMs: 30_000,
    });
  } catch (cause) {
    if (!(cause instanceof VigieError) || !cause.retryable || NOT_CONNECTED.test(cause.message)) throw cause;
    throw uncertain(chat, name, cause.message, cause);
  }
}

const uncertain = ({ title }: WebhookChat, name: string, why: string, cause?: unknown): VigieError =>
  new VigieError(`the ${title} channel ${name} may have a message or not: ${why}`, {
    code: 'MAIL_UNCERTAIN',
    retryable: true,
    hint: 'The next run sends it once more; the channel may then show it twice.',
    cause,
  });

async function refusal(
  response: HttpResponse,
  chat: WebhookChat,
  { name, secret }: WebhookMessage,
): Promise<VigieError> {
  const { status } = response;
  const word = chat.reason((await readBody(response, 64 * 1024)).toString('utf8').trim());
  const said = word ?? `status ${status}`;
  if (status >= 500) return uncertain(chat, name, `it answered ${said}`);
  return new VigieError(`${chat.title} took no message for the channel ${name}: ${said}`, {
    code: codeOf(chat, 'REFUSED'),
    where: { field: `channels.${name}` },
    hint: chat.remedy(word, status) ?? `Look at the webhook in ${chat.title}, and at the secret ${secret}.`,
  });
}

const busy = (chat: WebhookChat, { name }: WebhookMessage): VigieError =>
  new VigieError(
    `${chat.title} asked to wait with messages for the channel ${name}, ${TRIES} times or too long`,
    {
      code: codeOf(chat, 'BUSY'),
      retryable: true,
      hint: 'Nothing went out. The next run sends it; `vigie send` does at once.',
    },
  );
