import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addressIn } from '../../functions/platform/address.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { readAwsCompany } from '../../infra/company/read-company.ts';
import { sourceSecrets } from '../../infra/company/secrets.ts';
import { skipped } from '../../infra/company/summer-time.ts';
import { dropPlaces } from '../../infra/constructs/droppers.ts';
import { deployRequest } from '../../infra/request.ts';
import { vigie } from '../kit/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-company-'));
afterAll(() => rmSync(folder, { recursive: true }));
const minimal = readFileSync('examples/minimal/vigie.yaml', 'utf8');
const TODAY = '2026-11-25';

/** What is said of a company; each line without the file’s folder. */
async function problems(text: string): Promise<string[]> {
  writeFileSync(join(folder, 'vigie.yaml'), text);
  try {
    await readAwsCompany(folder, TODAY);
    return [];
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace(/^.*vigie\.yaml:/, ''));
  }
}

describe('a company fit for AWS', () => {
  test('examples/minimal is one', async () => {
    expect(await problems(minimal)).toEqual([]);
  });

  test.each([
    [
      'a sender at no domain',
      ['vigie@minimal.example>', 'vigie@localhost>'],
      /^\d+:9 {2}delivery\.from: vigie@localhost cannot send/,
    ],
    [
      'no section delivery',
      [/delivery:[\s\S]*$/, ''],
      /^\d+:\d+ {2}delivery\.from: vigie@localhost cannot send/,
    ],
    [
      'a mailer of its own',
      [/$/, '  mailer: { kind: smtp }\n'],
      /delivery\.mailer: on AWS mails leave through Amazon SES/,
    ],
    [
      'a path out of the drop folder',
      ['exports/erp/orders_', '../orders_'],
      /sources\[0\]\.feeds\[0\]\.path: \.\.\/orders_.* does not exist on AWS/,
    ],
    [
      'a path from the environment',
      ['exports/erp/orders_', '${ERP}/orders_'],
      /sources\[0\]\.feeds\[0\]\.path: \$\{ERP\}/,
    ],
    [
      'a digest due before the run',
      [/$/, 'aws: { schedule: "06:00", digest_by: "05:00" }\n'],
      /aws\.digest_by: 05:00 is not after aws\.schedule/,
    ],
    [
      'an hour that summer time skips',
      [/$/, 'aws: { schedule: "02:30" }\n'],
      /aws\.schedule: on 2027-03-28 there is no 02:30 in Europe\/Paris.*take 03:00/,
    ],
    [
      'an unknown key',
      [/$/, 'aws: { shedule: "06:00" }\n'],
      /aws\.shedule: there is no such field; did you mean `schedule`/,
    ],
    [
      'a stage with a name that none can have',
      [/$/, 'aws: { stages: { Test: { recipients: all } } }\n'],
      /aws\.stages\.Test: .*Test.* cannot stand here; it takes the name of a stage/,
    ],
    [
      'a stage that mails neither somebody nor all',
      [/$/, 'aws: { stages: { test: { recipients: everybody } } }\n'],
      /aws\.stages\.test\.recipients/,
    ],
    [
      'a person of a stage without an address',
      [/$/, 'aws: { stages: { test: { recipients: [{ email: me, roles: [ops] }] } } }\n'],
      /aws\.stages\.test\.recipients\[0\]\.email: .*me.* is not/,
    ],
    ['retention that CloudWatch does not have', [/$/, 'aws: { log_days: 100 }\n'], /aws\.log_days/],
    [
      'a network by name',
      [/$/, 'aws: { network: { vpc: company, subnets: [subnet-0a1b2c3d4e5f60718] } }\n'],
      /aws\.network\.vpc: .*company.* is not the id of a VPC, such as vpc-/,
    ],
    [
      'a network without subnets',
      [/$/, 'aws: { network: { vpc: vpc-0a1b2c3d4e5f60718 } }\n'],
      /aws\.network\.subnets: is missing/,
    ],
    [
      'a bucket that stages would share',
      [/$/, 'aws: { bucket: our-bucket }\n'],
      /aws\.bucket: .*our-bucket.* is not the name of a bucket with \{stage\} in it/,
    ],
    [
      'a key by its alias',
      [/$/, 'aws: { key: "arn:aws:kms:eu-west-1:111122223333:alias/ours" }\n'],
      /aws\.key: .* is not the ARN of a key.*not of an alias/,
    ],
    [
      'a key of another region',
      [
        /$/,
        'aws: { region: eu-west-3, key: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }\n',
      ],
      /aws\.key: the key is in eu-west-1, and aws\.region is eu-west-3/,
    ],
    [
      'a tag of AWS’s own',
      [/$/, 'aws: { tags: { "aws:owner": me } }\n'],
      /aws\.tags\.aws:owner: .*begins neither with aws: nor with vigie:/,
    ],
    [
      'a boundary that is no policy',
      [/$/, 'aws: { permissions_boundary: "our boundary" }\n'],
      /aws\.permissions_boundary: .* is not the name of a policy/,
    ],
    [
      'authorities that are not there',
      [/$/, 'network: { ca_file: nowhere.pem }\n'],
      /network\.ca_file: the authorities in .*nowhere\.pem cannot be trusted: it cannot be read\. Correct/,
    ],
  ] as const)('refuses %s, with its line', async (_, [found, instead], said) => {
    const text = minimal.replace(found, () => instead);
    expect(text).not.toBe(minimal);
    expect((await problems(text)).filter((line) => said.test(line))).toHaveLength(1);
  });
});

