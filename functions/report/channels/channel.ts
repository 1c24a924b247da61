import type { Members } from '../../lake/company/members.ts';
import type { MailKind, ReviewSpan } from '../../lake/company/readers.ts';
import type { Weekday } from '../../lake/values/day.ts';
import type { Bucket } from '../../platform/bucket.ts';
import type { Sender, SendReceipt } from '../../platform/sender.ts';
import type { MailContent } from '../letters/blocks.ts';

/** Somebody, or a place where several read, that is told of a day. */
export interface Reader {
  /** Stands in the ids of letters, and so in logs and manifests: it holds no address. */
  readonly key: string;
  /** Tag of the language it is told in. */
  readonly language: string;
  /** Decide which alerts it gets; `ops` hears of trouble with the run. */
  readonly roles: readonly string[];
  /** Whether it gets the digest; absent: executives do. */
  readonly digest?: boolean | undefined;
  /** The figures of its digest; absent: those of its roles, or of the company. */
  readonly kpis?: readonly string[] | undefined;
  /** The figures and alerts of these members, and of nothing else; absent: of the company. */
  readonly members?: Members | undefined;
  /** The days whose digest it gets; absent: all. */
  readonly weekdays?: readonly Weekday[] | undefined;
  /** From which hour on it is told of a day; absent: that of its roles, else with the run. */
  readonly hour?: number | undefined;
  /** The lists of its digest; absent: those of its roles. */
  readonly lists?: readonly string[] | undefined;
  /** What it is sent one person alone reads: it may name customers. */
  readonly personal?: true;
  /** How often it is told how it goes; absent: daily. */
  readonly summary?: 'daily' | ReviewSpan | undefined;
  /** Who is written down for what is done by a link of its letters; it holds no address. Absent: its key. */
  readonly by?: string | undefined;
  /** Every alert, whatever its roles, and nothing else: a topic that other tools listen to. */
  readonly everyAlert?: true;
}

/** What is to be told to whom, and under which id. */
export interface Envelope<To> {
  /** The same for the same news of the same day, reader and kind. */
  readonly id: string;
  readonly kind: MailKind;
  readonly asOf: string;
  readonly to: To;
}

/**
 * A way in which people are told of a day: who its readers are, what form a letter takes, how it leaves. What is told to
 * whom, and that it is told once, is the same for all (letters/plan.ts, tell-day.ts). A new one is a file here, its line in
 * channels.ts and what vigie.yaml may say of it (lake/company/channel.ts).
 */
export interface Channel<To extends Reader = Reader, Message = unknown> {
  /** As people call it: `mail`, `slack`, `teams`. */
  readonly name: string;
  readonly readers: readonly To[];
  /** A letter in the channel's form. Pure, but for the drawing of pictures. */
  compose(content: MailContent, envelope: Envelope<To>): Promise<Message>;
  /** How it leaves; by its `idempotent` the outbox knows what a broken connection means. */
  readonly sender: Sender<Message>;
  /** Leaves a message as a file to look at, while nobody is sent anything. */
  write(bucket: Bucket, message: Message, id: string, asOf: string): Promise<SendReceipt>;
}

/** Whom a letter is for, by its id; undefined where that reader is told no more. */
export const readerOf = (channels: readonly Pick<Channel, 'readers'>[], id: string): Reader | undefined =>
  channels.flatMap(({ readers }) => readers).find(({ key }) => id.endsWith(`.${key}`));

/** A channel as the others: only it knows what its readers and messages are. */
export const asChannel = <To extends Reader, Message>(channel: Channel<To, Message>): Channel =>
  channel as unknown as Channel;
