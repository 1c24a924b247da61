import type { MailRun } from '../functions/lake/run/manifest.ts';
import { wallTime } from '../functions/lake/values/zone.ts';
import { counted } from '../functions/task.ts';
import { out } from './colours.ts';
import type { Context } from './context.ts';

/** A letter and what became of it. */
export type Sent = Pick<MailRun, 'id' | 'status' | 'until' | 'problem'> & Partial<Pick<MailRun, 'reference'>>;

/** Says what became of a day's letters: how many, then each. */
export function printSent({ company }: Pick<Context, 'company'>, asOf: string, mails: readonly Sent[]): void {
  const { time_zone: zone } = company.company;
  const lines = [summary(mails, asOf), ...mails.map((mail) => mailLine(mail, zone))];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function summary(mails: readonly Sent[], asOf: string): string {
  const count = (status: MailRun['status']): number => mails.filter((mail) => mail.status === status).length;
  const said = (status: MailRun['status'], words: string): string[] =>
    count(status) > 0 ? [`${count(status)} ${words}`] : [];
  const parts = [
    `${counted(count('sent'), 'mail')} sent`,
    ...said('already sent', 'sent before'),
    ...said('written', 'written'),
    ...said('waits', 'waiting'),
    ...said('out of date', 'out of date'),
    ...said('failed', 'failed'),
  ];
  return `${out.bold(asOf)}: ${parts.join(', ')}`;
}

const MARKS: Readonly<Record<MailRun['status'], string>> = {
  sent: out.green('✓'),
  'already sent': '·',
  written: '·',
  waits: '·',
  'out of date': '·',
  failed: out.red('✗'),
};

function mailLine(sent: Sent, zone: string): string {
  const { id, status, reference, problem } = sent;
  const said = problem
    ? `${problem.message}${problem.hint ? `\n      ${problem.hint}` : ''}`
    : (untilWords(sent, zone) ?? reference ?? '');
  return `  ${MARKS[status]} ${id}  ${said}`.trimEnd();
}

/** Why a letter is not sent, where time is why; undefined of any other. */
export function untilWords(
  { status, until }: Pick<MailRun, 'status' | 'until'>,
  zone: string,
): string | undefined {
  if (status === 'out of date')
    return 'waited for the hour of its reader until its day had gone by: not sent';
  return status === 'waits' && until !== undefined ? `waits until ${wallTime(until, zone)}` : undefined;
}
