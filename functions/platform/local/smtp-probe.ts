import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createTransport } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { learnUrl } from '../redact/learn-secret.ts';
import type { Redactor } from '../redact/redactor.ts';
import { smtpError } from './smtp-errors.ts';
import { connectionRules, serverUrl } from './smtp-server.ts';

/** What a mail server showed of itself. */
export interface SmtpProbe {
  readonly host: string;
  readonly port: number;
  /** `TLSv1.3`; null: the connection is in the clear. */
  readonly tls: string | null;
  /** Last day of the server's certificate, as it writes it; null without TLS. */
  readonly validTo: string | null;
  /** The user who was let in; null: the secret names none. */
  readonly user: string | null;
}

const TIMEOUT = 20_000;

/** Connects and logs in as the mailer would, and sends nothing. Throws what the mailer throws. */
export async function probeSmtp(secret: string, redactor: Redactor): Promise<SmtpProbe> {
  const url = serverUrl(secret);
  learnUrl(redactor, url);
  const { options } = createTransport({ url: url.href, ...connectionRules(url) }) as unknown as {
    options: SMTPConnection.Options;
  };
  const limits = { connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT };
  const servername = isIP(url.hostname) ? {} : { servername: url.hostname };
  const connection = new SMTPConnection({ ...options, ...limits, ...servername });
  try {
    await connected(connection);
    const user = decodeURIComponent(url.username) || null;
    if (user !== null) await loggedIn(connection, user, decodeURIComponent(url.password));
    const socket = (connection as unknown as { _socket: Partial<TLSSocket> })._socket;
    return {
      host: url.hostname,
      port: Number(options.port ?? (options.secure ? 465 : 587)),
      tls: connection.secure ? (socket.getProtocol?.() ?? 'TLS') : null,
      validTo: connection.secure ? (socket.getPeerCertificate?.()?.valid_to ?? null) : null,
      user,
    };
  } catch (error) {
    throw smtpError(error, { url, bodyWasRead: false, redactor });
  } finally {
    connection.quit();
    connection.close();
  }
}

const connected = (connection: SMTPConnection): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error) => (error ? reject(error) : resolve()));
  });

const loggedIn = (connection: SMTPConnection, user: string, pass: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.login({ user, pass, credentials: { user, pass } } as never, (error) =>
      error ? reject(error) : resolve(),
    );
  });
