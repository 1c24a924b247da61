import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { handler as answerLink } from '../../functions/alert-links/handler.ts';
import { LINK_SECRET, signLink } from '../../functions/lake/alerts/link.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { resolvedCompany } from '../../functions/lake/company/resolved.ts';
import { deploymentOf, LIVE, liveCompany } from '../../functions/lake/run/live-company.ts';
import { pipeline } from '../../functions/pipeline.ts';
import { clientSettings } from '../../functions/platform/aws/client-settings.ts';
import { secretsFromEnv } from '../../functions/platform/aws/secrets-manager.ts';
import type { FunctionName } from '../../infra/access.ts';
import type { Json } from '../../infra/state-machine/paths.ts';
import { pipelineMachine } from '../../infra/state-machine/pipeline-machine.ts';
import { type Walked, walk } from '../../infra/state-machine/walk.ts';
import { asked, KEY } from '../alert-links/links.ts';
import { LambdaFailure, type TestStack, testStack } from '../kit/aws/stack.ts';
import { type StepFunctions, startStepFunctions, type Walk } from '../kit/aws/step-functions.ts';
import { type Said, vigie } from '../kit/command-line.ts';
import { type TinyCompany, tinyCompany } from '../kit/tiny-company.ts';

/** `vigie --stack` on a stack in moto whose functions are the real bundles, beside the same commands on this machine. */
const NAME = `vigie-cli-${process.pid}`;
/** Enough of each kind to be shown: an amount, a count, a ratio, one without data. More would only take Trino's time. */
const MEASURED = ['net_revenue', 'orders', 'average_order_value', 'cart_abandonment_rate'];
const off = loadCatalogue().kpis.flatMap(({ id }) => (MEASURED.includes(id) ? [] : [id]));
let company: TinyCompany;
let stack: TestStack;
let states: StepFunctions;
let formation: CloudFormationClient;
let deployedRun: Said;
let localRun: Said;
/** What one invocation is to break off with. */
let fault: FunctionName | undefined;

const there = (...args: string[]) => vigie(...args, '--stack', NAME, '--config', '/nowhere/vigie.yaml');
const here = (...args: string[]) => vigie(...args, '--config', company.config);

beforeAll(async () => {
  company = await tinyCompany(off);
  const { config, folder } = company;
  // SES knows this domain, and not the `localhost` of a company on one machine.
  appendFileSync(config, 'delivery: { from: Vigie <vigie@example.com> }\n');
  stack = await testStack({ motoUrl: inject('motoUrl'), trinoUrl: inject('trinoUrl'), config, folder });
  states = await startStepFunctions(execute);
  const env = { ...stack.env, AWS_ENDPOINT_URL_SFN: states.url };
  for (const [name, value] of Object.entries(env)) if (name.startsWith('AWS_')) vi.stubEnv(name, value);
  formation = new CloudFormationClient(clientSettings(env, 'CLOUDFORMATION'));
  await formation.send(new CreateStackCommand({ StackName: NAME, TemplateBody: template(env) }));
  const days = ['--from', company.firstDay, '--to', company.lastDay];
  localRun = await here('run', ...days);
  deployedRun = await vigie('run', ...days, '--stack', NAME, '--config', config);
});

/** Walks the machine with the stack's functions; tells `run` of one that broke off, as EventBridge does. */
async function execute({ input, ...execution }: Parameters<Walk>[0]): Promise<Walked> {
  const walked = await walk(pipelineMachine(pipeline), {
    input,
    execution,
    async invoke(name, event) {
      if (fault === name) throw new LambdaFailure('StepError', BROKEN);
      return (await stack.functions.invoke(name as FunctionName, event)) as Json;
    },
  });
  const { status, error } = walked;
  if (status === 'succeeded') return walked;
  const event = { executionArn: execution.id, status: 'FAILED', error: error?.Error, cause: error?.Cause };
  await stack.functions.invoke('run', { do: 'broken', event });
  return walked;
}

afterAll(async () => {
  await formation?.send(new DeleteStackCommand({ StackName: NAME }));
  formation?.destroy();
  await states?.stop();
  await stack?.close();
  vi.unstubAllEnvs();
});

const BROKEN = JSON.stringify({
  errorType: 'StepError',
  errorMessage: 'LAKE_DATABASE_MISSING: there is no database\nDeploy again.',
});

