import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { VigieError } from '../errors.ts';
import type { Mailer, OutgoingMessage } from '../mailer.ts';
import { learnUrl } from '../redact/learn-secret.ts';
import { openRedactor, type Redactor } from '../redact/redactor.ts';
import type { Secrets } from '../secrets.ts';
import type { SendReceipt } from '../sender.ts';
import { smtpError } from './smtp-errors.ts';
import { connectionRules, serverUrl } from './smtp-server.ts';

export interface SmtpOptions {
  readonly secrets: Pick<Secrets, 'get'>;
  /** Name of the secret that holds the server's URL, `smtps://user:password@host:465`. */
  readonly secret: string;
  /** Pauses before further attempts after a passing failure, in ms. Servers that greylist want minutes: the next run. */
  readonly retryAfter?: readonly number[];
  /** How long the server may keep silent, in ms. All together must stay far below the outbox's claim time. */
  readonly timeout?: number;
  /** What servers say is shown and kept without what it knows. */
  readonly redactor?: Redactor;
}

const TIMEOUT = 60_000;
const RETRY_AFTER = [1_000, 5_000];

/** Sends by SMTP, one connection a message: a company's morning is a handful of mails. */
export function smtpMailer(options: SmtpOptions): Mailer {
  const { redactor = openRedactor(), timeout = TIMEOUT } = options;
  return {
    idempotent: false,
    async send(message) {
      const url = serverUrl(await options.secrets.get(options.secret));
      learnUrl(redactor, url);
      redactor.learnAddress(message.to);
      const way = { url, timeout, redactor };
      for (const pause of options.retryAfter ?? RETRY_AFTER) {
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
  readonly url: URL;
  readonly timeout: number;
  readonly redactor: Redactor;
}

async function attempt({ url, timeout, redactor }: Way, message: OutgoingMessage): Promise<SendReceipt> {
  const body = lazily(message.raw);
  const limits = {
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
  };
  // Most commands send nothing.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: url.href,
    ...limits,
    ...connectionRules(url),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // nodemailer reads the body only after the server said "354 go ahead": so we know what a broken connection means.
  transport.use('stream', (mail, done) => {
    mail.message.createReadStream = () => body.stream;
    done();
  });
  try {
    const info = await transport.sendMail({ envelope: { from: message.from, to: [message.to] }, raw: '' });
    return { reference: redactor.text(info.response ?? info.messageId) };
  } catch (error) {
    throw smtpError(error, { url, bodyWasRead: body.wasRead(), redactor });
  } finally {
    transport.close();
  }
}

function lazily(bytes: Uint8Array): { stream: Readable; wasRead(): boolean } {
  let read = false;
  const stream = new Readable({
    read() {
      if (!read) this.push(Buffer.from(bytes));
      this.push(null);
      read = true;
    },
  });
  return { stream, wasRead: () => read };
}
