import { setTimeout as sleep } from 'node:timers/promises';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { VigieError } from '../errors.ts';
import type { Mailer, OutgoingMessage } from '../mailer.ts';
import { openRedactor, type Redactor } from '../redact/redactor.ts';
import type { SendReceipt } from '../sender.ts';
import type { Environment } from './aws-environment.ts';
import { clientSettings } from './client-settings.ts';
import { sesError } from './ses-errors.ts';

export interface SesOptions {
  /** Made by `sesClient`: the SDK must not repeat a request by itself, a lost answer would become a second mail. */
  readonly client: SESClient;
  readonly configurationSet?: string;
  /** Pauses before further attempts after what surely was not sent and may pass, in ms. */
  readonly retryAfter?: readonly number[];
  /** What SES says is shown and kept without what it knows. */
  readonly redactor?: Redactor;
}

const RETRY_AFTER = [1_000, 5_000];

/** A client that tries once: what to repeat is for the mailer and the outbox to decide. */
export const sesClient = (env: Environment): SESClient =>
  new SESClient({ ...clientSettings(env, 'SES'), maxAttempts: 1 });

/** The mailer of the stack. */
export function mailerFromEnv(env: Environment): Mailer {
  const configurationSet = env['VIGIE_SES_CONFIGURATION_SET'];
  return sesMailer({ client: sesClient(env), ...(configurationSet ? { configurationSet } : {}) });
}

/**
 * Sends by Amazon SES (`SendRawEmail`). SES knows no "send this once", and puts a Message-ID of its own in place of
 * ours; the outbox makes it once. Errors: those of `ses-errors.ts`.
 */
export function sesMailer({
  client,
  configurationSet,
  retryAfter = RETRY_AFTER,
  redactor = openRedactor(),
}: SesOptions): Mailer {
  const way = { client, configurationSet, redactor };
  return {
    idempotent: false,
    async send(message) {
      redactor.learnAddress(message.to);
      for (const pause of retryAfter) {
        try {
          return await attempt(way, message);
        } catch (error) {
          if (!(error instanceof VigieError && error.code === 'MAIL_DEFERRED')) throw error;
          await sleep(pause);
        }
      }
      return attempt(way, message);
    },
  };
}

interface Way {
  readonly client: SESClient;
  readonly configurationSet: string | undefined;
  readonly redactor: Redactor;
}

async function attempt(
  { client, configurationSet, redactor }: Way,
  message: OutgoingMessage,
): Promise<SendReceipt> {
  const command = new SendRawEmailCommand({
    Source: message.from,
    Destinations: [message.to],
    RawMessage: { Data: message.raw },
    Tags: Object.entries({ ...message.tags, vigie_id: message.id }).map(([name, value]) => ({
      Name: tagText(name),
      Value: tagText(value),
    })),
    ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
  });
  try {
    const { MessageId } = await client.send(command);
    return { reference: MessageId ?? message.id };
  } catch (error) {
    throw redactor.error(sesError(error, message));
  }
}

/** SES takes letters, digits, `_` and `-` in a tag, at most 256 of them. */
const tagText = (text: string): string => text.replaceAll(/[^\w-]/g, '_').slice(0, 256);
