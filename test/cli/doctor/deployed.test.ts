import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient, GetWorkGroupCommand, InvalidRequestException } from '@aws-sdk/client-athena';
import { EntityNotFoundException, GetTablesCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetAccountSendingEnabledCommand, GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../../cli/context.ts';
import { examineStack } from '../../../cli/doctor/deployed.ts';
import type { DeployedStack } from '../../../cli/stack/find-stack.ts';
import type { Company } from '../../../functions/lake/company/company.ts';
import { landingTables } from '../../../functions/lake/landing/tables.ts';
import { takeLock } from '../../../functions/lake/run/lock.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { tables } from '../../kit/tables.ts';

const [athena, glue, ses, sfn, sns] = [
  mockClient(AthenaClient),
  mockClient(GlueClient),
  mockClient(SESClient),
  mockClient(SFNClient),
  mockClient(SNSClient),
];
afterAll(() => {
  for (const mock of [athena, glue, ses, sfn, sns]) mock.restore();
});

const company = {
  audiences: [],
  sources: [],
  channels: [],
  recipients: [],
  aws: {},
  delivery: { from: 'vigie@example.com' },
} as unknown as Company;
const stack: DeployedStack = {
  name: 'vigie-test',
  status: 'UPDATE_COMPLETE',
  region: 'eu-west-1',
  outputs: { AlertTopic: 'arn:topic', DashboardUrl: 'https://dashboard' },
  env: {
    AWS_REGION: 'eu-west-1',
    VIGIE_STAGE: 'test',
    VIGIE_WORKGROUP: 'vigie-test',
    VIGIE_LANDING_DATABASE: 'vigie_test_landing',
    VIGIE_ALERT_TOPIC: 'arn:topic',
  },
};

let bucket: Bucket;
beforeEach(async () => {
  for (const client of [athena, glue, ses, sfn, sns]) client.reset();
  athena.on(GetWorkGroupCommand).resolves({ WorkGroup: { Name: 'vigie-test', State: 'ENABLED' } });
  glue
    .on(GetTablesCommand)
    .resolves({ TableList: landingTables(tables).map(({ name: Name }) => ({ Name })) });
  ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: -1, SentLast24Hours: 0 });
  ses.on(GetAccountSendingEnabledCommand).resolves({ Enabled: true });
  ses.onAnyCommand().resolves({});
  sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [{ SubscriptionArn: 'arn:1' }] });
  bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-doctor-')));
});

const look = async (given: Partial<DeployedStack> = {}) => {
  const context = { company, tables, platform: { bucket } } as unknown as Context;
  const symptoms = await examineStack(context, { ...stack, ...given });
  return Object.fromEntries(symptoms.map((symptom) => [symptom.what, symptom]));
};

describe('a deployed stack', () => {
  test('that is well', async () => {
    const found = await look();
    expect(found).toMatchObject({
      stack: { status: 'ok', finding: 'vigie-test in eu-west-1: UPDATE_COMPLETE' },
      workgroup: { status: 'ok' },
      'landing tables': { status: 'ok' },
      alarms: { status: 'ok' },
      dashboard: { finding: 'https://dashboard' },
      'run at work': { status: 'ok', finding: 'none' },
    });
  });

  test.each([
    ['UPDATE_IN_PROGRESS', 'warning'],
    ['UPDATE_ROLLBACK_COMPLETE', 'warning'],
    ['ROLLBACK_COMPLETE', 'failed'],
    ['UPDATE_ROLLBACK_FAILED', 'failed'],
    ['DELETE_FAILED', 'failed'],
  ])('%s is a %s', async (status, wanted) => {
    const found = (await look({ status }))['stack'];
    expect(found).toMatchObject({ status: wanted, finding: expect.stringContaining(status) });
    expect(found?.remedy).toBeTruthy();
  });

  test('a workgroup that is gone or switched off', async () => {
    athena.on(GetWorkGroupCommand).resolves({ WorkGroup: { Name: 'vigie-test', State: 'DISABLED' } });
    expect((await look())['workgroup']?.remedy).toContain('--state ENABLED');
    athena
      .on(GetWorkGroupCommand)
      .rejects(new InvalidRequestException({ message: 'WorkGroup is not found.', $metadata: {} }));
    expect((await look())['workgroup']).toMatchObject({ status: 'failed' });
  });

  test('landing tables: none yet, one missing, no database', async () => {
    glue.on(GetTablesCommand).resolves({ TableList: [] });
    expect((await look())['landing tables']).toMatchObject({ finding: expect.stringContaining('none yet') });
    const [first, ...others] = landingTables(tables);
    glue.on(GetTablesCommand).resolves({ TableList: others.map(({ name: Name }) => ({ Name })) });
    expect((await look())['landing tables']?.finding).toContain(first?.name);
    glue
      .on(GetTablesCommand)
      .rejects(new EntityNotFoundException({ message: 'Database not found', $metadata: {} }));
    expect((await look())['landing tables']).toMatchObject({ status: 'failed' });
  });

  test('alarms that nobody hears, or somebody who has not confirmed', async () => {
    sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [] });
    expect((await look())['alarms']?.remedy).toContain('aws sns subscribe --topic-arn arn:topic');
    sns.on(ListSubscriptionsByTopicCommand).resolves({
      Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Endpoint: 'data@example.com' }],
    });
    expect((await look())['alarms']).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('data@example.com'),
    });
  });

  test('a lock: who has it, and whether its execution is still at work', async () => {
    const run = {
      run: '2026-11-21.20261122T060000Z',
      asOf: '2026-11-21',
      from: '2026-11-21',
      startedAt: '2026-11-22T06:00:00Z',
      execution: 'arn:execution',
    };
    await takeLock({ bucket, executions: { isRunning: async () => true } }, run);
    sfn.on(DescribeExecutionCommand).resolves({ status: 'RUNNING' });
    expect((await look())['run at work']).toMatchObject({
      status: 'ok',
      finding: '2026-11-21.20261122T060000Z, since 2026-11-22T06:00:00Z',
    });
    sfn.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist({ message: '', $metadata: {} }));
    expect((await look())['run at work']).toMatchObject({
      status: 'warning',
      remedy: expect.stringContaining('vigie run --stack vigie-test --redrive'),
    });
  });
});
