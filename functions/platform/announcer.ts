/** A channel that chat and paging tools listen to: an SNS topic on AWS. */
export interface Announcer {
  announce(announcement: Announcement): Promise<{ readonly reference: string }>;
}

export interface Announcement {
  /** For filters of subscribers. */
  readonly kind: 'alert' | 'run-broken';
  /** One line, at most 100 characters of ASCII arrive in a mail's subject. */
  readonly subject: string;
  readonly text: string;
  readonly facts: Readonly<Record<string, string>>;
}
