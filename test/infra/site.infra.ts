import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resourcesOf, type Synthesised, synthesised, words } from './synthesise.ts';

interface Behaviour {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly TrustedKeyGroups?: readonly unknown[];
  readonly [field: string]: unknown;
}
interface Origin {
  readonly Id: string;
  readonly DomainName: unknown;
  readonly OriginPath?: string;
  readonly OriginAccessControlId: unknown;
}
interface Config {
  readonly DefaultCacheBehavior: Behaviour;
  readonly CacheBehaviors: readonly Behaviour[];
  readonly Origins: readonly Origin[];
  readonly [field: string]: unknown;
}

const made = () => synthesised('site');
const one = (stack: Synthesised, type: string) => {
  const found = resourcesOf(stack, type);
  expect(found, type).toHaveLength(1);
  const [id, { Properties }] = found[0] as (typeof found)[number];
  return { id, Properties };
};
function distributionOf(stack: Synthesised) {
  const { id, Properties } = one(stack, 'AWS::CloudFront::Distribution');
  const config = Properties['DistributionConfig'] as Config;
  const { DefaultCacheBehavior, CacheBehaviors } = config;
  return { id, config, behaviours: [DefaultCacheBehavior, ...CacheBehaviors] };
}

describe('nobody reads the report but who has signed in', () => {
  test('every behaviour but the sign-in lets in by the company’s key alone; the sign-in shows no file', async () => {
    const stack = await made();
    const { config, behaviours } = distributionOf(stack);
    const group = one(stack, 'AWS::CloudFront::KeyGroup');
    const key = one(stack, 'AWS::CloudFront::PublicKey');
    expect(words((group.Properties['KeyGroupConfig'] as { Items: unknown[] }).Items[0])).toBe(`<${key.id}>`);
    expect((key.Properties['PublicKeyConfig'] as { EncodedKey: string }).EncodedKey.trim()).toBe(
      stack.company.aws.site?.public_key.trim(),
    );
    expect(behaviours.map(({ PathPattern }) => PathPattern)).toEqual([undefined, '/sign-in/*']);
    const [shown, signIn] = behaviours;
    expect(shown?.TrustedKeyGroups?.map(words)).toEqual([`<${group.id}>`]);
    expect(signIn?.TrustedKeyGroups).toBeUndefined();
    const origin = (id?: string) => config.Origins.find(({ Id }) => Id === id);
    expect(origin(shown?.TargetOriginId)).toMatchObject({ OriginPath: '/reports' });
    expect(JSON.stringify(origin(signIn?.TargetOriginId)?.DomainName)).toContain('FunctionUrl');
  });

  test('there is no third origin, and each answers this distribution alone', async () => {
    const stack = await made();
    const { id, config } = distributionOf(stack);
    expect(config.Origins).toHaveLength(2);
    const controls = resourcesOf(stack, 'AWS::CloudFront::OriginAccessControl');
    for (const { OriginAccessControlId } of config.Origins)
      expect(controls.map(([control]) => `<${control}.Id>`)).toContain(words(OriginAccessControlId));
    for (const [, { Properties }] of controls)
      expect(Properties['OriginAccessControlConfig']).toMatchObject({ SigningBehavior: 'always' });
    expect(one(stack, 'AWS::Lambda::Url').Properties['AuthType']).toBe('AWS_IAM');
    const permissions = resourcesOf(stack, 'AWS::Lambda::Permission')
      .map(([, { Properties }]) => Properties)
      .filter(({ Principal }) => Principal === 'cloudfront.amazonaws.com');
    expect(permissions.map(({ Action }) => Action).sort()).toEqual([
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
    ]);
    for (const { SourceArn } of permissions)
      expect(words(SourceArn)).toMatch(new RegExp(`distribution/<${id}>$`));
  });

  test('the bucket stays closed to the public, and shows the distribution the folder reports/ alone', async () => {
    const stack = await made();
    const { id } = distributionOf(stack);
    for (const [bucket, { Properties }] of resourcesOf(stack, 'AWS::S3::Bucket'))
      expect(Properties['PublicAccessBlockConfiguration'], bucket).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    const statements = resourcesOf(stack, 'AWS::S3::BucketPolicy').flatMap(([, { Properties }]) => {
      const { Statement } = Properties['PolicyDocument'] as { Statement: Record<string, unknown>[] };
      return Statement.filter(({ Effect }) => Effect === 'Allow');
    });
    const theirs = statements.filter(({ Principal }) => JSON.stringify(Principal).includes('cloudfront'));
    expect(theirs.map(({ Action }) => Action)).toEqual(['s3:GetObject', 's3:ListBucket']);
    expect(words(theirs[0]?.['Resource'])).toMatch(/^<LakeBucket\w+\.Arn>\/reports\/\*$/);
    expect(theirs[1]?.['Condition']).toMatchObject({ StringLikeIfExists: { 's3:prefix': 'reports/*' } });
    for (const { Condition } of theirs) {
      const { StringEquals } = Condition as { StringEquals: Record<string, unknown> };
      expect(words(StringEquals['AWS:SourceArn'])).toMatch(new RegExp(`:distribution/<${id}>$`));
    }
    // Logs are delivered by services of AWS; nobody else is let in by a policy.
    const others = statements.filter((statement) => !theirs.includes(statement));
    for (const { Principal } of others)
      expect(JSON.stringify(Principal)).toMatch(/logging\.s3\.amazonaws\.com/);
  });

  test('by TLS alone, 1.2 and later, and only to be read', async () => {
    const { config, behaviours } = distributionOf(await made());
    for (const behaviour of behaviours)
      expect(behaviour).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: ['GET', 'HEAD'],
        ResponseHeadersPolicyId: expect.anything(),
        // AWS’s own policy `CachingDisabled`: what somebody read is not kept for another.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      });
    expect(config['ViewerCertificate']).toMatchObject({
      MinimumProtocolVersion: 'TLSv1.2_2021',
      SslSupportMethod: 'sni-only',
      AcmCertificateArn: expect.stringContaining(':us-east-1:'),
    });
    expect(config['Aliases']).toEqual(['vigie-test.site.example']);
    expect(config['Logging']).toBeTruthy();
  });

  test('browsers are told to load nothing, to be framed by nobody, and to stay with TLS', async () => {
    const { Properties } = one(await made(), 'AWS::CloudFront::ResponseHeadersPolicy');
    const { SecurityHeadersConfig } = Properties['ResponseHeadersPolicyConfig'] as {
      SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: string } };
    };
    const policy = SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
    for (const part of [
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      expect(policy).toContain(part);
    expect(SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY' },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
    });
  });

  test('who is not let in gets the way to the sign-in, asked for anew each time', async () => {
    const { config } = distributionOf(await made());
    expect(config['CustomErrorResponses']).toEqual(
      ['403 needed', '404 missing'].map((each) => {
        const [code, name] = each.split(' ');
        return {
          ErrorCode: Number(code),
          ResponseCode: Number(code),
          ErrorCachingMinTTL: 0,
          ResponsePagePath: `/sign-in/${name}`,
        };
      }),
    );
  });

  test('what signs people in reads two secrets, and neither the bucket nor anything else', async () => {
    const stack = await made();
    const [policy] = resourcesOf(stack, 'AWS::IAM::Policy').filter(([id]) => id.startsWith('SiteSignIn'));
    const { Statement } = (policy?.[1].Properties['PolicyDocument'] ?? { Statement: [] }) as {
      Statement: { Action: string | string[]; Resource: unknown }[];
    };
    const allowed = Statement.flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((on) => `${action} on ${words(on)}`)),
    );
    expect(allowed.filter((each) => !each.startsWith('logs:'))).toEqual(
      ['site-client', 'site-key'].map(
        (name) =>
          `secretsmanager:GetSecretValue on arn:<AWS::Partition>:secretsmanager:eu-west-3:<AWS::AccountId>:secret:vigie/test/${name}-??????`,
      ),
    );
    const fn = resourcesOf(stack, 'AWS::Lambda::Function').find(([id]) => id.startsWith('SiteSignIn'));
    const Environment = fn?.[1].Properties['Environment'] as { Variables: Record<string, unknown> };
    expect(Environment?.Variables).toMatchObject({
      VIGIE_SITE_DOMAIN: 'vigie-test.site.example',
      VIGIE_SITE_ISSUER: stack.company.aws.site?.sign_in.issuer,
      VIGIE_SITE_REQUIRE: '{"roles":"vigie-reader"}',
      VIGIE_SECRETS_PREFIX: 'vigie/test/',
    });
    expect(JSON.stringify(Environment)).not.toContain('VIGIE_BUCKET');
  });
});

