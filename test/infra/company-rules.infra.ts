import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functionNames } from '../../infra/access.ts';
import { dropPlaces } from '../../infra/constructs/droppers.ts';
import { allExamples, resourcesOf, type Synthesised, synthesised, words } from './synthesise.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const statementsOf = (document: unknown): Statement[] => (document as { Statement: Statement[] }).Statement;

/** Name of a function: its properties. */
const functionsOf = (made: Synthesised): Map<string, Record<string, unknown>> =>
  new Map(
    resourcesOf(made, 'AWS::Lambda::Function').map(([, { Properties }]) => {
      const { Variables } = Properties['Environment'] as { Variables: Record<string, string> };
      return [String(Variables['POWERTOOLS_SERVICE_NAME']), Properties];
    }),
  );

/** What is allowed anywhere in the stack on things of a service, as `action on resource`. */
const allowedOf = (made: Synthesised, service: string): string[] =>
  resourcesOf(made, 'AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
    statementsOf(Properties['PolicyDocument']).flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .filter((action) => action.startsWith(`${service}:`))
        .flatMap((action) => [Resource].flat().map((each) => `${id}: ${action} on ${words(each)}`)),
    ),
  );

describe('in a network of the company', () => {
  const made = () => synthesised('private-network');

  test('the step that pulls is in it, with the subnets and groups that the file names, and no other step', async () => {
    const stack = await made();
    const { network } = stack.company.aws;
    for (const [name, properties] of functionsOf(stack))
      expect(properties['VpcConfig'], name).toEqual(
        name === 'pull'
          ? { SubnetIds: network?.subnets, SecurityGroupIds: network?.security_groups }
          : undefined,
      );
    expect(functionsOf(stack).size).toBe(functionNames.length);
  });

  test('only that step may make network interfaces, and may before it is made', async () => {
    const stack = await made();
    const allowed = allowedOf(stack, 'ec2');
    expect(allowed.length).toBeGreaterThan(4);
    for (const each of allowed) expect(each).toMatch(/^FunctionsPullRole/);
    const [policy] = resourcesOf(stack, 'AWS::IAM::Policy').filter(([id]) => id.startsWith('FunctionsPull'));
    const [pull] = resourcesOf(stack, 'AWS::Lambda::Function').filter(([id]) =>
      id.startsWith('FunctionsPull'),
    );
    expect(pull?.[1].DependsOn).toContain(policy?.[0]);
  });

  test('only that step trusts the authority of the file, which Node.js reads when it starts', async () => {
    for (const [name, { Environment }] of functionsOf(await made())) {
      const { Variables } = Environment as { Variables: Record<string, unknown> };
      expect(Variables['NODE_EXTRA_CA_CERTS'], name).toBe(name === 'pull' ? '/var/task/ca.pem' : undefined);
    }
  });

  test('a company that names no group gets one that lets nobody in', async () => {
    const stack = await synthesised('private-network', 'test', ({ aws, ...rest }) => ({
      ...rest,
      aws: { ...aws, network: aws.network && { ...aws.network, security_groups: [] } },
    }));
    const groups = resourcesOf(stack, 'AWS::EC2::SecurityGroup');
    expect(groups).toHaveLength(1);
    expect(groups[0]?.[1].Properties).toMatchObject({ VpcId: 'vpc-0a1b2c3d4e5f60718' });
    expect(groups[0]?.[1].Properties['SecurityGroupIngress']).toBeUndefined();
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
    const config = functionsOf(stack).get('pull')?.['VpcConfig'] as { SecurityGroupIds: unknown[] };
    expect(config.SecurityGroupIds.map(words)).toEqual([`<${groups[0]?.[0]}.GroupId>`]);
    expect(stack.findings).toEqual([]);
  });

  test.each(['minimal', 'everything', 'company-account'] as const)(
    'examples/%s has none: nothing of EC2 is made, named or allowed, no authority added',
    async (example) => {
      const text = JSON.stringify((await synthesised(example)).template.toJSON());
      for (const word of ['AWS::EC2', 'ec2:', 'VpcConfig', 'NODE_EXTRA_CA_CERTS'])
        expect(text).not.toContain(word);
    },
  );

  test('nothing is looked up', async () => {
    const { folder } = await made();
    expect(readFileSync(`${folder}/manifest.json`, 'utf8')).not.toContain('"missing"');
  });
});

