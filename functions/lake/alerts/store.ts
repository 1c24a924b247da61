import pLimit from 'p-limit';
import { type Bucket, writeJson } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import {
  type AlertCommand,
  type AlertReport,
  type AlertState,
  alertCommandPrefix,
  alertReportKey,
} from '../catalogue/alert.ts';
import { readState, readStateIfSound } from '../state/file.ts';
import { addDays } from '../values/day.ts';
import { nearest } from '../values/nearest.ts';
import { latestOfMonths, readFromMonth, reportsOfMonths } from './months.ts';
import { isMuted } from './mute.ts';

/** What was judged of a day; undefined when it was not. */
export const readAlertReport = async (bucket: Bucket, asOf: string): Promise<AlertReport | undefined> =>
  (await readState<AlertReport>(bucket, alertReportKey(asOf))) ?? readFromMonth(bucket, asOf);

/** The reports of a span of days, ascending; a damaged one is passed over. */
export async function readAlertHistory(bucket: Bucket, from: string, to: string): Promise<AlertReport[]> {
  const keys: string[] = [];
  const [prefix = ''] = alertReportKey('*').split('*');
  for await (const { key } of bucket.list(prefix))
    if (key >= alertReportKey(from) && key <= alertReportKey(to)) keys.push(key);
  const limit = pLimit(8);
  const [months, days] = await Promise.all([
    reportsOfMonths(bucket, from, to),
    Promise.all(keys.map((key) => limit(() => readStateIfSound<AlertReport>(bucket, key)))),
  ]);
  const reports = new Map(months.map((report) => [report.asOf, report]));
  for (const report of days) if (report) reports.set(report.asOf, report);
  return [...reports.values()].toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
}

export const writeAlertReport = (bucket: Bucket, report: AlertReport): Promise<void> =>
  writeJson(bucket, alertReportKey(report.asOf), report);

/** The newest report of a day before `before` (absent: the newest of all); undefined when there is none. A damaged one is passed over. */
export async function latestAlertReport(bucket: Bucket, before?: string): Promise<AlertReport | undefined> {
  const days: string[] = [];
  const [prefix = '', suffix = ''] = alertReportKey('*').split('*');
  for await (const { key } of bucket.list(prefix)) {
    const asOf = key.slice(prefix.length, -suffix.length);
    if (key.endsWith(suffix) && (before === undefined || asOf < before)) days.push(asOf);
  }
  for (const asOf of days.reverse()) {
    const report = await readStateIfSound<AlertReport>(bucket, alertReportKey(asOf));
    if (report === undefined) continue;
    // A day that was judged again long after may stand alone before newer ones of its month or of later ones.
    const later = await latestOfMonths(bucket, before, asOf);
    return later !== undefined && later.asOf > asOf ? later : report;
  }
  return latestOfMonths(bucket, before, undefined);
}

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

/**
 * Appends a person's word on an alert; it counts from the next day judged. Throws ALERT_UNKNOWN when the newest
 * report has no such rule or member, ALERT_NOT_OPEN when there is nothing to acknowledge, SNOOZE_OVER when the last
 * day has passed already.
 */
export async function appendCommand(
  bucket: Bucket,
  command: Omit<AlertCommand, 'after'>,
): Promise<AlertCommand> {
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
  for (let at = await laterThanAll(bucket, Date.parse(command.at)); ; at += 1) {
    const given = { ...command, after, at: new Date(at).toISOString() };
    const key = `${alertCommandPrefix}${given.at.replaceAll(':', '')}-${given.rule}.json`;
    // Two commands of one moment: the second one is a millisecond later, and has the last word.
    if (await bucket.create(key, `${JSON.stringify(given, null, 2)}\n`)) return given;
  }
}

/** The last command given has the last word, whatever the clock said: one that was set back makes no command void. */
async function laterThanAll(bucket: Bucket, at: number): Promise<number> {
  const before = (await readCommands(bucket)).map((command) => Date.parse(command.at));
  return Math.max(at, ...before.map((earlier) => earlier + 1));
}

function statesOf(command: Omit<AlertCommand, 'after'>, states: readonly AlertState[]): AlertState[] {
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

/** An alert that is open, and whether it is muted now. */
export interface OpenAlert extends Omit<AlertState, 'muted'> {
  readonly asOf: string;
  readonly muted: 'snoozed' | 'acknowledged' | false;
}

/** The alerts open after the newest day judged (or after `asOf`); muting as the next day will see it. */
export async function listOpenAlerts(bucket: Bucket, asOf?: string): Promise<OpenAlert[]> {
  const report = asOf === undefined ? await latestAlertReport(bucket) : await readAlertReport(bucket, asOf);
  if (!report) return [];
  const commands = await readCommands(bucket);
  const open = report.states.filter((state) => state.firedOn !== null);
  return open.map((state) => ({
    ...state,
    asOf: report.asOf,
    muted: isMuted(state, commands, addDays(report.asOf, 1)),
  }));
}
