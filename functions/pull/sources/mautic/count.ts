import type { RecordReader } from '../../api/record-reader.ts';
import { isoInstant } from '../../api/values.ts';

/** What became of the mails of an e-mail that were sent within a quarter of an hour: zones differ by no less. */
export interface Quarter {
  /** Its beginning, UTC. */
  readonly at: string;
  sent: number;
  undelivered: number;
  opened: number;
  clicked: number;
  unsubscribed: number;
}

/** By e-mail, by quarter of an hour. Nobody's number is in it. */
export type Counts = Map<string, Map<string, Quarter>>;

/** When a recipient of an e-mail did something last, in milliseconds; by number of the e-mail and of the contact. */
export type Deeds = ReadonlyMap<string, number>;

/** What recipients did, or what happened to their mails. */
export interface Happened {
  readonly bounced: Deeds;
  readonly unsubscribed: Deeds;
  readonly clicked: Deeds;
}

/** Notes a deed; one without a contact or an e-mail is nobody's. */
export function note(deeds: Map<string, number>, row: RecordReader, email: string, at: string): void {
  const [emailId, leadId] = [row.textOrNull(email), row.textOrNull('lead_id')];
  if (emailId === null || leadId === null) return;
  const key = `${emailId} ${leadId}`;
  deeds.set(key, Math.max(deeds.get(key) ?? 0, instantOf(row, at)));
}

/**
 * Counts a mail. It failed where Mautic says so, and where its recipient's address was found dead after it: webhooks that
 * know no mail leave `is_failed` as it is. https://github.com/mautic/mautic/pull/11965
 */
export function count(counts: Counts, row: RecordReader, happened: Happened): void {
  const emailId = row.textOrNull('email_id');
  // A mail that somebody wrote to one contact, or one of an e-mail that was deleted.
  if (emailId === null) return;
  const sentAt = instantOf(row, 'date_sent');
  const key = `${emailId} ${row.textOrNull('lead_id')}`;
  const since = (deeds: Deeds): boolean => (deeds.get(key) ?? 0) >= sentAt;
  const quarter = quarterOf(counts, emailId, sentAt);
  quarter.sent += 1;
  if (flag(row, 'is_failed') || since(happened.bounced)) quarter.undelivered += 1;
  if (flag(row, 'is_read')) quarter.opened += 1;
  if (since(happened.clicked)) quarter.clicked += 1;
  if (since(happened.unsubscribed)) quarter.unsubscribed += 1;
}

const QUARTER_MS = 15 * 60_000;

function quarterOf(counts: Counts, emailId: string, sentAt: number): Quarter {
  const quarters = counts.get(emailId) ?? new Map<string, Quarter>();
  counts.set(emailId, quarters);
  const at = new Date(Math.floor(sentAt / QUARTER_MS) * QUARTER_MS).toISOString();
  const nothing = { sent: 0, undelivered: 0, opened: 0, clicked: 0, unsubscribed: 0 };
  const quarter = quarters.get(at) ?? { at, ...nothing };
  quarters.set(at, quarter);
  return quarter;
}

/** Tables hold UTC, written `2026-11-20 08:00:00`. */
const instantOf = (row: RecordReader, column: string): number =>
  Date.parse(row.as(column, (at) => isoInstant(at)));

function flag(row: RecordReader, column: string): boolean {
  const value = row.booleanOrNull(column);
  if (value === null) throw row.error(column, 'is empty, but required');
  return value;
}
