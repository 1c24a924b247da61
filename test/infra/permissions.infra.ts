import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { access, type FunctionName, functionNames, mayTouch } from '../../infra/access.ts';
import { channelSecrets, pushSecrets, sourceSecrets } from '../../infra/company/secrets.ts';
import { type On, permissionRows, type StatementKind, statementKinds } from '../../infra/statements.ts';
import { allExamples as examples, resourcesOf, type Synthesised, synthesised, words } from './synthesise.ts';

interface Allowed {
  readonly action: string;
  readonly resource: string;
  readonly condition: string;
}

/** Everything that the role of each function may do: one entry an action and resource. */
function allowedOf(made: Synthesised): Map<FunctionName, Allowed[]> {
  const policies = resourcesOf(made, 'AWS::IAM::Policy');
  const functions = resourcesOf(made, 'AWS::Lambda::Function').map(([, { Properties }]) => {
    const { Variables } = Properties['Environment'] as { Variables: Record<string, string> };
    const role = /<([^.>]+)/.exec(words(Properties['Role']))?.[1];
    return [Variables['POWERTOOLS_SERVICE_NAME'] as FunctionName, role as string] as const;
  });
  // What answers browsers is no step: test/infra/site.infra.ts and alert-links.infra.ts look at it.
  const steps = functions.filter(([name]) => functionNames.includes(name));
  return new Map(
    steps.map(([name, role]) => {
      const own = policies.filter(
        ([, { Properties }]) => words((Properties['Roles'] as unknown[])[0]) === `<${role}>`,
      );
      return [name, own.flatMap(([, { Properties }]) => statements(Properties['PolicyDocument']))];
    }),
  );
}

function statements(document: unknown): Allowed[] {
  const { Statement } = document as {
    Statement: { Effect: string; Action: unknown; Resource: unknown; Condition?: unknown }[];
  };
  return Statement.flatMap(({ Effect, Action, Resource, Condition }) => {
    expect(Effect).toBe('Allow');
    return [Action].flat().flatMap((action) =>
      [Resource].flat().map((resource) => ({
        action: String(action),
        // A company may name its region.
        resource: words(resource).replace(/:eu-(west-3|central-1):/, ':<AWS::Region>:'),
        condition: Condition === undefined ? '' : JSON.stringify(Condition),
      })),
    );
  });
}

const actions = (allowed: readonly Allowed[], service: string): string[] =>
  [
    ...new Set(allowed.map(({ action }) => action).filter((action) => action.startsWith(`${service}:`))),
  ].sort();

/** The resources that a policy has to name, in the words of a template. */
const resources: Readonly<Record<On, readonly string[]>> = {
  workgroup: [workgroup('vigie-test')],
  catalog: [glue('catalog')],
  'database default': [glue('database/default')],
  databases: [glue('database/vigie_test_landing'), glue('database/vigie_test_lake')],
  tables: [glue('table/vigie_test_landing/*'), glue('table/vigie_test_lake/*')],
  bucket: ['<Bucket.Arn>'],
  'lake/': ['<Bucket.Arn>/lake/*'],
  'landing/': ['<Bucket.Arn>/landing/*'],
  'athena-results/': ['<Bucket.Arn>/athena-results/*'],
};

function workgroup(name: string): string {
  return `arn:<AWS::Partition>:athena:<AWS::Region>:<AWS::AccountId>:workgroup/${name}`;
}

function glue(resource: string): string {
  return `arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:${resource}`;
}

/** Who writes the lake does so in a workgroup of its own, with a limit of its own. */
const LOADS = 'vigie-test-load';
const writesLake = (who: string): boolean =>
  functionNames.some((name) => name === who && access[name].athena === 'define');

/** What a statement needs and a policy does not allow. */
const missing = ({ needs }: StatementKind, allowed: readonly Allowed[], who: string): string[] =>
  needs.flatMap(({ actions, on }) =>
    actions.flatMap((action) =>
      on
        .flatMap((each) => (each === 'workgroup' && writesLake(who) ? [workgroup(LOADS)] : resources[each]))
        .filter((resource) => !allowed.some((one) => one.action === action && covers(one.resource, resource)))
        .map((resource) => `${action} on ${resource}`),
    ),
  );

const covers = (granted: string, wanted: string): boolean =>
  granted === wanted || (granted.endsWith('*') && wanted.startsWith(granted.slice(0, -1)));

/** Of the network that `pull` joins: EC2 names interfaces itself, and describes all or nothing. */
const ofNetwork = ({ action }: Allowed): boolean => action.startsWith('ec2:');

/** The policy that docs/operations/deploy.md gives to people, in the words of a template. */
function policyOfPeople(): Allowed[] {
  const page = readFileSync('docs/operations/deploy.md', 'utf8');
  const json = /```json\n(\{\n {2}"Version"[\s\S]*?)```/.exec(page)?.[1] ?? '';
  const text = json
    .replaceAll('arn:aws:s3:::BUCKET', '<Bucket.Arn>')
    .replaceAll('arn:aws:', 'arn:<AWS::Partition>:')
    .replaceAll(':REGION:ACCOUNT:', ':<AWS::Region>:<AWS::AccountId>:')
    .replaceAll('vigie-production', 'vigie-test');
  return statements(JSON.parse(text)).map((each) => ({
    ...each,
    resource: each.resource
      .replace('vigie_production_*/*', 'vigie_*')
      .replace('vigie_production_*', 'vigie_*'),
  }));
}

