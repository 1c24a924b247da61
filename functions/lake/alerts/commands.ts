import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import { type AlertCommand, type AlertState, alertCommandPrefix } from '../catalogue/alert.ts';
import { readStateIfSound } from '../state/file.ts';
import { nearest } from '../values/nearest.ts';
import { latestAlertReport } from './store.ts';

/** Every command ever given, oldest first. */
export async function readCommands(bucket: Bucket): Promise<AlertCommand[]> {
  const commands: AlertCommand[] = [];
  for await (const { key } of bucket.list(alertCommandPrefix)) {
    // A damaged one is named by the run that finds it (lake/run/mend-state.ts).
    const command = await readStateIfSound<AlertCommand>(bucket, key);
    if (command) commands.push(command);
  }
  return commands.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** A command as somebody gives it: after which day it counts is known here. */
export type GivenCommand = Omit<AlertCommand, 'after'>;

/**
 * Appends a person's word on an alert; it counts from the next day judged. Throws ALERT_UNKNOWN when the newest
 * report has no such rule or member, ALERT_NOT_OPEN when there is nothing to acknowledge, SNOOZE_OVER when the last
 * day has passed already.
 */
export async function appendCommand(bucket: Bucket, command: GivenCommand): Promise<AlertCommand> {
  const after = await countsAfter(bucket, command);
  for (let at = await laterThanAll(bucket, Date.parse(command.at)); ; at += 1) {
    const given = { ...command, after, at: new Date(at).toISOString() };
    const key = `${alertCommandPrefix}${given.at.replaceAll(':', '')}-${given.rule}.json`;
    // Two commands of one moment: the second one is a millisecond later, and has the last word.
    if (await bucket.create(key, asFile(given))) return given;
  }
}

/**
 * The same of a command with a name (letters, digits, `-`), which is given once, however often and by however many at once;
 * undefined where it was given before. Throws as `appendCommand`.
 */
export async function appendOnce(
  bucket: Bucket,
  command: GivenCommand,
  name: string,
): Promise<AlertCommand | undefined> {
  const after = await countsAfter(bucket, command);
  const at = new Date(await laterThanAll(bucket, Date.parse(command.at))).toISOString();
  const given = { ...command, after, at };
  return (await bucket.create(namedKey(name), asFile(given))) ? given : undefined;
}

/** The command that was given under a name; undefined where none was, or its file is damaged. */
export const commandNamed = (bucket: Bucket, name: string): Promise<AlertCommand | undefined> =>
  readStateIfSound<AlertCommand>(bucket, namedKey(name));

const namedKey = (name: string): string => `${alertCommandPrefix}${name}.json`;
const asFile = (command: AlertCommand): string => `${JSON.stringify(command, null, 2)}\n`;

/** The newest day judged, after which a command counts; null where none was. */
async function countsAfter(bucket: Bucket, command: GivenCommand): Promise<string | null> {
  const report = await latestAlertReport(bucket);
  const concerned = statesOf(command, report?.states ?? []);
  const after = report?.asOf ?? null;
  if (command.kind === 'acknowledge' && concerned.every((state) => state.firedOn === null)) {
    throw new VigieError(`${nameOf(command)} is not open, so there is nothing to acknowledge.`, {
      code: 'ALERT_NOT_OPEN',
      hint: 'List what is open with `vigie alerts`. To be spared an alert that is not open yet, snooze it.',
    });
  }
  if (command.kind === 'snooze' && (command.until === null || (after !== null && command.until <= after))) {
    throw new VigieError(
      `A snooze until ${command.until ?? 'no day'} mutes nothing: the newest day judged is ${after ?? 'none'}.`,
      {
        code: 'SNOOZE_OVER',
        hint: 'Give the last as-of date to keep silent on, later than the newest day judged.',
      },
    );
  }
  return after;
}

/** The last command given has the last word, whatever the clock said: one that was set back makes no command void. */
async function laterThanAll(bucket: Bucket, at: number): Promise<number> {
  const before = (await readCommands(bucket)).map((command) => Date.parse(command.at));
  return Math.max(at, ...before.map((earlier) => earlier + 1));
}

function statesOf(command: GivenCommand, states: readonly AlertState[]): AlertState[] {
  const ofRule = states.filter((state) => state.rule === command.rule);
  const concerned = ofRule.filter((state) => command.member === null || state.member === command.member);
  if (concerned.length > 0) return concerned;
  const rules = [...new Set(states.map((state) => state.rule))];
  const known = ofRule.length > 0 ? ofRule.flatMap((state) => state.member ?? []) : rules;
  const near = nearest(ofRule.length > 0 ? (command.member ?? '') : command.rule, known);
  throw new VigieError(`There is no alert ${nameOf(command)}.${near ? ` Did you mean ${near}?` : ''}`, {
    code: 'ALERT_UNKNOWN',
    hint:
      known.length > 0
        ? `Known: ${known.slice(0, 30).join(', ')}.`
        : 'No day was judged yet: run `vigie run` first.',
  });
}

const nameOf = ({ rule, member }: Pick<AlertCommand, 'rule' | 'member'>): string =>
  member === null ? rule : `${rule} (${member})`;
