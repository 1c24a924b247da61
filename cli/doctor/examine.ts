import { getsDigests } from '../../functions/lake/company/readers.ts';
import { readLock } from '../../functions/lake/run/lock.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { readState } from '../../functions/lake/state/file.ts';
import { daysBetween } from '../../functions/lake/values/day.ts';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { messageOf } from '../../functions/platform/errors.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import { counted } from '../../functions/task.ts';
import { type Context, runCommand } from '../context.ts';
import { examineApiSources } from './api-sources.ts';
import { beingSetUp } from './being-set-up.ts';
import { examineFeeds } from './feeds.ts';
import { examineHours } from './hours.ts';
import { kpiSymptom } from './kpis.ts';
import { examinePushes } from './pushes.ts';
import { examineStateFiles } from './state-files.ts';
import { looking, type Symptom, wordsOf } from './symptom.ts';

/** What `vigie doctor` is asked. */
export interface Examination {
  /** Look at the AWS account too, as somebody will deploy to it under the name of this stage. */
  readonly deployTo?: string;
  /** Nothing is to run on this machine. */
  readonly onlyDeploy?: boolean;
}

/** Looks at everything a run needs, without running: on this machine, on a stack, or before there is one. */
export async function examine(context: Context, asked: Examination = {}): Promise<Symptom[]> {
  const company = [
    { what: 'configuration', status: 'ok', finding: context.configFile } as const,
    ...broken(context),
    kpiSymptom(context),
    people(context),
  ];
  if (context.stack) {
    const { examineStack } = await import('./deployed.ts');
    const deployed = await examineStack(context, context.stack);
    return [
      ...company,
      ...deployed,
      ...(await stateFiles(context)),
      ...(await sources(context)),
      ...(await hours(context)),
      ...(await lastRun(context)),
    ];
  }
  const before = asked.deployTo === undefined ? [] : await beforeDeploy(context, asked.deployTo);
  if (asked.onlyDeploy) return [...company, ...before];
  const here = [
    await state(context),
    ...(await stateFiles(context)),
    ...(await sources(context)),
    ...(await examinePushes(context.platform, context.company)),
    await mail(context),
    ...(await hours(context)),
    ...(await lastRun(context)),
  ];
  return [...company, ...here, ...before];
}

async function beforeDeploy(context: Context, stage: string): Promise<Symptom[]> {
  const { examineBeforeDeploy } = await import('./before-deploy.ts');
  return examineBeforeDeploy(context, stage);
}

/** What of the catalogue has a mistake: a run goes on without it. */
const broken = ({ catalogue }: Context): Symptom[] =>
  catalogue.broken.map(({ kind, name, error }) => ({
    what: name === '' ? 'definitions' : `${kind} ${name}`,
    status: 'failed',
    ...wordsOf(error),
  }));

async function state(context: Context): Promise<Symptom> {
  const { bucket } = context.platform;
  try {
    await bucket.write('doctor.txt', 'Vigie can write here.\n');
    await bucket.remove('doctor.txt');
    return { what: 'state', status: 'ok', finding: `${context.stateFolder} can be written` };
  } catch (error) {
    return {
      what: 'state',
      status: 'failed',
      finding: messageOf(error),
      remedy: 'Give the user that runs Vigie the right to write there, or name another folder with --state.',
    };
  }
}

/** What vendors and files say may hold anybody's address; what vigie.yaml says is the operator's own. */
const sources = async (context: Context): Promise<Symptom[]> =>
  context.platform.redactor.value([
    ...(await examineFeeds(context)),
    ...(await examineApiSources(
      context.platform,
      context.company,
      definitionOf,
      context.stack === undefined,
    )),
  ]);

function people(context: Context): Symptom {
  const { recipients } = context.company;
  const digests = recipients.filter(getsDigests).length;
  const ops = recipients.filter((recipient) => recipient.roles.includes('ops')).length;
  const finding = `${counted(recipients.length, 'recipient')}, ${digests} of the digest, ${ops} for operations`;
  if (digests > 0 && ops > 0) return { what: 'recipients', status: 'ok', finding };
  return {
    what: 'recipients',
    status: 'warning',
    finding,
    remedy:
      'Somebody should get the digest (role executive), and somebody the mails about trouble (role ops).',
  };
}

async function mail(context: Context): Promise<Symptom> {
  const { mailer } = context.company.delivery;
  const [setUp] = beingSetUp(
    context.company,
    '`live: true`. `vigie doctor --mail-to ADDRESS` sends a test mail before that.',
  );
  if (setUp) return setUp;
  if (mailer.kind === 'files')
    return { what: 'mail', status: 'ok', finding: 'written as .eml files, not sent' };
  try {
    await context.platform.secrets.get(mailer.secret);
    return { what: 'mail', status: 'ok', finding: `SMTP, credentials from the secret ${mailer.secret}` };
  } catch (error) {
    return { what: 'mail', status: 'failed', ...wordsOf(error) };
  }
}

const stateFiles = (context: Context): Promise<readonly Symptom[]> =>
  looking('state files', () => examineStateFiles(context));

const hours = (context: Context): Promise<readonly Symptom[]> =>
  looking('hours of readers', () => examineHours(context));

/** The record of a run may be damaged, too. */
const lastRun = (context: Context): Promise<readonly Symptom[]> =>
  looking('last run', () => newestRun(context));

async function newestRun(context: Context): Promise<Symptom> {
  const { bucket, clock } = context.platform;
  const what = 'last run';
  let newest: string | undefined;
  for await (const entry of bucket.list('runs/')) newest = entry.key;
  const manifest = newest ? await readState<Manifest>(bucket, newest) : undefined;
  if (!manifest) return { what, status: 'warning', finding: 'none yet', remedy: runCommand(context) };
  const age = daysBetween(manifest.asOf, businessDate(clock.now(), context.company.company.time_zone));
  const finding = `as of ${manifest.asOf}, started ${manifest.startedAt}`;
  if (!manifest.finishedAt) return unfinished(context, manifest, finding);
  if (age > 2)
    return {
      what,
      status: 'warning',
      finding: `${finding}: ${age} days ago`,
      remedy: context.stack
        ? 'Look at the alarms: docs/operations/README.md.'
        : 'Is the schedule (cron) still there?',
    };
  const failed = failedIn(manifest);
  if (failed.length === 0) return { what, status: 'ok', finding };
  return {
    what,
    status: 'warning',
    finding: `${finding}; failed: ${failed.join(', ')}`,
    remedy: `The mail to operations says why. Once it is mended: ${runCommand(context)} --date ${manifest.asOf}`,
  };
}

async function unfinished(context: Context, manifest: Manifest, finding: string): Promise<Symptom> {
  const held = context.stack ? await readLock(context.platform.bucket) : undefined;
  if (held?.run === manifest.run)
    return { what: 'last run', status: 'ok', finding: `${finding}, not over yet` };
  return {
    what: 'last run',
    status: 'failed',
    finding: `${finding}, did not finish`,
    remedy: context.stack
      ? `${runCommand(context)} --redrive goes on where it broke off; docs/operations/run-broken.md`
      : 'Run it again: nothing is done twice.',
  };
}

const failedIn = ({ pulls, kpis: runs, mails }: Manifest): string[] => [
  ...pulls.filter(({ status }) => status === 'failed').map(({ source }) => `source ${source}`),
  ...runs.filter(({ status }) => status === 'failed').map(({ kpi }) => kpi),
  ...mails.filter(({ status }) => status === 'failed').map(({ kind }) => `a mail (${kind})`),
];
