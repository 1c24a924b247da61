import { type Bucket, writeJson } from '../../platform/bucket.ts';
import type { Clock } from '../../platform/clock.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Sender } from '../../platform/sender.ts';
import { readStateIfSound } from '../state/file.ts';

/**
 * Every message goes out once. The record of it is append-only, a folder a message:
 *
 *     outbox/<as_of>/<id>/1-claim.json       created before sending; whoever creates it sends
 *     outbox/<as_of>/<id>/1-sent.json        written after sending
 *     outbox/<as_of>/<id>/1-not-sent.json    … or that it surely did not go out: the next run makes attempt 2
 *
 * A claim with neither is the gap: its run died, or the connection broke, between sending and writing. What happens
 * then is decided by `nextStep` and told in docs/digest.md.
 */
export interface OutboxRecord {
  readonly id: string;
  readonly attempt: number;
  readonly run: string;
  /** ISO UTC. */
  readonly at: string;
  readonly covers: readonly string[];
  /** True when an earlier attempt may have arrived: this one has the same Message-ID, mail systems show it once. */
  readonly possibleDuplicate: boolean;
  readonly reference?: string;
  /** True where the message was left as a file and sent to nobody. */
  readonly onlyFile?: true;
  /** Why it was sent though its reader had it before. */
  readonly reason?: string;
  readonly problem?: { readonly code: string; readonly message: string };
}

export interface Delivery {
  readonly status: 'sent' | 'already sent';
  readonly reference: string | null;
}

interface OutboxPlatform<Message> {
  readonly bucket: Bucket;
  readonly sender: Sender<Message>;
  readonly clock: Clock;
}

/** Whether an object of the outbox says that its message went out. */
export const isReceipt = (key: string): boolean => /\/\d+-sent\.json$/.test(key);

export const outboxPrefix = (asOf: string): string => `outbox/${asOf}/`;

/** How long a claim counts as "somebody is sending it now". Longer than any attempt of a sender lasts. */
export const CLAIM_MINUTES = 15;
/** A message is sent at most this often when nobody knows whether it arrived. */
const MOST_UNCERTAIN = 2;

type Outcome = 'sent' | 'not-sent' | 'open';
interface Attempt {
  readonly number: number;
  readonly outcome: Outcome;
}

/** A message that may have to be sent: made only when it is. */
export interface Letter<Message> {
  readonly id: string;
  readonly asOf: string;
  /** What it tells (alert events, problems): recorded, so that a later message does not tell it again. */
  readonly covers: readonly string[];
  /** Of a message that repeats another one: why. */
  readonly reason?: string;
  compose(): Promise<Message>;
}

/**
 * Sends a message unless it was sent before. Safe to call again at any time, and from two runs at once.
 * Throws what composing and the sender throw; `MAIL_IN_HAND` while another run is sending it; `MAIL_UNCERTAIN` when it
 * was tried twice without ever learning whether it arrived.
 */
