import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeSecretCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  GetAccountSendingEnabledCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../../cli/context.ts';
import { examineBeforeDeploy } from '../../../cli/doctor/before-deploy.ts';
import { nodeVersion } from '../../../cli/doctor/node-version.ts';
import type { Company } from '../../../functions/lake/company/company.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';

const formation = mockClient(CloudFormationClient);
const secrets = mockClient(SecretsManagerClient);
const ses = mockClient(SESClient);
afterAll(() => {
  for (const mock of [formation, secrets, ses]) mock.restore();
});

const company = {
  company: { name: 'Tiny', time_zone: 'Europe/Paris', currency: 'EUR' },
  audiences: [],
  sources: [
    { kind: 'ga4', name: 'tags', settings: { auth: '${secret:ga4}' } },
    { kind: 'sap', name: 'sap', settings: { password: '${secret:sap}' } },
  ],
  channels: [{ kind: 'slack', name: 'sales', secret: 'slack', stages: [] }],
  recipients: [
    { email: 'chief@example.com', language: 'en', roles: ['executive'] },
    { email: 'data@partner.example', language: 'en', roles: ['ops'] },
  ],
  delivery: {
    live: true,
    from: 'Vigie <vigie@example.com>',
    unsubscribe: 'mailto:data@example.com',
    mailer: { kind: 'files' },
  },
  network: {},
  aws: { region: 'eu-west-1', schedule: '06:00', digest_by: '07:30', stages: {} },
} as unknown as Company;
const context = {
  company,
  configFile: '/nowhere/vigie.yaml',
  platform: { clock: frozenClock('2026-11-22T08:00:00Z') },
} as unknown as Context;

const env = { AWS_REGION: 'eu-west-1' };
const examine = async (given: Context = context, stage = 'production', where: NodeJS.ProcessEnv = env) => {
  const symptoms = await examineBeforeDeploy(given, stage, where);
  return Object.fromEntries(symptoms.map((symptom) => [symptom.what, symptom]));
};
const verified = (...identities: string[]) =>
  ses.on(GetIdentityVerificationAttributesCommand).callsFake(({ Identities }: { Identities: string[] }) => ({
    VerificationAttributes: Object.fromEntries(
      Identities.filter((each) => identities.includes(each)).map((each) => [
        each,
        { VerificationStatus: 'Success' },
      ]),
    ),
  }));

/** An account in which everything is ready; each test takes something away. */
beforeEach(() => {
  for (const client of [formation, secrets, ses]) client.reset();
  const Outputs = [{ OutputKey: 'BootstrapVersion', OutputValue: '30' }];
  formation.on(DescribeStacksCommand).resolves({
    Stacks: [{ StackName: 'CDKToolkit', StackStatus: 'UPDATE_COMPLETE', Outputs, CreationTime: new Date(0) }],
  });
  secrets.on(DescribeSecretCommand).resolves({ VersionIdsToStages: { v1: ['AWSCURRENT'] } });
  ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 50_000, SentLast24Hours: 3 });
  ses.on(GetAccountSendingEnabledCommand).resolves({ Enabled: true });
  verified('example.com');
});

