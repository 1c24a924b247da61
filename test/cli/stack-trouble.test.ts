import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  ListStacksCommand,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { vigie } from '../kit/command-line.ts';

const formation = mockClient(CloudFormationClient);
afterAll(() => formation.restore());
/** As CloudFormation answers. */
const refusal = (name: string, message: string, httpStatusCode = 400): Error =>
  new CloudFormationServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
const stack = (StackName: string, StackStatus: StackStatus = 'CREATE_COMPLETE') => ({
  Stacks: [{ StackName, StackStatus, Outputs: [], CreationTime: new Date(0) }],
});
const listed = (...names: string[]) => ({
  StackSummaries: names.map((StackName) => ({
    StackName,
    StackStatus: 'UPDATE_COMPLETE' as const,
    CreationTime: new Date(0),
  })),
});

beforeEach(() => {
  formation.reset();
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, '');
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere');
  vi.stubEnv('AWS_REGION', 'eu-west-1');
});
afterEach(() => vi.unstubAllEnvs());

const values = (...args: string[]) => vigie('values', 'orders', '--config', '/nowhere/vigie.yaml', ...args);

describe('a stack that cannot be used is explained', () => {
  test('no such stack: names those that are near', async () => {
    formation.on(DescribeStacksCommand).rejects(refusal('ValidationError', 'Stack with id x does not exist'));
    formation.on(ListStacksCommand).resolves(listed('CDKToolkit', 'vigie-test', 'vigie-production'));
    const { code, err } = await values('--stack', 'vigie-producton');
    expect(code).toBe(2);
    expect(err).toContain('There is no stack vigie-producton in eu-west-1');
    expect(err).toContain('Did you mean vigie-production?');
    expect(err).toContain('vigie-production, vigie-test');
    expect((await values('--stack', 'test')).err).toContain('Did you mean vigie-test?');
  });

  test('no stack of Vigie at all: another region, another account, or the page that deploys', async () => {
    formation.on(DescribeStacksCommand).rejects(refusal('ValidationError', 'Stack with id x does not exist'));
    formation.on(ListStacksCommand).resolves(listed('website'));
    const { err } = await values('--stack', 'vigie-production');
    for (const words of ['In eu-west-1 there is none of Vigie', 'AWS_REGION=', 'AWS_PROFILE=', 'deploy.md'])
      expect(err).toContain(words);
  });

  test.each([
    [refusal('ExpiredToken', 'The security token included in the request is expired', 403), 'aws sso login'],
    [
      Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }),
      'AWS_PROFILE',
    ],
    [refusal('AccessDenied', 'User: arn is not authorized', 403), 'deploy.md#who-may-do-what'],
    [refusal('Throttling', 'Rate exceeded'), 'Run again in some minutes'],
    [
      Object.assign(new Error('getaddrinfo ENOTFOUND cloudformation.eu-west-9.amazonaws.com'), {
        code: 'ENOTFOUND',
        hostname: 'cloudformation.eu-west-9.amazonaws.com',
      }),
      'the region is misspelled',
    ],
  ])('%s', async (error, remedy) => {
    formation.on(DescribeStacksCommand).rejects(error);
    const { code, out, err } = await values('--stack', 'vigie-test');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(remedy);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('a stack of something else, or one whose deployment broke off', async () => {
    formation.on(DescribeStacksCommand).resolves(stack('website'));
    expect((await values('--stack', 'website')).err).toContain('has no output Bucket');
    formation.on(DescribeStacksCommand).resolves(stack('vigie-test', 'ROLLBACK_COMPLETE'));
    expect((await values('--stack', 'vigie-test')).err).toContain('vigie-test (ROLLBACK_COMPLETE)');
  });

  test('no region anywhere: says the three places', async () => {
    vi.stubEnv('AWS_REGION', '');
    const { code, err } = await values('--stack', 'vigie-test');
    expect(code).toBe(2);
    for (const place of ['AWS_REGION=', 'vigie.yaml', 'aws configure set region'])
      expect(err).toContain(place);
    expect(formation.calls()).toEqual([]);
  });

  test('a file that says where it is deployed is believed where nothing else says it', async () => {
    vi.stubEnv('AWS_REGION', '');
    formation.on(DescribeStacksCommand).rejects(refusal('ValidationError', 'Stack with id x does not exist'));
    formation.on(ListStacksCommand).resolves(listed());
    const config = fileURLToPath(new URL('../../examples/everything/vigie.yaml', import.meta.url));
    const { err } = await vigie('values', 'orders', '--stack', 'vigie-test', '--config', config);
    expect(err).toMatch(/no stack vigie-test in [a-z]+-[a-z]+-\d/);
  });
});

describe('options that contradict each other are refused', () => {
  test.each([
    [['values', 'orders', '--stack', 's', '--state', 'folder'], 'either --state or --stack'],
    [['init', '--stack', 's'], 'works on this machine only'],
    [['--stack', 's', 'init'], 'works on this machine only'],
    [['--stack', 's', 'new', 'kpi', 'x'], 'works on this machine only'],
    [['run', '--redrive'], '--redrive is for runs on AWS'],
    [['run', '--no-wait'], '--no-wait is for runs on AWS'],
    [['run', '--stack', 's', '--redrive', '--date', '2026-11-21'], 'resumes the days of the run that failed'],
  ])('%j', async (args, words) => {
    const { code, err } = await vigie(...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(formation.calls()).toEqual([]);
  });
});

/** AWS clients in the memory of a fresh process, after each of some modules was loaded. */
function clientsAfter(...modules: string[]): string[][] {
  const cli = fileURLToPath(new URL('../../cli/', import.meta.url));
  const script = [
    `const { cache } = (await import('node:module')).createRequire(${JSON.stringify(`${cli}main.ts`)});`,
    `const clients = () => Object.keys(cache).flatMap((file) => /@aws-sdk\\/client-[a-z-]+/.exec(file) ?? []);`,
    'const seen = [];',
    ...modules.map(
      (module) => `await import(${JSON.stringify(cli + module)}); seen.push([...new Set(clients())]);`,
    ),
    'console.log(JSON.stringify(seen));',
  ].join('\n');
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: cli });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as string[][];
}

test('local commands load no AWS client', () => {
  const commands = readdirSync(new URL('../../cli/commands/', import.meta.url));
  const loaded = clientsAfter(...commands.map((file) => `commands/${file}`), 'stack/open-stack.ts');
  const deployed = loaded.pop();
  expect(loaded.length).toBeGreaterThan(14);
  expect(loaded.flat()).toEqual([]);
  expect(deployed).toContain('@aws-sdk/client-cloudformation');
});