export async function deliver<Message>(
  platform: OutboxPlatform<Message>,
  letter: Letter<Message>,
  run: string,
): Promise<Delivery> {
  const { bucket, sender, clock } = platform;
  const folder = `${outboxPrefix(letter.asOf)}${letter.id}/`;
  const attempts = await attemptsIn(bucket, folder, sender);
  const sent = attempts.find((attempt) => attempt.outcome === 'sent');
  if (sent) {
    const receipt = await readStateIfSound<OutboxRecord>(bucket, `${folder}${sent.number}-sent.json`);
    return { status: 'already sent', reference: receipt?.reference ?? null };
  }
  const attempt = await nextStep(platform, letter.id, folder, attempts);
  const message = await letter.compose();
  const possibleDuplicate = !sender.idempotent && attempts.some((each) => each.outcome === 'open');
  const at = clock.now().toISOString();
  const { id, covers, reason } = letter;
  const told = {
    ...(sender.onlyFiles && { onlyFile: true as const }),
    ...(reason !== undefined && { reason }),
  };
  const record: OutboxRecord = { id, attempt, run, at, covers, possibleDuplicate, ...told };
  const claimed = await bucket.create(`${folder}${attempt}-claim.json`, json(record));
  if (!claimed && !sender.idempotent) throw inHand(letter.id);
  return send(platform, message, folder, record);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

async function send<Message>(
  platform: OutboxPlatform<Message>,
  message: Message,
  folder: string,
  record: OutboxRecord,
): Promise<Delivery> {
  const outcome = (word: Outcome): string => `${folder}${record.attempt}-${word}.json`;
  const now = (): OutboxRecord => ({ ...record, at: platform.clock.now().toISOString() });
  let reference: string;
  try {
    ({ reference } = await platform.sender.send(message));
  } catch (error) {
    // By the sender's contract: any VigieError but this one means that nothing went out.
    if (error instanceof VigieError && error.code !== 'MAIL_UNCERTAIN') {
      const problem = { code: error.code, message: error.message };
      await writeJson(platform.bucket, outcome('not-sent'), { ...now(), problem });
    }
    throw error;
  }
  await writeJson(platform.bucket, outcome('sent'), { ...now(), reference });
  return { status: 'sent', reference };
}

/** The number of the attempt to make now. */
async function nextStep(
  platform: Pick<OutboxPlatform<never>, 'bucket' | 'clock'> & {
    readonly sender: Pick<Sender<never>, 'idempotent'>;
  },
  id: string,
  folder: string,
  attempts: readonly Attempt[],
): Promise<number> {
  const last = attempts.at(-1);
  if (!last) return 1;
  if (last.outcome === 'not-sent') return last.number + 1;
  if (platform.sender.idempotent) return last.number;
  const claim = await readStateIfSound<OutboxRecord>(platform.bucket, `${folder}${last.number}-claim.json`);
  const age = platform.clock.now().getTime() - Date.parse(claim?.at ?? '1970-01-01T00:00:00Z');
  // A clock that was set back must not make a claim last longer.
  if (Math.abs(age) < CLAIM_MINUTES * 60_000) throw inHand(id);
  if (attempts.filter((attempt) => attempt.outcome === 'open').length < MOST_UNCERTAIN)
    return last.number + 1;
  throw new VigieError(
    `message ${id} was begun ${MOST_UNCERTAIN} times and never confirmed; it is not tried again`,
    {
      code: 'MAIL_UNCERTAIN',
      hint: `Ask its reader. If nothing arrived, delete ${folder} in the state folder and run the day again.`,
    },
  );
}

const inHand = (id: string): VigieError =>
  new VigieError(`message ${id} is being sent by another run, or by one that died`, {
    code: 'MAIL_IN_HAND',
    retryable: true,
    hint: `If no other run is at work: run the day again ${CLAIM_MINUTES} minutes after the one that died. It then goes out.`,
  });

async function attemptsIn(bucket: Bucket, folder: string, sender: SenderKind): Promise<Attempt[]> {
  const outcomes = new Map<number, Outcome>();
  for await (const { key } of bucket.list(folder)) {
    const [, digits, word] = /(\d+)-(claim|sent|not-sent)\.json$/.exec(key) ?? [];
    if (digits === undefined || word === undefined) continue;
    const number = Number(digits);
    if (word === 'sent') outcomes.set(number, (await counts(bucket, key, sender)) ? 'sent' : 'not-sent');
    else if (word === 'not-sent') outcomes.set(number, 'not-sent');
    else if (!outcomes.has(number)) outcomes.set(number, 'open');
  }
  return [...outcomes].map(([number, outcome]) => ({ number, outcome })).sort((a, b) => a.number - b.number);
}

type SenderKind = Pick<Sender<never>, 'onlyFiles'>;

/** Whether a receipt is one for this sender: what was only left as a file is not sent, once mails are sent. */
async function counts(bucket: Bucket, key: string, { onlyFiles }: SenderKind): Promise<boolean> {
  return onlyFiles === true || (await readStateIfSound<OutboxRecord>(bucket, key))?.onlyFile !== true;
}

/** Whether a message went out. */
export async function wasSent(
  { bucket, sender }: { readonly bucket: Bucket; readonly sender: SenderKind },
  asOf: string,
  id: string,
): Promise<boolean> {
  const attempts = await attemptsIn(bucket, `${outboxPrefix(asOf)}${id}/`, sender);
  return attempts.some((attempt) => attempt.outcome === 'sent');
}

/** What messages of a day already told whom: the `covers` of everything sent under ids that begin with `idPrefix`. */
export async function coveredBy(
  { bucket, sender }: { readonly bucket: Bucket; readonly sender: SenderKind },
  asOf: string,
  idPrefix: string,
): Promise<Set<string>> {
  const covered = new Set<string>();
  for await (const { key } of bucket.list(`${outboxPrefix(asOf)}${idPrefix}`)) {
    if (!isReceipt(key) || !(await counts(bucket, key, sender))) continue;
    const record = await readStateIfSound<OutboxRecord>(bucket, key);
    for (const item of record?.covers ?? []) covered.add(item);
  }
  return covered;
}
