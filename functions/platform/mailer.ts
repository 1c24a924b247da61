/** The way out for messages: `.eml` files or SMTP on one machine, SES on AWS. A mailer sends; it decides nothing. */
export interface Mailer {
  /** True when sending the same `id` twice leaves one message (a file): the outbox may then retry blindly. */
  readonly idempotent: boolean;
  /**
   * True where nobody is sent anything: messages are left as files to look at. Should a company change to a mailer that
   * sends, what was only left as a file counts as not sent.
   */
  readonly onlyFiles?: true;
  /**
   * Sends a finished MIME message. Throws a `VigieError`; `retryable` tells whether to try again. The code
   * `MAIL_UNCERTAIN` says that the message may have arrived; any other, that it has not.
   */
  send(message: OutgoingMessage): Promise<SendReceipt>;
}

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

export interface SendReceipt {
  /** The provider's message id, or the path of the file written. */
  readonly reference: string;
}
