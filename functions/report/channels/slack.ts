import type { ChannelSettings } from '../../lake/company/channel.ts';
import { VigieError } from '../../platform/errors.ts';
import { type HttpResponse, readBody } from '../../platform/http.ts';
import type { Platform } from '../../platform/platform.ts';
import { learnSecret } from '../../platform/redact/learn-secret.ts';
import { asChannel, type Channel, type Reader } from './channel.ts';
import { type SlackPayload, slackPayload } from './slack-blocks.ts';

type Needed = Pick<Platform, 'http' | 'secrets' | 'redactor'>;

interface SlackReader extends Reader {
  readonly name: string;
  readonly secret: string;
}

interface SlackMessage {
  /** The place in vigie.yaml it goes to. */
  readonly name: string;
  /** Name of the secret that holds the webhook's address. */
  readonly secret: string;
  readonly payload: SlackPayload;
}

/**
 * Slack, by incoming webhooks. A webhook has no identity for a message: a request whose answer was lost is sent once more
 * at most, as a mail is (lake/run/outbox.ts).
 */
export const slackChannel = (platform: Needed, settings: readonly ChannelSettings[]): Channel =>
  asChannel<SlackReader, SlackMessage>({
    name: 'slack',
    readers: settings.map((each) => ({ ...each, key: `slack-${each.name}` })),
    compose: async (content, { to: { name, secret } }) => ({ name, secret, payload: slackPayload(content) }),
    sender: {
      idempotent: false,
      async send(message) {
        await post(platform, message);
        return { reference: `slack: ${message.name}` };
      },
    },
    async write(bucket, { payload }, id, asOf) {
      const reference = `mail/${asOf}/${id}.json`;
      await bucket.write(reference, `${JSON.stringify(payload, null, 2)}\n`);
      return { reference };
    },
  });

const TRIES = 3;
/** Slack asks for a second or two; who asks for more than this is asked again by the next run. */
const LONGEST_WAIT_MS = 60_000;

/** Posts a message. Throws `MAIL_UNCERTAIN` where nobody knows whether it arrived; any other code: it has not. */
async function post(platform: Needed, message: SlackMessage): Promise<void> {
  const url = await addressOf(platform, message);
  for (let tried = 1; ; tried += 1) {
    const response = await answerOf(platform, message, url);
    if (response.status === 200) return void (await response.cancel());
    if (response.status !== 429) throw await refusal(response, message);
    const wait = Number(response.headers.get('retry-after') ?? 1) * 1000;
    await response.cancel();
    if (tried === TRIES || !(wait <= LONGEST_WAIT_MS)) throw busy(message);
    await platform.http.pause(wait);
  }
}

/** The address is the credential: whoever has it can write into the channel. */
async function addressOf({ secrets, redactor }: Needed, { name, secret }: SlackMessage): Promise<string> {
  const url = (await secrets.get(secret)).trim();
  learnSecret(redactor, url);
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && parsed.hostname === '127.0.0.1'))
    return url;
  throw new VigieError(`the secret ${secret} of the Slack channel ${name} is no address of a webhook`, {
    code: 'SLACK_ADDRESS',
    where: { field: `channels.${name}.secret` },
    hint: 'Slack shows it under “Incoming Webhooks” of your app: it begins with https://hooks.slack.com/services/.',
  });
}

/** Reasons for which no connection came about: nothing was sent. */
const NOT_CONNECTED =
  /\((?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)\)/;

async function answerOf(
  { http }: Needed,
  { name, payload }: SlackMessage,
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
    throw uncertain(name, cause.message, cause);
  }
}

const uncertain = (name: string, why: string, cause?: unknown): VigieError =>
  new VigieError(`the Slack channel ${name} may have a message or not: ${why}`, {
    code: 'MAIL_UNCERTAIN',
    retryable: true,
    hint: 'The next run sends it once more; the channel may then show it twice.',
    cause,
  });

/** What Slack says in one word: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
const REMEDIES: Readonly<Record<string, string>> = {
  no_service:
    'The webhook was removed or switched off. Make a new one in Slack and store its address as the secret.',
  no_team: 'The webhook’s workspace is gone. Make a new one in Slack and store its address as the secret.',
  invalid_token:
    'The address is not one of Slack’s any more. Make a new webhook and store its address as the secret.',
  channel_is_archived: 'Its channel is archived. Bring it back, or make a webhook for another one.',
  channel_not_found: 'Its channel is gone. Make a webhook for another one.',
  action_prohibited: 'The workspace does not let this app post. Ask who administers it.',
  posting_to_general_channel_denied:
    'The workspace does not let apps post into its general channel. Use another one.',
};

async function refusal(response: HttpResponse, { name, secret }: SlackMessage): Promise<VigieError> {
  const { status } = response;
  const body = (await readBody(response, 64 * 1024)).toString('utf8').trim();
  const word = /^[a-z_]{3,60}$/.test(body) ? body : `status ${status}`;
  if (status >= 500) return uncertain(name, `it answered ${word}`);
  return new VigieError(`Slack took no message for the channel ${name}: ${word}`, {
    code: 'SLACK_REFUSED',
    where: { field: `channels.${name}` },
    hint: REMEDIES[word] ?? `Look at the webhook in Slack, and at the secret ${secret}.`,
  });
}

const busy = ({ name }: SlackMessage): VigieError =>
  new VigieError(`Slack asked to wait with messages for the channel ${name}, ${TRIES} times or too long`, {
    code: 'SLACK_BUSY',
    retryable: true,
    hint: 'Nothing went out. The next run sends it; `vigie send` does at once.',
  });
