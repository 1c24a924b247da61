import type { Bucket } from '../../platform/bucket.ts';
import { sha256 } from '../../platform/hash.ts';
import type { AlertCommand, AlertState } from '../catalogue/alert.ts';
import { addDays } from '../values/day.ts';
import { appendOnce, commandNamed, readCommands } from './commands.ts';
import type { AlertLink } from './link.ts';
import { isMuted } from './mute.ts';
import { latestAlertReport } from './store.ts';

/** For how many days an alert can be snoozed by a link. */
export const SNOOZE_DAYS = [3, 7, 14, 28] as const;
export type SnoozeDays = (typeof SNOOZE_DAYS)[number];

/** How the alert of a link stands after the newest day judged. */
export interface Standing {
  readonly asOf: string;
  readonly state: AlertState;
  /** The last word on it that holds; null: it is not muted. */
  readonly word: AlertCommand | null;
}

/** Of an alert that is over, or whose rule is gone, undefined. One that ended and opened again is another. */
export async function standingOf(bucket: Bucket, link: AlertLink): Promise<Standing | undefined> {
  const report = await latestAlertReport(bucket);
  const state = report?.states.find(
    ({ rule, member, firedOn }) => rule === link.rule && member === link.member && firedOn === link.firedOn,
  );
  if (report === undefined || state === undefined) return undefined;
  const commands = await readCommands(bucket);
  const muted = isMuted(state, commands, addDays(report.asOf, 1));
  const kind = muted === 'snoozed' ? 'snooze' : 'acknowledge';
  const words = commands.filter(
    (command) =>
      command.kind === kind &&
      command.rule === link.rule &&
      (command.member === null || command.member === link.member),
  );
  return { asOf: report.asOf, state, word: muted === false ? null : (words.at(-1) ?? null) };
}

export interface Press {
  /** ISO UTC. */
  readonly at: string;
  /** Of a snooze. */
  readonly days: SnoozeDays | null;
  readonly note: string | null;
}

/** What came of a press: it was written down, it had been before (with what was said then), or there was nothing left to say. */
export type Pressed =
  | { readonly came: 'done' | 'repeated'; readonly command: AlertCommand }
  | { readonly came: 'over' };

/**
 * Does what a link says, once: a command as any other, under a name that is made of the link, which only one call can create.
 * A run that judges meanwhile writes other files: neither loses anything to the other. The command counts for the days
 * judged after it, as one given by `vigie alerts` does.
 */
export async function pressLink(bucket: Bucket, link: AlertLink, press: Press): Promise<Pressed> {
  const name = pressName(link, press.days);
  const before = await commandNamed(bucket, name);
  if (before) return { came: 'repeated', command: before };
  const standing = await standingOf(bucket, link);
  if (standing === undefined) return { came: 'over' };
  const { kind, rule, member, by } = link;
  const until = press.days === null ? null : addDays(standing.asOf, press.days);
  const command = { kind, rule, member, at: press.at, until, by, note: press.note };
  const given = await appendOnce(bucket, command, name);
  if (given) return { came: 'done', command: given };
  const first = await commandNamed(bucket, name);
  return { came: 'repeated', command: first ?? { ...command, after: standing.asOf } };
}

/** The same reader, alert, day told of and choice: the same name. Another day's letter is a new question, for who was woken since. */
function pressName({ kind, rule, member, firedOn, by, until }: AlertLink, days: SnoozeDays | null): string {
  return `link-${sha256(JSON.stringify([kind, rule, member, firedOn, by, until, days]), 24)}`;
}
