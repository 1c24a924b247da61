import type { Bucket } from '../../platform/bucket.ts';
import type { AlertState } from '../catalogue/alert.ts';
import { addDays } from '../values/day.ts';
import { readCommands } from './commands.ts';
import { isMuted } from './mute.ts';
import { latestAlertReport, readAlertReport } from './store.ts';

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