describe('where there is a site', () => {
  test('a name without {stage} is that of production alone', async () => {
    const plain = (stage: string) =>
      synthesised('site', stage, ({ aws, ...rest }) => ({
        ...rest,
        aws: { ...aws, site: aws.site && { ...aws.site, domain: 'kpi.site.example' } },
      }));
    expect(resourcesOf(await plain('test'), 'AWS::CloudFront::Distribution')).toEqual([]);
    expect(distributionOf(await plain('production')).config['Aliases']).toEqual(['kpi.site.example']);
  });

  test('allowed addresses, or whatever the company’s WAF says, hold before the sign-in', async () => {
    const web_acl =
      'arn:aws:wafv2:us-east-1:111122223333:global/webacl/office/1234abcd-12ab-34cd-56ef-1234567890ab';
    const stack = await synthesised('site', 'test', ({ aws, ...rest }) => ({
      ...rest,
      aws: { ...aws, site: aws.site && { ...aws.site, web_acl } },
    }));
    expect(distributionOf(stack).config['WebACLId']).toBe(web_acl);
    expect(stack.findings).toEqual([]);
  });

  test.each(['minimal', 'everything', 'private-network', 'company-account'] as const)(
    'examples/%s has none: nothing of CloudFront is made, and no bucket is shown to it',
    async (example) => {
      const text = JSON.stringify((await synthesised(example)).template.toJSON());
      for (const word of ['CloudFront', 'cloudfront', 'FunctionUrlOrigin', 'site-key'])
        expect(text).not.toContain(word);
    },
  );

  test('with a bucket and a key of the company’s own, nothing is a finding; the page has what both have to allow', async () => {
    const { aws } = (await made()).company;
    const stack = await synthesised('company-account', 'test', (company) => ({
      ...company,
      aws: { ...company.aws, site: aws.site },
    }));
    expect(stack.findings).toEqual([]);
    const page = readFileSync('docs/operations/site.md', 'utf8');
    const bucketPolicy = resourcesOf(await made(), 'AWS::S3::BucketPolicy').flatMap(([, { Properties }]) =>
      (Properties['PolicyDocument'] as { Statement: { Sid?: string }[] }).Statement.filter(({ Sid }) =>
        Sid?.startsWith('Site'),
      ),
    );
    expect(bucketPolicy.map(({ Sid }) => Sid)).toEqual(['SiteRead', 'SiteMissing']);
    const shown = /```json\n(\[[\s\S]*?"SiteRead"[\s\S]*?\n\])\n```/.exec(page)?.[1] ?? '[]';
    const plain = (statement: object): unknown =>
      JSON.parse(
        JSON.stringify(statement, (_, value) =>
          typeof value === 'object' &&
          value !== null &&
          !Array.isArray(value) &&
          /^(Ref|Fn::)/.test(Object.keys(value)[0] ?? '')
            ? words(value)
            : value,
        )
          .replaceAll(/<LakeBucket\w+\.Arn>/g, 'arn:aws:s3:::BUCKET')
          .replaceAll('<AWS::Partition>', 'aws')
          .replaceAll('<AWS::AccountId>', 'ACCOUNT')
          .replaceAll(/<SiteDistribution\w+>/g, 'DISTRIBUTION'),
      );
    expect(JSON.parse(shown)).toEqual(bucketPolicy.map(plain));
    expect(page).toContain('"kms:Decrypt"');
  });
});