test('the hour that summer time skips, by zone', () => {
  expect(skipped('02:00', 'Europe/Paris', TODAY)).toEqual({ date: '2027-03-28', until: '03:00' });
  expect(skipped('02:59', 'Europe/Paris', TODAY)).toBeDefined();
  for (const time of ['01:59', '03:00', '06:00'])
    expect(skipped(time, 'Europe/Paris', TODAY)).toBeUndefined();
  // Half an hour, in the other half of the world.
  expect(skipped('02:15', 'Australia/Lord_Howe', TODAY)).toEqual({ date: '2027-10-03', until: '02:30' });
  expect(skipped('02:30', 'Asia/Tokyo', TODAY)).toBeUndefined();
});

test('secrets are found wherever sources name them', () => {
  const source = (settings: Record<string, unknown>) => ({ settings }) as never;
  const sources = [
    source({ secret: '${secret:sap}', deep: [{ x: '${secret:ads.one}' }] }),
    source({ secret: '${secret:sap}' }),
  ];
  expect(sourceSecrets({ sources })).toEqual(['ads.one', 'sap']);
});

test('where a system may drop its files: up to where the pattern of a feed begins', () => {
  const places = (...paths: string[]) => dropPlaces({ feeds: paths.map((path) => ({ path })) as never });
  expect(places('exports/sap/VBAP_{date}.csv', './exports/sap/VBAP_{month}.csv')).toEqual([
    'inbox/exports/sap/VBAP_*',
  ]);
  expect(places('finance/budgets.csv')).toEqual(['inbox/finance/budgets.csv', 'inbox/finance/budgets.csv/*']);
  expect(places('exports/')).toEqual(['inbox/exports/*']);
  expect(places('a/**/b.csv', '*.csv')).toEqual(['inbox/*', 'inbox/a/*']);
  expect(places('a/[0-9]*.csv', 'b?.csv')).toEqual(['inbox/a/*', 'inbox/b*']);
});

test.each([
  ['Vigie <vigie@example.com>', 'vigie@example.com'],
  ['vigie@example.com', 'vigie@example.com'],
  ['"Vigie, the lookout" <v@example.com> ', 'v@example.com'],
])('the address in %s', (from, address) => {
  expect(addressIn(from)).toBe(address);
});

test.each([
  [{}, 'which company'],
  [{ company: 'x' }, 'which stage'],
  [{ company: 'x', stage: 'Production!' }, 'cannot be the name of a stage'],
  [{ company: 'x', stage: '1st' }, 'cannot be the name of a stage'],
])('a request %o is refused: %s', (context: Record<string, string>, said) => {
  expect(() => deployRequest((name) => context[name])).toThrow(said);
});

describe('vigie init --aws', () => {
  const place = join(folder, 'init');
  const config = join(place, 'vigie.yaml');

  test('writes a company that can be deployed, and where the app is', async () => {
    expect((await vigie('init', '--aws', '--config', config)).code).toBe(0);
    const { aws } = await readAwsCompany(place, '2026-11-25');
    expect(aws).toMatchObject({ region: 'eu-west-1', digest_by: '07:30' });
    const { app, context } = JSON.parse(readFileSync(join(place, 'cdk.json'), 'utf8')) as {
      app: string;
      context: Record<string, string>;
    };
    expect(existsSync(resolve(place, app.replace('node ', '')))).toBe(true);
    expect(context).toEqual({ company: '.' });
  });

  test('beside a vigie.yaml that is there it writes cdk.json and says what to add; nothing is overwritten', async () => {
    const refused = await vigie('init', '--aws', '--config', config);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('cdk.json is there already') });
    rmSync(join(place, 'cdk.json'));
    const before = readFileSync(config, 'utf8');
    const { code, out } = await vigie('init', '--aws', '--config', config);
    expect(code).toBe(0);
    expect(out).toContain('Add to vigie.yaml:\n\naws:\n  region:');
    expect(readFileSync(config, 'utf8')).toBe(before);
  });
});
