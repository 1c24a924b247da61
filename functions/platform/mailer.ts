import type { Sender } from './sender.ts';

/** The way out for mails: `.eml` files or SMTP on one machine, SES on AWS. */
export type Mailer = Sender<OutgoingMessage>;

export interface OutgoingMessage {
  /** Deterministic identity: same recipient, same day, same kind gives the same id; also the Message-ID's local part. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The whole RFC 5322 message. */
  readonly raw: Uint8Array;
  /** As-of date it is about: files are kept by it. */
  readonly asOf: string;
  /** The same message as one HTML page, images inlined: for mailers that leave files for people to open. */
  readonly page: string;
  /** For the provider's statistics, such as `{ kind: 'digest' }`. */
  readonly tags: Readonly<Record<string, string>>;
}