describe('each kind of statement, by AWS’s documentation', () => {
  test.each(statementKinds)('$statement: whoever runs it may', async (kind) => {
    const roles = allowedOf(await synthesised('minimal'));
    for (const who of kind.by) {
      const allowed =
        who === 'people'
          ? policyOfPeople()
          : (roles.get(who) ?? []).map((each) => ({
              ...each,
              resource: each.resource.replace(/<LakeBucket\w+\.Arn>/, '<Bucket.Arn>'),
            }));
      expect(missing(kind, allowed, who), who).toEqual([]);
    }
  });

  test('whoever may run statements is named, and no other', () => {
    const able = functionNames.filter((name) => access[name].athena !== undefined);
    expect([...able, 'people'].sort()).toEqual([...new Set(statementKinds.flatMap(({ by }) => by))].sort());
    for (const { by, needs } of statementKinds) {
      const defines = needs.some(({ actions }) =>
        actions.some((action) => /^glue:(Create|Update)/.test(action)),
      );
      for (const name of by) if (defines) expect(name !== 'people' && access[name].athena).toBe('define');
    }
  });

  test('people read every part of the bucket but where systems drop what they have in the clear, and who is handed to ad platforms', () => {
    const read = policyOfPeople()
      .filter(({ action }) => action === 's3:GetObject')
      .map(({ resource }) => resource.replace(/^<Bucket\.Arn>\/|\/\*$/g, ''));
    const areas = new Set(Object.values(access).flatMap(({ reads, writes }) => [...reads, ...writes]));
    expect(areas.delete('inbox')).toBe(true);
    expect(areas.delete('audiences')).toBe(true);
    expect(areas.delete('pushes')).toBe(true);
    expect(read.sort()).toEqual([...areas].sort());
  });

  test('docs/operations/permissions.md shows them', () => {
    const page = readFileSync('docs/operations/permissions.md', 'utf8');
    for (const row of permissionRows()) expect(page).toContain(row);
    expect(
      page.split('\n').filter((line) => line.includes('docs.aws.amazon.com/athena/latest/ug/')),
    ).toHaveLength(statementKinds.length);
  });
});

