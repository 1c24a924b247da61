import { describe, expect, test } from 'vitest';
import { resourcesOf, type Synthesised, synthesised, words } from './synthesise.ts';

const made = () => synthesised('everything');
const ofLinks = (stack: Synthesised, type: string) => {
  const found = resourcesOf(stack, type).filter(([id]) => id.startsWith('AlertLinks'));
  expect(found, type).toHaveLength(1);
  const [id, { Properties }] = found[0] as (typeof found)[number];
  return { id, Properties };
};

describe('where a company wants links of alerts', () => {
  test('their function reads alerts and one secret, makes new commands, and may do nothing else', async () => {
    const { Properties } = ofLinks(await made(), 'AWS::IAM::Policy');
    const { Statement } = Properties['PolicyDocument'] as {
      Statement: { Action: string | string[]; Resource: unknown; Condition?: object }[];
    };
    const allowed = Statement.flatMap(({ Action, Resource, Condition }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((on) => {
          const where = words(on)
            .replace(/<LakeBucket\w+\.Arn>/, 'bucket')
            .replace(/^arn:.*:secret:/, '');
          return [`${action} on ${where}`, ...(Condition ? [JSON.stringify(Condition)] : [])].join(' if ');
        }),
      ),
    );
    expect(allowed.filter((each) => !each.startsWith('logs:'))).toEqual([
      'secretsmanager:GetSecretValue on vigie/test/alert-links-??????',
      's3:ListBucket on bucket if {"StringLikeIfExists":{"s3:prefix":["alerts/*"]}}',
      's3:GetObject on bucket/alerts/*',
      's3:PutObject on bucket/alerts/commands/* if {"Null":{"s3:if-none-match":"false"}}',
    ]);
  });

  test('it runs as the others do, and knows its bucket and where its secret is', async () => {
    const { Properties } = ofLinks(await made(), 'AWS::Lambda::Function');
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
    expect(Variables).toMatchObject({ VIGIE_STAGE: 'test', VIGIE_SECRETS_PREFIX: 'vigie/test/' });
    expect(words(Variables['VIGIE_BUCKET'])).toMatch(/^<LakeBucket/);
    expect(Object.keys(Variables).filter((name) => name.startsWith('VIGIE_'))).toHaveLength(3);
  });

  test('its address is open, to browsers of no other site, and report alone knows it', async () => {
    const stack = await made();
    const { id, Properties } = ofLinks(stack, 'AWS::Lambda::Url');
    expect(Properties).toMatchObject({ AuthType: 'NONE' });
    expect(Properties).not.toHaveProperty('Cors');
    const doors = resourcesOf(stack, 'AWS::Lambda::Permission')
      .map(([, { Properties: door }]) => door)
      .filter(({ Principal }) => Principal === '*');
    expect(doors.map(({ Action }) => Action).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const door of doors) expect(words(door['FunctionName'])).toMatch(/^<AlertLinks/);
    const knowing = resourcesOf(stack, 'AWS::Lambda::Function').flatMap(([, { Properties: fn }]) => {
      const { Variables } = (fn['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
      const url = Variables?.['VIGIE_LINKS_URL'];
      return url === undefined ? [] : [[Variables?.['POWERTOOLS_SERVICE_NAME'], words(url)]];
    });
    expect(knowing).toEqual([['report', `<${id}.FunctionUrl>`]]);
  });
});

test.each(['minimal', 'private-network', 'company-account', 'site'] as const)(
  'examples/%s has none: no door is open to everybody, no address is known',
  async (example) => {
    const stack = await synthesised(example);
    for (const [, { Properties }] of resourcesOf(stack, 'AWS::Lambda::Url'))
      expect(Properties['AuthType']).toBe('AWS_IAM');
    for (const [, { Properties }] of resourcesOf(stack, 'AWS::Lambda::Permission'))
      expect(Properties['Principal']).not.toBe('*');
    const text = JSON.stringify(stack.template.toJSON());
    for (const word of ['VIGIE_LINKS_URL', 'alert-links', 'LinksUrl']) expect(text).not.toContain(word);
  },
);
