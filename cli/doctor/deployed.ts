import { landingTables } from '../../functions/lake/landing/tables.ts';
import { readLock } from '../../functions/lake/run/lock.ts';
import type { RunRef } from '../../functions/lake/run/run.ts';
import { stackFact } from '../../functions/platform/aws/aws-environment.ts';
import { executionsFromEnv } from '../../functions/platform/aws/executions.ts';
import { tablesIn, workgroupState } from '../../functions/platform/aws/query-places.ts';
import { subscribers } from '../../functions/platform/aws/subscribers.ts';
import type { Context } from '../context.ts';
import type { DeployedStack } from '../stack/find-stack.ts';
import { beingSetUp, LIVE_ON_AWS } from './being-set-up.ts';
import { mailAccount } from './mail-account.ts';
import { stackSecrets } from './stack-secrets.ts';
import { looking, type Symptom } from './symptom.ts';

/** Looks at what is deployed, and whether it can do its work. Nothing is changed. */
export async function examineStack(
  { company, tables, platform }: Context,
  stack: DeployedStack,
): Promise<Symptom[]> {
  const { env } = stack;
  const parts = await Promise.all([
    looking('workgroup', () => workgroup(stack)),
    looking('landing tables', () => landing(stack, tables)),
    looking('secrets', () => stackSecrets(company, env)),
    looking('mail account', () => mailAccount(company, env)),
    looking('alarms', () => alarms(stack)),
    looking('run at work', async () => lock(await readLock(platform.bucket), stack)),
  ]);
  return [health(stack), ...parts.flat(), ...beingSetUp(company, LIVE_ON_AWS)];
}

function health({ name, status, reason, region }: DeployedStack): Symptom {
  const finding = `${name} in ${region}: ${status}${reason ? ` (${reason})` : ''}`;
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return { what: 'stack', status: 'ok', finding };
  if (status.endsWith('_IN_PROGRESS'))
    return {
      what: 'stack',
      status: 'warning',
      finding,
      remedy: 'Somebody is deploying: look again when it is done.',
    };
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return {
      what: 'stack',
      status: 'warning',
      finding,
      remedy: `The last deployment failed, and the version before it is at work. What failed: aws cloudformation describe-stack-events --stack-name ${name} --region ${region}`,
    };
  return {
    what: 'stack',
    status: 'failed',
    finding,
    remedy: `Look at what failed (aws cloudformation describe-stack-events --stack-name ${name} --region ${region}), then deploy again.`,
  };
}

const DEPLOY_AGAIN = 'Deploy again: npx cdk deploy makes what is missing.';

async function workgroup({ env }: DeployedStack): Promise<Symptom> {
  const what = 'workgroup';
  const name = stackFact(env, 'workgroup');
  const state = await workgroupState(env);
  if (state === 'ENABLED') return { what, status: 'ok', finding: `${name} takes statements` };
  if (state === undefined)
    return { what, status: 'failed', finding: `there is no workgroup ${name}`, remedy: DEPLOY_AGAIN };
  return {
    what,
    status: 'failed',
    finding: `${name} is ${state}`,
    remedy: `aws athena update-work-group --work-group ${name} --state ENABLED`,
  };
}

async function landing({ env }: DeployedStack, tables: Context['tables']): Promise<Symptom> {
  const what = 'landing tables';
  const database = stackFact(env, 'landingDatabase');
  const there = await tablesIn(env, database);
  if (there === undefined)
    return { what, status: 'failed', finding: `there is no database ${database}`, remedy: DEPLOY_AGAIN };
  const wanted = landingTables(tables).map(({ name }) => name);
  const missing = wanted.filter((name) => !there.has(name));
  if (missing.length === 0) return { what, status: 'ok', finding: `all ${wanted.length} are in ${database}` };
  return {
    what,
    status: 'warning',
    finding: there.size === 0 ? `none yet in ${database}` : `missing in ${database}: ${missing.join(', ')}`,
    remedy: 'The next run makes them.',
  };
}

/** Alarms go to a topic; which of them ring is on the dashboard. */
async function alarms({ env, outputs }: DeployedStack): Promise<Symptom[]> {
  const { confirmed, pending } = await subscribers(env);
  const subscribe = `aws sns subscribe --topic-arn ${outputs['AlertTopic']} --protocol email --notification-endpoint you@your-company.com`;
  const dashboard = { what: 'dashboard', status: 'ok', finding: outputs['DashboardUrl'] ?? 'none' } as const;
  const what = 'alarms';
  if (pending.length > 0)
    return [
      {
        what,
        status: 'warning',
        finding: `${confirmed} are told; not confirmed yet: ${pending.join(', ')}`,
        remedy: 'They open the link in the mail “AWS Notification - Subscription Confirmation”.',
      },
      dashboard,
    ];
  if (confirmed === 0)
    return [
      { what, status: 'warning', finding: 'nobody is told when an alarm rings', remedy: subscribe },
      dashboard,
    ];
  return [{ what, status: 'ok', finding: `${confirmed} subscribed to the alert topic` }, dashboard];
}

async function lock(held: RunRef | undefined, { name, env }: DeployedStack): Promise<Symptom> {
  const what = 'run at work';
  if (held === undefined) return { what, status: 'ok', finding: 'none' };
  const finding = `${held.run}, since ${held.startedAt}`;
  if (held.execution && (await executionsFromEnv(env).isRunning(held.execution)))
    return { what, status: 'ok', finding };
  return {
    what,
    status: 'warning',
    finding: `${finding}, has the lock, and is at work no more`,
    remedy: `Nothing is blocked: the next run takes the lock over. To go on where it broke off: vigie run --stack ${name} --redrive`,
  };
}