describe.each(examples)('permissions in the stack of examples/%s', (example) => {
  const roles = async () => allowedOf(await synthesised(example));

  test('every function has a role with a policy of its own, and none that AWS manages', async () => {
    const found = await roles();
    expect([...found.keys()].sort()).toEqual([...functionNames].sort());
    for (const allowed of found.values()) expect(allowed.length).toBeGreaterThan(3);
    for (const [, { Properties }] of resourcesOf(await synthesised(example), 'AWS::IAM::Role'))
      expect(Properties['ManagedPolicyArns']).toBeUndefined();
  });

  test('no function may do everything, or anything to everything', async () => {
    for (const [name, allowed] of await roles())
      for (const { action, resource } of allowed) {
        expect(action, name).not.toContain('*');
        if (resource === '*') expect(action, name).toMatch(/^ec2:Describe/);
      }
  });

  test('a wildcard stands only at the end, after a name of the stack’s own', async () => {
    const own =
      /^((<LakeBucket\w+\.Arn>|arn:<AWS::Partition>:s3:::company-account-vigie-test)\/[a-z-]+\/|arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table\/vigie_test_(lake|landing)\/|arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:vigie-test:|arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity\/)\*$/;
    for (const [name, allowed] of await roles())
      for (const { action, resource } of allowed.filter((each) => !ofNetwork(each)))
        if (resource.includes('*')) expect(resource, `${name} ${action}`).toMatch(own);
  });

  test('objects: each step reads and writes its folders, as infra/access.ts says, and no other', async () => {
    for (const [name, allowed] of await roles()) {
      const folders = (action: string): string[] =>
        allowed
          .filter((each) => each.action === action)
          .map(({ resource }) => resource.replace(/^[^/]+\/|\/\*$/g, ''));
      const { reads, writes } = access[name];
      expect(folders('s3:GetObject').sort(), name).toEqual([...reads, ...writes].sort());
      for (const action of ['s3:PutObject', 's3:DeleteObject'])
        expect(folders(action).sort(), name).toEqual([...writes].sort());
      expect(
        actions(allowed, 's3').filter((action) => !/^s3:(Get|Put|Delete)Object$/.test(action)),
        name,
      ).toEqual([
        's3:AbortMultipartUpload',
        ...(access[name].athena ? ['s3:GetBucketLocation'] : []),
        's3:ListBucket',
        ...(access[name].athena ? ['s3:ListBucketMultipartUploads'] : []),
        's3:ListMultipartUploadParts',
      ]);
    }
  });

  test('secrets: pull reads and rotates those of the company’s sources, by name; report reads those of letters, measure those of pushes; nobody else any', async () => {
    const made = await synthesised(example);
    const names = sourceSecrets(made.company);
    for (const [name, allowed] of await roles()) {
      const secrets = allowed.filter(({ action }) => action.startsWith('secretsmanager:'));
      const may = (action: string, secret: string): string =>
        `secretsmanager:${action} arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:vigie/test/${secret}-??????`;
      const wanted =
        name === 'pull'
          ? names.flatMap((secret) =>
              ['GetSecretValue', 'PutSecretValue'].map((action) => may(action, secret)),
            )
          : name === 'report'
            ? channelSecrets(made.company).map((secret) => may('GetSecretValue', secret))
            : name === 'measure'
              ? pushSecrets(made.company).map((secret) => may('GetSecretValue', secret))
              : [];
      expect(secrets.map(({ action, resource }) => `${action} ${resource}`).sort()).toEqual(wanted.sort());
    }
  });

  test('mails: only report sends, from the company’s address and through its configuration set', async () => {
    const { company } = await synthesised(example);
    const address = /<(.+)>/.exec(company.delivery.from)?.[1];
    for (const [name, allowed] of await roles()) {
      const mails = allowed.filter(({ action }) => action.startsWith('ses:'));
      if (name !== 'report') expect(mails, name).toEqual([]);
      else {
        expect(actions(mails, 'ses')).toEqual(['ses:SendRawEmail']);
        expect(mails.map(({ resource }) => resource.replace(/^.*:/, '')).sort()).toEqual([
          'configuration-set/vigie-test',
          'identity/*',
        ]);
        for (const { condition } of mails)
          expect(condition).toBe(JSON.stringify({ StringEquals: { 'ses:FromAddress': address } }));
      }
    }
  });

  test('statements: only in the stack’s workgroups, what writes the lake in its own; pull, judge and report make none', async () => {
    for (const [name, allowed] of await roles()) {
      const athena = allowed.filter(({ action }) => action.startsWith('athena:'));
      if (access[name].athena === undefined) {
        expect(athena, name).toEqual([]);
        expect(actions(allowed, 'glue'), name).toEqual([]);
      } else
        for (const { resource } of athena)
          expect(resource).toBe(workgroup(writesLake(name) ? LOADS : 'vigie-test'));
    }
    for (const name of ['pull', 'judge', 'report'] as const) expect(access[name].athena).toBeUndefined();
  });

  test('tables: only load and the maintenance of run change any; nobody deletes one', async () => {
    for (const [name, allowed] of await roles()) {
      const changes = actions(allowed, 'glue').filter((action) => !action.startsWith('glue:Get'));
      expect(changes, name).toEqual(
        ['load', 'run'].includes(name) ? ['glue:CreateTable', 'glue:UpdateTable'] : [],
      );
    }
  });

  test('only run and report publish, to the topics of alerts and chat; only run looks at executions', async () => {
    for (const [name, allowed] of await roles()) {
      const publishes = allowed.filter(({ action }) => action === 'sns:Publish');
      expect(publishes.map(({ resource }) => resource.replace(/\w{8}>$/, '>'))).toEqual(
        ['run', 'report'].includes(name) ? ['<DeliveryAlerts>', '<DeliveryChat>'] : [],
      );
      expect(actions(allowed, 'states')).toEqual(name === 'run' ? ['states:DescribeExecution'] : []);
    }
  });

  test('logs: each function writes its own group', async () => {
    for (const [name, allowed] of await roles()) {
      const groups = allowed
        .filter(({ action }) => action.startsWith('logs:'))
        .map(({ resource }) => resource);
      expect(new Set(groups).size, name).toBe(1);
      expect(groups[0]?.toLowerCase()).toContain(`functions${name}logs`);
    }
  });

  test('the state machines may invoke the functions they name, and no other', async () => {
    const made = await synthesised(example);
    const machines = resourcesOf(made, 'AWS::IAM::Policy').filter(([id]) => id.startsWith('Machines'));
    expect(machines).toHaveLength(2);
    for (const [id, { Properties }] of machines) {
      const invoked = statements(Properties['PolicyDocument']).filter(
        ({ action }) => action === 'lambda:InvokeFunction',
      );
      expect(invoked).toHaveLength(id.includes('Maintenance') ? 1 : functionNames.length);
      for (const { resource } of invoked) expect(resource).toMatch(/^<Functions\w+\.Arn>$/);
    }
  });
});

test('mayTouch says of a key what the policy says', () => {
  expect(mayTouch('report', 'write', 'outbox/2026-11-24/digest/1-claim.json')).toBe(true);
  expect(mayTouch('report', 'write', 'snapshot/kpi=orders/x.parquet')).toBe(false);
  expect(mayTouch('report', 'read', 'snapshot/kpi=orders/x.parquet')).toBe(true);
  expect(mayTouch('pull', 'read', 'snapshot/kpi=orders/x.parquet')).toBe(false);
  expect(mayTouch('judge', 'write', 'alerts-of-others/x.json')).toBe(false);
});
