import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pipeline } from '../../functions/pipeline.ts';
import { ALERT_LINKS, functionNames } from '../../infra/access.ts';
import { maintenanceMachine } from '../../infra/state-machine/maintenance-machine.ts';
import { pipelineMachine } from '../../infra/state-machine/pipeline-machine.ts';
import { examples, type Resource, resourcesOf, type Synthesised, synthesised, words } from './synthesise.ts';

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}
const statementsOf = ({ Properties }: Resource): Statement[] =>
  (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement;

const every = async (example: (typeof examples)[number], type: string) => {
  const made = resourcesOf(await synthesised(example), type);
  expect(made.length, `the template has no ${type}`).toBeGreaterThan(0);
  return made.map(([id, { Properties, ...rest }]) => ({ id, Properties, ...rest }));
};

describe.each(examples)('the stack of examples/%s', (example) => {
  test('every bucket is encrypted, closed to the public, and kept when the stack goes', async () => {
    for (const { Properties, DeletionPolicy } of await every(example, 'AWS::S3::Bucket')) {
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    }
  });

  test.each([
    ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'Bucket'],
    ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'Topics'],
    ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'Queues'],
  ])('every %s refuses whoever does not come by TLS', async (type, policyType, field) => {
    const policies = await every(example, policyType);
    for (const { id } of await every(example, type)) {
      const own = policies.filter(({ Properties }) => words(Properties[field]).includes(id));
      const denied = own
        .flatMap((policy) => statementsOf(policy as Resource))
        .filter(
          ({ Effect, Condition }) =>
            Effect === 'Deny' && Condition?.['Bool']?.['aws:SecureTransport'] === 'false',
        );
      expect(denied.length, id).toBeGreaterThan(0);
      for (const { Principal } of denied) expect(words(Principal)).toMatch(/\*/);
    }
  });

  test('the data bucket is versioned, and what may go expires by folder', async () => {
    const { company } = await synthesised(example);
    const buckets = await every(example, 'AWS::S3::Bucket');
    const rules = buckets
      .filter(({ Properties }) => 'VersioningConfiguration' in Properties)
      .flatMap(
        ({ Properties }) =>
          (Properties['LifecycleConfiguration'] as { Rules: Record<string, unknown>[] }).Rules,
      );
    const days = Object.fromEntries(
      rules.filter((rule) => 'Prefix' in rule).map((rule) => [rule['Prefix'], rule['ExpirationInDays']]),
    );
    expect(days).toEqual({
      'raw/': company.aws.raw_days,
      'inbox/': company.aws.inbox_days,
      'landing/': 30,
      'rejected/': 90,
      'work/': 30,
      'audiences/': 30,
      'pushes/': undefined,
      'landing/consents/': undefined,
      'athena-results/': 3,
    });
    // What Vigie keeps for good: figures, alerts, receipts, reports.
    for (const kept of ['snapshot/', 'alerts/', 'outbox/', 'reports/', 'runs/', 'lake/', 'state/'])
      expect(Object.keys(days)).not.toContain(kept);
    expect(rules).toContainEqual(
      expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Status: 'Enabled' }),
    );
    expect(rules).toContainEqual(
      expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }),
    );
  });

  test('databases outlive the stack: with them the tables’ definitions would go', async () => {
    for (const { DeletionPolicy } of await every(example, 'AWS::Glue::Database'))
      expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('a failed first deployment leaves nothing behind that would block the next', async () => {
    const { Resources } = (await synthesised(example)).template.toJSON() as {
      Resources: Record<string, Resource>;
    };
    const kept = Object.entries(Resources).filter(([, { DeletionPolicy }]) =>
      DeletionPolicy?.startsWith('Retain'),
    );
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of kept)
      expect({ DeletionPolicy, UpdateReplacePolicy }, id).toEqual({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    expect(kept.map(([, { Type }]) => Type).sort()).toEqual([
      ...[
        'AWS::Glue::Database',
        'AWS::Glue::Database',
        'AWS::KMS::Key',
        'AWS::S3::Bucket',
        'AWS::S3::Bucket',
      ],
    ]);
  });

  test('the workgroups cut off statements, loads elsewhere, write where they say, on engine 3, whatever a client asks', async () => {
    const { company } = await synthesised(example);
    const workgroups = await every(example, 'AWS::Athena::WorkGroup');
    const { max_scan_gb, max_load_gb } = company.aws;
    const limits = { 'vigie-test': max_scan_gb, 'vigie-test-load': max_load_gb };
    expect(workgroups.map(({ Properties }) => Properties['Name']).sort()).toEqual(Object.keys(limits));
    for (const { Properties } of workgroups)
      expect(Properties['WorkGroupConfiguration']).toMatchObject({
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: limits[Properties['Name'] as keyof typeof limits] * 1e9,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
      });
  });

  test('an alarm rings at half of what a day may read, and at all of it; both look at both workgroups', async () => {
    const { company } = await synthesised(example);
    const alarms = await every(example, 'AWS::CloudWatch::Alarm');
    const most = company.aws.daily_scan_gb * 1e9;
    for (const [name, threshold] of [
      ['', most],
      ['-half', most / 2],
    ] as const) {
      const alarm = alarms.find(
        ({ Properties }) => Properties['AlarmName'] === `vigie-test-bytes-scanned${name}`,
      );
      expect(alarm?.Properties['Threshold']).toBe(threshold);
      for (const workgroup of ['vigie-test', 'vigie-test-load'])
        expect(JSON.stringify(alarm?.Properties['Metrics'])).toContain(`"${workgroup}"`);
    }
  });

  test('an alarm rings at half of what one statement may read, before any is cut off; loads apart', async () => {
    const { max_scan_gb, max_load_gb } = (await synthesised(example)).company.aws;
    const alarms = await every(example, 'AWS::CloudWatch::Alarm');
    for (const [name, workgroup, most] of [
      ['dearest-statement', 'vigie-test', max_scan_gb],
      ['dearest-statement-load', 'vigie-test-load', max_load_gb],
    ] as const) {
      const alarm = alarms.find(({ Properties }) => Properties['AlarmName'] === `vigie-test-${name}`);
      expect(alarm?.Properties['Threshold']).toBe((most * 1e9) / 2);
      expect(alarm?.Properties['Metrics']).toEqual([
        expect.objectContaining({
          MetricStat: expect.objectContaining({
            Stat: 'Maximum',
            Metric: expect.objectContaining({
              MetricName: 'ProcessedBytes',
              Dimensions: expect.arrayContaining([{ Name: 'WorkGroup', Value: workgroup }]),
            }),
          }),
        }),
      ]);
    }
  });

  test('every function is ARM64 on Node 24, has its own role and log group, and the environment it reads', async () => {
    const { company } = await synthesised(example);
    const all = await every(example, 'AWS::Lambda::Function');
    // What answers links is no step: test/infra/alert-links.infra.ts looks at it.
    const functions = all.filter(({ Properties }) => services(Properties) !== ALERT_LINKS);
    expect(all.length - functions.length).toBe(company.aws.links ? 1 : 0);
    expect(functions.map(({ Properties }) => services(Properties)).sort()).toEqual([...functionNames].sort());
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout: 900,
      });
      const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
      const writesLake = ['load', 'run'].includes(String(services(Properties)));
      expect(Variables).toMatchObject({
        VIGIE_STAGE: 'test',
        VIGIE_SECRETS_PREFIX: 'vigie/test/',
        VIGIE_WORKGROUP: writesLake ? 'vigie-test-load' : 'vigie-test',
      });
      for (const name of [
        'VIGIE_BUCKET',
        'VIGIE_LANDING_DATABASE',
        'VIGIE_LAKE_DATABASE',
        'VIGIE_ALERT_TOPIC',
        'VIGIE_CHAT_TOPIC',
        'VIGIE_SES_CONFIGURATION_SET',
      ])
        expect(Variables[name], name).toBeTruthy();
    }
    for (const field of ['Role', 'LoggingConfig'])
      expect(new Set(functions.map(({ Properties }) => JSON.stringify(Properties[field]))).size).toBe(
        functionNames.length,
      );
    for (const { Properties } of await every(example, 'AWS::Logs::LogGroup'))
      expect(Properties['RetentionInDays']).toBe(company.aws.log_days);
  });

  test('the state machines are those of the pipeline and of the maintenance, whole', async () => {
    const machines = await every(example, 'AWS::StepFunctions::StateMachine');
    const definitions = machines.map(({ Properties }) =>
      JSON.parse(Properties['DefinitionString'] as string),
    );
    expect(definitions).toHaveLength(2);
    expect(definitions).toContainEqual(JSON.parse(JSON.stringify(pipelineMachine(pipeline))));
    expect(definitions).toContainEqual(JSON.parse(JSON.stringify(maintenanceMachine())));
    for (const { Properties } of machines) {
      expect(Properties['StateMachineType']).toBe('STANDARD');
      const placeholders = new Set((Properties['DefinitionString'] as string).match(/(?<=\$\{)\w+(?=\})/g));
      expect(Object.keys(Properties['DefinitionSubstitutions'] as object).sort()).toEqual(
        [...placeholders].sort(),
      );
    }
  });

  test('everything on the timetable is in the company’s time zone, tried again, and kept when it fails', async () => {
    const { company } = await synthesised(example);
    const schedules = await every(example, 'AWS::Scheduler::Schedule');
    for (const { Properties } of schedules) {
      expect(Properties['ScheduleExpressionTimezone']).toBe(company.company.time_zone);
      expect(Properties['Target']).toMatchObject({
        DeadLetterConfig: { Arn: expect.anything() },
        RetryPolicy: { MaximumRetryAttempts: 20, MaximumEventAgeInSeconds: 7200 },
      });
    }
    const cron = (time: string) => {
      const [hour, minute] = time.split(':').map(Number);
      return `cron(${minute} ${hour} * * ? *)`;
    };
    const hourly = (time: string) => `cron(${Number(time.split(':')[1])} * * * ? *)`;
    const expressions = schedules.map(({ Properties }) => Properties['ScheduleExpression']);
    expect(expressions.sort()).toEqual(
      [
        cron(company.aws.schedule),
        hourly(company.aws.digest_by),
        'cron(0 * * * ? *)',
        'cron(0 14 ? * SUN *)',
      ].sort(),
    );
  });

  test('every hour somebody looks whose hour has come, and whether the digests are out that are due', async () => {
    const schedules = await every(example, 'AWS::Scheduler::Schedule');
    const does = schedules.map(({ Properties }) => {
      const { Arn, Input } = Properties['Target'] as { Arn: unknown; Input: string };
      return [Properties['ScheduleExpression'], Input, words(Arn)] as const;
    });
    expect(does).toContainEqual(['cron(0 * * * ? *)', '{"do":"tell"}', expect.stringMatching(/Report/)]);
    expect(does).toContainEqual([
      expect.stringMatching(/^cron\(\d+ \* \* \* \? \*\)$/),
      '{"do":"watch"}',
      expect.stringMatching(/FunctionsRun/),
    ]);
  });

  test('a schedule waits for its group', async () => {
    const [group] = await every(example, 'AWS::Scheduler::ScheduleGroup');
    for (const { DependsOn, Properties } of await every(example, 'AWS::Scheduler::Schedule')) {
      expect(words(Properties['GroupName'])).toBe('vigie-test');
      expect(DependsOn).toContain(group?.id);
    }
  });

  test('a run that ends badly in any way is told of', async () => {
    const [rule] = await every(example, 'AWS::Events::Rule');
    expect(rule?.Properties['EventPattern']).toMatchObject({
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    });
    expect(JSON.stringify(rule?.Properties['Targets'])).toContain('broken');
  });

  test('bounces, complaints and rejects are events; mails leave by TLS only', async () => {
    const [set] = await every(example, 'AWS::SES::ConfigurationSet');
    expect(set?.Properties).toMatchObject({ DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
    const destinations = await every(example, 'AWS::SES::ConfigurationSetEventDestination');
    expect(destinations).toHaveLength(2);
    for (const { Properties } of destinations) {
      expect(words(Properties['ConfigurationSetName'])).toBe(`<${set?.id}>`);
      expect(Properties['EventDestination']).toMatchObject({
        MatchingEventTypes: expect.arrayContaining(['bounce', 'complaint', 'reject']),
      });
    }
    // SES tries at once whether it may publish.
    const topic = destinations.find(({ Properties }) =>
      JSON.stringify(Properties).includes('SnsDestination'),
    );
    const policies = (await every(example, 'AWS::SNS::TopicPolicy')).map(({ id }) => id);
    expect(policies).toContain([topic?.DependsOn].flat()[0]);
  });

  test('topics are encrypted with a key that alarms and SES may use, and SES may publish', async () => {
    for (const { Properties } of await every(example, 'AWS::SNS::Topic'))
      expect(Properties['KmsMasterKeyId']).toBeTruthy();
    const [key] = await every(example, 'AWS::KMS::Key');
    expect(key?.Properties['EnableKeyRotation']).toBe(true);
    const policy = words(key?.Properties['KeyPolicy']);
    for (const service of ['cloudwatch', 'ses']) expect(policy).toContain(`${service}.amazonaws.com`);
    const topics = (await every(example, 'AWS::SNS::TopicPolicy')).map(({ Properties }) =>
      words(Properties['PolicyDocument']),
    );
    expect(topics.join()).toContain('ses.amazonaws.com');
    expect(topics.join()).toContain('cloudwatch.amazonaws.com');
  });

  test('every alarm tells somebody, both ways, and names a page that is there', async () => {
    const alarms = await every(example, 'AWS::CloudWatch::Alarm');
    for (const { Properties } of alarms) {
      expect(Properties['AlarmActions']).toHaveLength(1);
      expect(Properties['OKActions']).toHaveLength(1);
      const page = /docs\/operations\/[\w-]+\.md/.exec(String(Properties['AlarmDescription']))?.[0];
      expect(page, String(Properties['AlarmName'])).toBeDefined();
      expect(existsSync(String(page)), `${page} is missing`).toBe(true);
      const half = /-(half|load)$/.exec(String(Properties['AlarmName']))?.[0] ?? '';
      expect(String(Properties['AlarmName'])).toBe(`vigie-test-${page?.replace(/^.*\/|\.md$/g, '')}${half}`);
    }
  });

  test('mails that did not arrive are counted by SES itself, not by what is published to the topic', async () => {
    const alarms = await every(example, 'AWS::CloudWatch::Alarm');
    const bounced = alarms.find(({ Properties }) => Properties['AlarmName'] === 'vigie-test-mails-bounced');
    const looked = (bounced?.Properties['Metrics'] ?? []) as { MetricStat?: { Metric: unknown } }[];
    const metrics = looked.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
    const Dimensions = [{ Name: 'ses:configuration-set', Value: 'vigie-test' }];
    expect(metrics).toEqual(
      ['Bounce', 'Complaint', 'Reject'].map((MetricName) => ({
        Dimensions,
        MetricName,
        Namespace: 'AWS/SES',
      })),
    );
    const counts = (await every(example, 'AWS::SES::ConfigurationSetEventDestination')).flatMap(
      ({ Properties }) =>
        (Properties['EventDestination'] as { CloudWatchDestination?: unknown }).CloudWatchDestination ?? [],
    );
    expect(counts).toEqual([
      {
        DimensionConfigurations: [
          {
            DimensionName: 'ses:configuration-set',
            DimensionValueSource: 'messageTag',
            DefaultDimensionValue: 'vigie-test',
          },
        ],
      },
    ]);
    expect(JSON.stringify(alarms)).not.toContain('AWS/SNS');
  });

  test('no alarm falls silent because one of its metrics has no point', async () => {
    const expressions = (await every(example, 'AWS::CloudWatch::Alarm')).flatMap(({ Properties }) =>
      ((Properties['Metrics'] ?? []) as { Id: string; Expression?: string }[]).flatMap((metric, _, all) =>
        metric.Expression === undefined ? [] : [{ expression: metric.Expression, all, own: metric.Id }],
      ),
    );
    expect(expressions.length).toBeGreaterThan(3);
    for (const { expression, all, own } of expressions)
      for (const { Id } of all.filter((each) => each.Id !== own))
        expect(expression.replaceAll(`FILL(${Id}, 0)`, '')).not.toMatch(new RegExp(`\\b${Id}\\b`));
  });

  test('the dead man’s switch rings when nothing at all ran', async () => {
    const alarms = await every(example, 'AWS::CloudWatch::Alarm');
    const silent = alarms.find(({ Properties }) => Properties['AlarmName'] === 'vigie-test-watcher-silent');
    expect(silent?.Properties).toMatchObject({ TreatMissingData: 'breaching', EvaluationPeriods: 26 });
    expect(silent?.Properties['Metrics']).toMatchObject([
      { MetricStat: { Metric: { MetricName: 'DigestsMissing' }, Period: 3600, Stat: 'SampleCount' } },
    ]);
  });

  test('says what `vigie --stack` reads', async () => {
    const { company, template } = await synthesised(example);
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'AlertTopic',
      'Bucket',
      'ChatTopic',
      'ConfigurationSet',
      'DashboardUrl',
      'Deployment',
      'LakeDatabase',
      'LandingDatabase',
      ...(company.aws.links ? ['LinksUrl'] : []),
      'SecretsPrefix',
      'Stage',
      'StateMachine',
      'Workgroup',
    ]);
  });

  test('has one dashboard', async () => {
    expect(await every(example, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  test('needs no account, no look-up and no Docker to be synthesised', async () => {
    const { folder } = await synthesised(example);
    const manifest = readFileSync(`${folder}/manifest.json`, 'utf8');
    expect(manifest).not.toContain('"missing"');
    expect(manifest).toMatch(/aws:\/\/unknown-account\/(unknown-region|eu-west-3)/);
  });
});

const services = (properties: Record<string, unknown>): unknown =>
  (properties['Environment'] as { Variables: Record<string, unknown> }).Variables['POWERTOOLS_SERVICE_NAME'];

test('each address under aws.alarm_emails is subscribed to the alert topic', async () => {
  const everything: Synthesised = await synthesised('everything');
  const emails = resourcesOf(everything, 'AWS::SNS::Subscription').map(
    ([, { Properties }]) => Properties['Endpoint'],
  );
  expect(emails.sort()).toEqual([...everything.company.aws.alarm_emails].sort());
});
