import { afterEach, describe, expect, test, vi } from 'vitest';
import { assemble } from '../../../functions/platform/aws/assemble.ts';
import { awsEnvironment, secretsPrefixOf } from '../../../functions/platform/aws/aws-environment.ts';
import { awsPlatform } from '../../../functions/platform/aws/aws-platform.ts';
import { clientSettings } from '../../../functions/platform/aws/client-settings.ts';
import { powertoolsLog } from '../../../functions/platform/aws/powertools-log.ts';
import { powertoolsMetrics } from '../../../functions/platform/aws/powertools-metrics.ts';
import { silentLog } from '../../../functions/platform/log.ts';

const env = {
  AWS_REGION: 'eu-west-3',
  VIGIE_STAGE: 'test',
  VIGIE_BUCKET: 'lake',
  VIGIE_LANDING_DATABASE: 'landing',
  VIGIE_LAKE_DATABASE: 'vigie',
  VIGIE_WORKGROUP: 'vigie-test',
  VIGIE_SES_CONFIGURATION_SET: '',
};

afterEach(() => vi.restoreAllMocks());

describe('the environment of a stack', () => {
  test('is read as infra/ sets it; an empty configuration set is none', () => {
    expect(awsEnvironment(env)).toEqual({
      region: 'eu-west-3',
      stage: 'test',
      bucket: 'lake',
      landingDatabase: 'landing',
      lakeDatabase: 'vigie',
      workgroup: 'vigie-test',
      secretsPrefix: 'vigie/test/',
    });
    expect(secretsPrefixOf({ VIGIE_SECRETS_PREFIX: 'other/place' })).toBe('other/place/');
  });

  test('names the variable that is missing', () => {
    expect(() => awsEnvironment({ ...env, VIGIE_WORKGROUP: '' })).toThrow(
      expect.objectContaining({
        code: 'AWS_ENVIRONMENT',
        message: expect.stringContaining('VIGIE_WORKGROUP'),
        hint: expect.stringContaining('deploy'),
      }),
    );
  });

  test('a service’s own endpoint comes before the common one', () => {
    const both = { ...env, AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_ATHENA: 'http://athena' };
    expect(clientSettings(both, 'ATHENA').endpoint).toBe('http://athena');
    expect(clientSettings(both, 'S3').endpoint).toBe('http://all');
    expect(clientSettings(env, 'S3')).not.toHaveProperty('endpoint');
  });
});

describe('the platform of a stack', () => {
  test('makes an adapter when it is asked for, once: who reads figures needs no workgroup', () => {
    const { VIGIE_WORKGROUP: _, ...without } = env;
    const platform = awsPlatform({ env: without, log: silentLog });
    expect(platform.bucket.locate('a/b')).toBe('s3://lake/a/b');
    expect(platform.bucket).toBe(platform.bucket);
    expect(() => platform.engine).toThrow(expect.objectContaining({ code: 'AWS_ENVIRONMENT' }));
  });

  test('names tables as Athena does', () => {
    const { dialect } = awsPlatform({ env, log: silentLog }).engine;
    expect(dialect.table('orders')).toBe('"vigie"."orders"');
    expect(dialect.location?.('orders')).toBe('s3://lake/lake/orders/');
    expect(dialect.landed({ table: 'orders', source: "o'hara", run: 'r', files: [] })).toBe(
      `(SELECT * FROM "landing"."landing_orders" WHERE source = 'o''hara' AND run = 'r')`,
    );
  });

  test('assembled for a step says what the step was not given', () => {
    const platform = assemble('measure', { log: silentLog });
    expect(platform.log).toBe(silentLog);
    expect(() => platform.mailer).toThrow(
      expect.objectContaining({ code: 'PLATFORM_PART', message: 'step measure has no mailer' }),
    );
  });
});

describe('logs and metrics', () => {
  /** Powertools writes to the process itself, past the console that tests see. */
  const printed = (work: () => void): Record<string, unknown>[] => {
    const lines: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write');
    stdout.mockImplementation((line) => lines.push(String(line)) > 0);
    work();
    stdout.mockRestore();
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  test('an event is one line of JSON that carries its run', () => {
    const lines = printed(() => {
      const log = powertoolsLog({ stage: 'test', step: 'load', run: '2026-11-21.x' });
      log.debug('not shown');
      log.info('loaded', { table: 'orders', rows: 3, message: 'of the details' });
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'INFO',
      message: 'loaded',
      service: 'vigie',
      stage: 'test',
      step: 'load',
      run: '2026-11-21.x',
      details: { table: 'orders', rows: 3, message: 'of the details' },
    });
  });

  test('metrics are one line that CloudWatch understands', () => {
    const lines = printed(() => {
      const metrics = powertoolsMetrics({ stage: 'test', step: 'measure' });
      metrics.count('StepFailed');
      metrics.bytes('BytesScanned', 12);
      metrics.publish();
      metrics.publish();
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      stage: 'test',
      service: 'measure',
      StepFailed: 1,
      BytesScanned: 12,
      _aws: { CloudWatchMetrics: [{ Namespace: 'Vigie' }] },
    });
  });
});
