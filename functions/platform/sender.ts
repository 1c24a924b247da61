/** A way out for messages of one form: mails, chat messages. It sends; it decides nothing. */
export interface Sender<Message> {
  /** True when sending the same message twice leaves one (a file): the outbox may then retry blindly. */
  readonly idempotent: boolean;
  /**
   * True where nobody is sent anything: messages are left as files to look at. Should a company change to a sender that
   * sends, what was only left as a file counts as not sent.
   */
  readonly onlyFiles?: true;
  /**
   * Sends a finished message. Throws a `VigieError`; `retryable` tells whether to try again. The code `MAIL_UNCERTAIN`
   * says that the message may have arrived; any other, that it has not.
   */
  send(message: Message): Promise<SendReceipt>;
}

export interface SendReceipt {
  /** The provider's message id, or the path of the file written. */
  readonly reference: string;
}