describe('before the first deployment', () => {
  test('an account that is ready has nothing to mend', async () => {
    const found = Object.values(await examine());
    expect(found.map(({ what, status }) => `${what}: ${status}`)).toEqual([
      'Node.js: ok',
      'vigie.yaml on AWS: ok',
      'recipients of production: ok',
      'AWS region: ok',
      'CDK bootstrap: ok',
      'secret ga4: ok',
      'secret sap: ok',
      'secret slack: ok',
      'mail sender: ok',
      'mail sandbox: ok',
    ]);
  });

  test('whom the stage would mail: a stage that is no production says whom it may', async () => {
    expect((await examine())['recipients of production']).toMatchObject({
      finding: 'chief@example.com, data@partner.example',
    });
    expect((await examine(context, 'test'))['recipients of test']).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('the stage test mails nobody'),
      remedy: expect.stringContaining('aws.stages.test.recipients'),
    });
    const tester = { email: 'tester@example.com', language: 'en', roles: ['executive'] };
    const aws = { ...company.aws, stages: { test: { recipients: [tester] } } } as Company['aws'];
    const given = { ...context, company: { ...company, aws } };
    expect((await examine(given, 'test'))['recipients of test']).toMatchObject({
      status: 'ok',
      finding: 'tester@example.com',
    });
  });

  test('a company that is being set up mails nobody, whoever its recipients are: said, as deploying is not enough', async () => {
    expect((await examine())['mail']).toBeUndefined();
    const delivery = { ...company.delivery, live: false };
    expect((await examine({ ...context, company: { ...company, delivery } }))['mail']).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('nobody is sent any'),
      remedy: expect.stringMatching(/`live: true` in vigie\.yaml, and deploy/),
    });
  });

  test('without CDK in the region: the command that prepares it', async () => {
    const message = 'Stack with id CDKToolkit does not exist';
    formation.on(DescribeStacksCommand).rejects(
      new CloudFormationServiceException({
        name: 'ValidationError',
        message,
        $fault: 'client',
        $metadata: {},
      }),
    );
    expect((await examine())['CDK bootstrap']).toMatchObject({
      status: 'failed',
      remedy: expect.stringMatching(
        /npx cdk bootstrap aws:\/\/.*\/eu-west-1 -c company=\S+ -c stage=production$/,
      ),
    });
  });

  test('without credentials that is said once, and nothing else is asked', async () => {
    const error = Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    });
    formation.on(DescribeStacksCommand).rejects(error);
    const found = await examine();
    expect(found['AWS credentials']).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining('aws sso login'),
    });
    expect([...secrets.calls(), ...ses.calls()]).toEqual([]);
  });

  test('a secret that is missing, empty or to be deleted: the command for each, with the stage’s name', async () => {
    secrets
      .on(DescribeSecretCommand, { SecretId: 'vigie/test/ga4' })
      .rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }))
      .on(DescribeSecretCommand, { SecretId: 'vigie/test/sap' })
      .resolves({ VersionIdsToStages: {} });
    const found = await examine(context, 'test');
    expect(found['secret ga4']).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining(
        'aws secretsmanager create-secret --name vigie/test/ga4 --secret-string file://ga4.txt --region eu-west-1',
      ),
    });
    expect(found['secret sap']?.remedy).toContain('put-secret-value --secret-id vigie/test/sap');
    secrets.on(DescribeSecretCommand).resolves({ DeletedDate: new Date(0) });
    expect((await examine(context, 'test'))['secret sap']?.remedy).toContain('restore-secret');
  });

  test('a sender that SES does not know: the records to publish', async () => {
    verified();
    const { 'mail sender': sender } = await examine();
    expect(sender).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining('aws sesv2 create-email-identity --email-identity example.com'),
    });
    expect(sender?.remedy).toContain('_domainkey.example.com');
  });

  test('the sandbox: who would get nothing, and how to leave it', async () => {
    ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 200, SentLast24Hours: 0 });
    const { 'mail sandbox': sandbox } = await examine();
    expect(sandbox).toMatchObject({
      status: 'failed',
      finding: expect.stringMatching(/not verified: data@partner\.example$/),
      remedy: expect.stringContaining('put-account-details --production-access-enabled'),
    });
    verified('example.com', 'data@partner.example');
    expect((await examine())['mail sandbox']).toMatchObject({ status: 'warning' });
  });

  test('an account that is paused, or whose quota is too small', async () => {
    ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 1000, SentLast24Hours: 999 });
    expect((await examine())['mail sending']).toMatchObject({ status: 'warning' });
    ses.on(GetAccountSendingEnabledCommand).resolves({ Enabled: false });
    expect((await examine())['mail sending']).toMatchObject({ status: 'failed' });
  });

  test('what may not be asked is a symptom, and the rest is looked at', async () => {
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    secrets.on(DescribeSecretCommand).rejects(denied);
    const found = await examine();
    expect(found['secrets']).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining('#who-may-do-what'),
    });
    expect(found['mail sender']).toMatchObject({ status: 'ok' });
  });

  test('the file’s region counts, and another one in the environment is told of', async () => {
    const { 'AWS region': region } = await examine(context, 'production', { AWS_REGION: 'us-east-1' });
    expect(region).toMatchObject({
      status: 'warning',
      remedy: expect.stringContaining('AWS_REGION=eu-west-1'),
    });
    expect(await formation.calls()[0]?.thisValue.config.region()).toBe('eu-west-1');
  });

  test('what a deployment refuses is said beforehand', async () => {
    const delivery = { ...company.delivery, from: 'Vigie <vigie@localhost>' };
    const found = await examine({ ...context, company: { ...company, delivery } });
    expect(found['vigie.yaml, delivery.from']).toMatchObject({ status: 'failed' });
  });
});

test.each([
  ['20.19.0', 'ok'],
  ['24.1.0', 'ok'],
  ['20.9.1', 'failed'],
  ['18.20.4', 'failed'],
])('Node.js %s is %s', (running, status) => expect(nodeVersion(running)).toMatchObject({ status }));