describe('in an account with rules of its own', () => {
  const made = () => synthesised('company-account');
  const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

  test('every role has the boundary', async () => {
    const roles = resourcesOf(await made(), 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(functionNames.length);
    for (const [id, { Properties }] of roles)
      expect(words(Properties['PermissionsBoundary']), id).toBe(
        'arn:<AWS::Partition>:iam::<AWS::AccountId>:policy/company-boundary',
      );
  });

  test('everything that can be tagged has the tags', async () => {
    const stack = await made();
    const { Resources } = stack.template.toJSON() as {
      Resources: Record<string, { Type: string; Properties?: { Tags?: unknown } }>;
    };
    const tagged = Object.values(Resources).filter(({ Properties }) => Properties?.Tags !== undefined);
    expect(new Set(tagged.map(({ Type }) => Type)).size).toBeGreaterThan(5);
    for (const { Type, Properties } of tagged)
      for (const [key, value] of Object.entries(stack.company.aws.tags))
        expect(JSON.stringify(Properties?.Tags), Type).toMatch(
          new RegExp(`"${key}"(,"Value")?:"${value}"|"Key":"${key}","Value":"${value}"`),
        );
  });

  test('no bucket and no key is made: data, results, topics and logs are under the company’s', async () => {
    const stack = await made();
    for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key'])
      expect(resourcesOf(stack, type), type).toEqual([]);
    for (const [name, { Environment }] of functionsOf(stack)) {
      const { Variables } = Environment as { Variables: Record<string, unknown> };
      expect(Variables['VIGIE_BUCKET'], name).toBe('company-account-vigie-test');
    }
    for (const [, { Properties }] of resourcesOf(stack, 'AWS::SNS::Topic'))
      expect(Properties['KmsMasterKeyId']).toBe(KEY);
    const logs = resourcesOf(stack, 'AWS::Logs::LogGroup');
    expect(logs.length).toBeGreaterThan(functionNames.length);
    for (const [id, { Properties }] of logs) expect(Properties['KmsKeyId'], id).toBe(KEY);
    const [workgroup] = resourcesOf(stack, 'AWS::Athena::WorkGroup');
    expect(workgroup?.[1].Properties['WorkGroupConfiguration']).toMatchObject({
      ResultConfiguration: {
        OutputLocation: 's3://company-account-vigie-test/athena-results/',
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: KEY },
      },
    });
  });

  test('every function may use the key, for data and its own secrets, and no other key', async () => {
    const allowed = allowedOf(await made(), 'kms');
    for (const each of allowed) expect(each.endsWith(` on ${KEY}`), each).toBe(true);
    for (const name of functionNames)
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey'])
        expect(
          allowed.some(
            (each) => each.toLowerCase().startsWith(`functions${name}role`) && each.includes(action),
          ),
          `${name} ${action}`,
        ).toBe(true);
  });

  test('where the stack makes the bucket, it is under the key, and asks KMS once for many objects', async () => {
    const stack = await synthesised('company-account', 'test', ({ aws, ...rest }) => ({
      ...rest,
      aws: { ...aws, bucket: undefined },
    }));
    const bucket = resourcesOf(stack, 'AWS::S3::Bucket').find(
      ([, { Properties }]) => 'VersioningConfiguration' in Properties,
    );
    expect(bucket?.[1].Properties['BucketEncryption']).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY },
        },
      ],
    });
    expect(stack.findings).toEqual([]);
  });

  test('the page has the lifecycle that a bucket of the company’s own has to be given', async () => {
    const page = readFileSync('docs/operations/company-account.md', 'utf8');
    const [minimal] = resourcesOf(await synthesised('minimal'), 'AWS::S3::Bucket').filter(
      ([, { Properties }]) => 'VersioningConfiguration' in Properties,
    );
    const lifecycle = minimal?.[1].Properties['LifecycleConfiguration'];
    const Rules = (lifecycle as { Rules?: Readonly<Record<string, unknown>>[] } | undefined)?.Rules ?? [];
    expect(Rules.length).toBeGreaterThan(6);
    const shown = /```json\n(\{ "Rules": \[[\s\S]*?)```/.exec(page)?.[1] ?? '{}';
    expect((JSON.parse(shown) as { Rules: unknown[] }).Rules).toEqual(Rules.map(asTheCommandLineHasIt));
  });

  test('the page names every service that a boundary has to allow', async () => {
    const page = readFileSync('docs/operations/company-account.md', 'utf8');
    const [named = ''] = /The services are `[\s\S]*?`xray`/.exec(page) ?? [];
    const used = new Set<string>();
    for (const example of allExamples)
      for (const [, { Properties }] of resourcesOf(await synthesised(example), 'AWS::IAM::Policy'))
        for (const { Action } of statementsOf(Properties['PolicyDocument']))
          for (const action of [Action].flat()) used.add(action.replace(/:.*/, ''));
    expect(named.match(/(?<=`)[a-z0-9]+(?=`)/g)).toEqual([...used].sort());
  });

  test('the policy of the key on the page lets in who uses it beside the roles', () => {
    const page = readFileSync('docs/operations/company-account.md', 'utf8');
    for (const service of ['cloudwatch', 'ses', 'logs.REGION'])
      expect(page).toContain(`"${service}.amazonaws.com"`);
  });
});

/** A rule of a template in the form of `aws s3api put-bucket-lifecycle-configuration`. */
function asTheCommandLineHasIt(rule: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { Id, Prefix = '', Status, ExpirationInDays, ExpiredObjectDeleteMarker, ...rest } = rule;
  const expiration =
    ExpirationInDays === undefined
      ? ExpiredObjectDeleteMarker === undefined
        ? {}
        : { Expiration: { ExpiredObjectDeleteMarker } }
      : { Expiration: { Days: ExpirationInDays } };
  return { ID: Id, Filter: { Prefix }, Status, ...expiration, ...rest };
}

describe('what systems drop', () => {
  test.each(allExamples)(
    'examples/%s: each source of files has a policy that only writes its own',
    async (example) => {
      const stack = await synthesised(example);
      const bucket = stack.company.aws.bucket === undefined ? '<LakeBucket' : 'company-account-vigie-test';
      const policies = resourcesOf(stack, 'AWS::IAM::ManagedPolicy').map(([, { Properties }]) => Properties);
      const sources = stack.company.sources.flatMap((source) => ('feeds' in source ? [source] : []));
      expect(policies.map(({ ManagedPolicyName }) => ManagedPolicyName).sort()).toEqual(
        sources.map(({ name }) => `vigie-test-drop-${name}`).sort(),
      );
      for (const source of sources) {
        const own = policies.find(
          ({ ManagedPolicyName }) => ManagedPolicyName === `vigie-test-drop-${source.name}`,
        );
        const [drop, ...rest] = statementsOf(own?.['PolicyDocument']);
        expect([drop?.Action].flat().sort()).toEqual(['s3:AbortMultipartUpload', 's3:PutObject']);
        expect([drop?.Resource].flat().map((each) => words(each).replace(/^[^/]*\//, ''))).toEqual(
          dropPlaces(source),
        );
        for (const each of [drop?.Resource].flat()) expect(words(each)).toContain(bucket);
        expect(rest.flatMap(({ Action }) => Action)).toEqual(
          stack.company.aws.key === undefined ? [] : ['kms:Decrypt', 'kms:GenerateDataKey'],
        );
        // Nobody has it until somebody is given it.
        for (const field of ['Roles', 'Users', 'Groups']) expect(own?.[field]).toBeUndefined();
      }
    },
  );

  test('is read by the step that pulls alone, and by people only with a policy of its own', async () => {
    for (const example of allExamples) {
      const readers = allowedOf(await synthesised(example), 's3').filter((each) => each.includes('/inbox/'));
      expect(readers.length).toBe(1);
      expect(readers[0]).toMatch(/^FunctionsPullRole\w+: s3:GetObject on /);
    }
  });
});