/** A template that makes nothing and has the outputs of infra/stack.ts. */
function template(env: Readonly<Record<string, string | undefined>>): string {
  const outputs = {
    Bucket: env['VIGIE_BUCKET'],
    LandingDatabase: env['VIGIE_LANDING_DATABASE'],
    LakeDatabase: env['VIGIE_LAKE_DATABASE'],
    Workgroup: env['VIGIE_WORKGROUP'],
    StateMachine: states.stateMachine,
    AlertTopic: env['VIGIE_ALERT_TOPIC'],
    ChatTopic: env['VIGIE_CHAT_TOPIC'],
    Deployment: deploymentOf(resolvedCompany(stack.company)),
    ConfigurationSet: 'vigie-test',
    SecretsPrefix: env['VIGIE_SECRETS_PREFIX'],
    // Whose recipients are all.
    Stage: 'production',
    DashboardUrl: 'https://dashboard.example',
  };
  const Outputs = Object.fromEntries(Object.entries(outputs).map(([key, Value]) => [key, { Value }]));
  const Resources = { Nothing: { Type: 'AWS::SNS::Topic', Properties: { TopicName: `${NAME}-nothing` } } };
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources, Outputs });
}

/** Without what differs by place: seconds, addresses of mails and report, names of runs, when it was computed. */
const comparable = (out: string): string =>
  out
    .replaceAll(/ \(\d+\.\d s\)/g, '')
    .replaceAll(/calculés le .*\d\d:\d\d\./g, 'calculés.')
    .replaceAll(/^ {2}(digest|alert|ops) .*$/gm, '  $1 …')
    .replaceAll(/^ {2}.*\/reports\//gm, '  …/reports/')
    .replaceAll(/\d{4}-\d\d-\d\d\.\d{8}T\d{6}Z( at \S+;)?/g, 'RUN');

describe('vigie run --stack', () => {
  test('shows what a run on this machine shows', () => {
    expect(deployedRun.code, deployedRun.err).toBe(0);
    expect(deployedRun.out).toContain('Open alerts');
    expect(deployedRun.out).toContain(`s3://${stack.env['VIGIE_BUCKET']}/reports/2026-03-10/index.html`);
    expect(comparable(deployedRun.out)).toBe(comparable(localRun.out));
  });

  test('a run that breaks off says where, why and how to go on', async () => {
    fault = 'report';
    const { code, err } = await there('run', '--date', company.lastDay);
    expect(code).toBe(2);
    expect(err).toMatch(/Run 2026-03-10\.\S+ broke off in report: there is no database/);
    expect(err).toContain('Deploy again.');
    expect(err).toContain(`vigie run --stack ${NAME} --redrive`);
  });

  test('--no-wait prints the ARN and is gone; the same day twice within a minute is one execution', async () => {
    fault = 'report';
    vi.setSystemTime('2026-11-25T10:00:20Z');
    const first = await there('run', '--date', company.lastDay, '--no-wait');
    const second = await there('run', '--date', company.lastDay, '--no-wait');
    vi.useRealTimers();
    expect(first.out).toMatch(/^arn:aws:states:.*:execution:vigie-test:by-hand_2026-03-10_20261125T1000\n$/);
    expect(second).toEqual(first);
    await states.settled();
  });

  test('--redrive goes on with the run that broke off last, and ends well', async () => {
    fault = undefined;
    const resumed = await there('run', '--redrive');
    expect(resumed.code, resumed.err).toBe(0);
    expect(resumed.out).toContain('Net revenue');
  });
});

describe('commands say of the stack what they say of this machine', () => {
  test.each([
    [['values', 'net_revenue', 'orders', '--period', 'mtd']],
    [['values', 'net_revenue', '--dimension', 'channel', '--format', 'csv']],
    [['values', 'average_order_value', '--format', 'json', '--comparison', 'previous']],
    [['explain', 'net_revenue', '--period', 'day']],
    [['alerts']],
    [['alerts', '--format', 'json']],
    [['digest', '--to', 'chef@example.com']],
    [['report']],
    [['diff', 'net_revenue', 'orders']],
  ])('%j', async (args) => {
    const [deployed, local] = [await there(...args), await here(...args)];
    expect(deployed.code, deployed.err).toBe(0);
    const lines = (out: string) => comparable(out).replaceAll(/\(\d+ lines\)|^.*\/reports\//gm, '');
    expect(lines(deployed.out)).toBe(lines(local.out));
  });

  test('explain --sql shows what Athena ran', async () => {
    const { out } = await there('explain', 'net_revenue', '--sql');
    expect(out).toContain(`"${stack.env['VIGIE_LAKE_DATABASE']}"`);
  });

  test('an alert that is snoozed there is snoozed there', async () => {
    expect((await there('alerts', 'snooze', 'big-day', '--until', '2026-03-20')).code).toBe(0);
    expect(JSON.parse((await there('alerts', '--format', 'json')).out)[0].muted).toBe('snoozed');
    expect(JSON.parse((await here('alerts', '--format', 'json')).out)[0].muted).toBeNull();
  });

  test('an alert that is acknowledged by a link of a letter is acknowledged there, once it is pressed', async () => {
    await there('alerts', 'wake', 'big-day');
    const open = async () => JSON.parse((await there('alerts', '--format', 'json')).out)[0];
    const { member, fired_on: firedOn } = await open();
    const secrets = secretsFromEnv(stack.env);
    const client = new SecretsManagerClient(clientSettings(stack.env, 'SECRETS_MANAGER'));
    const Name = `${stack.env['VIGIE_SECRETS_PREFIX']}${LINK_SECRET}`;
    await client.send(new CreateSecretCommand({ Name, SecretString: `${KEY}\n` }));
    client.destroy();
    for (const [name, value] of Object.entries(stack.env))
      if (name.startsWith('VIGIE_')) vi.stubEnv(name, value);
    const text = { name: 'Net revenue', unit: 'currency', currency: 'EUR', language: 'en' } as const;
    const said = {
      kind: 'acknowledge',
      rule: 'big-day',
      member,
      firedOn,
      by: 'Anna',
      until: '9999-12-31',
    } as const;
    const path = signLink({ ...said, ...text }, await secrets.get(LINK_SECRET));
    expect((await answerLink(asked(path))).body).toContain('Acknowledge this alert?');
    expect((await open()).muted).toBeNull();
    for (const heading of ['That is done.', 'This was done before'])
      expect((await answerLink(asked(path, 'POST', { note: 'on it' }))).body).toContain(heading);
    expect((await open()).muted).toBe('acknowledged');
  });
});

describe('vigie doctor --stack', () => {
  const symptoms = async () =>
    Object.fromEntries(
      (JSON.parse((await there('doctor', '--json')).out) as { what: string }[]).map((each) => [
        each.what,
        each,
      ]),
    );

  test('says what is there and what is missing', async () => {
    const found = await symptoms();
    expect(found).toMatchObject({
      configuration: { finding: `s3://${stack.env['VIGIE_BUCKET']}/config/company.json` },
      stack: { status: 'ok', finding: `${NAME} in eu-west-1: CREATE_COMPLETE` },
      'landing tables': { status: 'ok' },
      'run at work': { status: 'ok', finding: 'none' },
      'erp → orders': {
        status: 'ok',
        finding: '10 files, the last one exports/sales_2026-03-10.csv; first 2 records: all fit',
      },
      alarms: { status: 'warning' },
      dashboard: { finding: 'https://dashboard.example' },
    });
    expect(found['mail sender']).toMatchObject({ status: 'ok' });
  });
});

describe('vigie config --stack', () => {
  const config = (what: string, change: (text: string) => string) => {
    const file = join(company.folder, 'changed.yaml');
    writeFileSync(file, change(readFileSync(company.config, 'utf8')));
    return vigie('config', what, '--stack', NAME, '--config', file);
  };
  const newReader = (text: string) =>
    text.replace('recipients:\n', '$&  - { email: new@example.com, language: en, roles: [executive] }\n');

  test('check shows who comes and changes nothing; push puts it where the next run takes it from', async () => {
    const checked = await config('check', newReader);
    expect([checked.code, checked.out]).toEqual([
      0,
      expect.stringContaining('  + recipient new@example.com'),
    ]);
    expect(await stack.bucket.exists(LIVE)).toBe(false);
    const pushed = await config('push', newReader);
    expect([pushed.code, pushed.out]).toEqual([
      0,
      expect.stringContaining(`Pushed to s3://${stack.env['VIGIE_BUCKET']}/${LIVE}`),
    ]);
    const deployed = { company: stack.company, deployment: deploymentOf(resolvedCompany(stack.company)) };
    const taken = await liveCompany(stack.bucket, deployed, loadCatalogue());
    expect(taken.refused).toBeUndefined();
    expect(taken.company.recipients.map((reader) => 'email' in reader && reader.email)).toContain(
      'new@example.com',
    );
  });

  test('what takes a deployment is not pushed, and named', async () => {
    const before = await stack.bucket.read(LIVE);
    const { code, err } = await config('push', (text) =>
      text.replace('digest: [net_revenue, orders]', 'digest: [orders]'),
    );
    expect([code, err]).toEqual([2, expect.stringContaining('more than recipients and alerts: kpis')]);
    expect(await stack.bucket.read(LIVE)).toEqual(before);
  });
});

test('before the first run the file of this machine counts; without one that is said', async () => {
  const fresh = await testStack({
    motoUrl: inject('motoUrl'),
    trinoUrl: inject('trinoUrl'),
    config: company.config,
    folder: join(company.folder, 'nothing'),
    bundle: () => '',
  });
  const name = `${NAME}-fresh`;
  await formation.send(new CreateStackCommand({ StackName: name, TemplateBody: template(fresh.env) }));
  try {
    const { code, err } = await vigie('values', 'orders', '--stack', name, '--config', '/nowhere/vigie.yaml');
    expect([code, err]).toEqual([2, expect.stringContaining(`Nothing has run on the stack ${name} yet`)]);
    const known = await vigie('values', 'orders', '--stack', name, '--config', company.config);
    expect(known.err).toContain(`run \`vigie run --stack ${name}\` first`);
  } finally {
    await formation.send(new DeleteStackCommand({ StackName: name }));
    await fresh.close();
  }
});
