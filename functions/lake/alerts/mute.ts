import type { AlertCommand, AlertState } from '../catalogue/alert.ts';

type Alert = Pick<AlertState, 'rule' | 'member' | 'firedOn'>;

/**
 * Whether an alert is muted on an as-of date, and why. A command counts for the days judged after it was given;
 * one without a member speaks for the whole rule. Of several, the later ones have the last word.
 *
 * - A snooze holds until its last day.
 * - An acknowledgement holds for the alert that was open when it was given, until that is resolved.
 * - Waking ends both.
 */
export function isMuted(
  alert: Alert,
  commands: readonly AlertCommand[],
  asOf: string,
): 'snoozed' | 'acknowledged' | false {
  let snoozedUntil: string | null = null;
  let acknowledgedAfter: string | null = null;
  for (const command of inOrder(commands)) {
    if (!concerns(command, alert) || (command.after !== null && command.after >= asOf)) continue;
    if (command.kind === 'snooze') snoozedUntil = command.until;
    if (command.kind === 'acknowledge') acknowledgedAfter = command.after;
    if (command.kind === 'wake') snoozedUntil = acknowledgedAfter = null;
  }
  if (snoozedUntil !== null && asOf <= snoozedUntil) return 'snoozed';
  const wasOpen = acknowledgedAfter !== null && alert.firedOn !== null && alert.firedOn <= acknowledgedAfter;
  return wasOpen ? 'acknowledged' : false;
}

const concerns = (command: AlertCommand, alert: Alert): boolean =>
  command.rule === alert.rule && (command.member === null || command.member === alert.member);

const inOrder = (commands: readonly AlertCommand[]): AlertCommand[] =>
  commands.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
