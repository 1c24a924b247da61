import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { cfnLint } from '../kit/loopback-tools.ts';
import { allExamples as examples, synthesised } from './synthesise.ts';

const run = promisify(execFile);

/** Every finding of cdk-nag that is accepted somewhere, with its reason. */
function accepted(root: IConstruct): [string, string][] {
  return root.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>)),
    );
}

const ACCEPTED = ['Annotation::AwsSolutions-SQS3'];
/** Logs of logs; countries; WAF, which a company names itself. */
const OF_A_SITE = ['S1', 'CFR1', 'CFR2'].map((rule) => `Annotation::AwsSolutions-${rule}`);

describe('cdk-nag, AwsSolutions', () => {
  test.each(examples)('has nothing against the stack of examples/%s', async (example) => {
    expect((await synthesised(example)).findings).toEqual([]);
  });

  test.each(examples)(
    'whatever is accepted in examples/%s is accepted at one place, with a reason',
    async (example) => {
      const { stack } = await synthesised(example);
      const found = accepted(stack);
      expect(found.length).toBeGreaterThan(10);
      for (const [id, reason] of found) {
        expect(reason.length, id).toBeGreaterThan(30);
        // Of policies single wildcards are accepted, not the rule.
        expect(id).not.toMatch(/IAM[45]$/);
      }
      expect(
        accepted(stack)
          .filter(([id]) => !id.includes('IAM5[Resource::'))
          .map(([id]) => id),
      ).toEqual(example === 'site' ? [...ACCEPTED, ...OF_A_SITE] : ACCEPTED);
    },
  );

  test('would speak up: a plain bucket is a finding', () => {
    const app = new App();
    new Bucket(new Stack(app, 'Other'), 'Open');
    expect(new AwsSolutionsChecks(app).validateScope(app).violations.length).toBeGreaterThan(0);
  });
});

/** W3005: the CDK says of a role twice that a function needs it; harmless, and not to be changed from here. */
const NOT_OURS = ['--ignore-checks', 'W3005'];

describe('cfn-lint', () => {
  test.each(examples)('has nothing against the template of examples/%s', async (example) => {
    const { folder, stack } = await synthesised(example);
    const template = join(folder, `${stack.artifactId}.template.json`);
    const { stdout } = await run(await cfnLint(), [
      ...NOT_OURS,
      ...['--regions', 'eu-west-1', '--template', template],
    ]).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? String(error) }));
    expect(stdout).toBe('');
  });
});
