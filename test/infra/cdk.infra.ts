import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { kindNames } from '../../cli/source-kinds.ts';
import { readAwsCompany } from '../../infra/company/read-company.ts';
import { examples } from './synthesise.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'vigie-cdk-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** No account, no region, no way out: what a fresh clone on a train has. */
const OFFLINE = {
  PATH: process.env['PATH'],
  HOME: folder,
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  AWS_EC2_METADATA_DISABLED: 'true',
  CI: 'true',
};

interface Ended {
  readonly code: number;
  readonly output: string;
}

const cdk = (...args: readonly string[]): Promise<Ended> => ended('npx', 'cdk', ...args);

async function ended(command: string, ...args: readonly string[]): Promise<Ended> {
  try {
    const { stdout, stderr } = await run(command, args, { env: OFFLINE, maxBuffer: 1 << 26 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

/** Whom the stage `test` of an example mails. */
const TESTERS = { minimal: [], everything: ['data@everything.example'] };

/** A function for each step and `run`; and what answers links of alerts, where they are wanted. */
const BUNDLES = { minimal: 7, everything: 8 };

describe('npx cdk synth', () => {
  test.each(examples)(
    'works offline, without an account, for examples/%s, bundles and all',
    async (example) => {
      const out = join(folder, example);
      const { code, output } = await cdk(
        'synth',
        '--quiet',
        '-o',
        out,
        '-c',
        `company=examples/${example}`,
        '-c',
        'stage=test',
      );
      expect({ code, output: output.slice(-2000) }).toMatchObject({ code: 0 });
      expect(existsSync(join(out, 'vigie-test.template.json'))).toBe(true);
      const bundles = readdirSync(out).filter((name) => existsSync(join(out, name, 'index.mjs')));
      expect(bundles).toHaveLength(BUNDLES[example]);
      const company = bundles.map((name) => join(out, name, 'company.json')).find((file) => existsSync(file));
      expect(readFileSync(String(company), 'utf8')).toContain(
        `"${example.charAt(0).toUpperCase()}${example.slice(1)}"`,
      );
      // It is no production: its functions know nobody but whom the file names for the stage.
      const { recipients } = JSON.parse(readFileSync(String(company), 'utf8')) as {
        recipients: { email: string }[];
      };
      expect(recipients.map(({ email }) => email)).toEqual(TESTERS[example]);
    },
  );

  test('the authority of a private network lies beside the function that starts with it, and no other', async () => {
    const out = join(folder, 'private-network');
    const asked = ['-c', 'company=examples/private-network', '-c', 'stage=test'];
    const { code, output } = await cdk('synth', '--quiet', '-o', out, ...asked);
    expect({ code, output: output.slice(-2000) }).toMatchObject({ code: 0 });
    const { Resources } = JSON.parse(readFileSync(join(out, 'vigie-test.template.json'), 'utf8')) as {
      Resources: Record<string, { Metadata?: Record<string, string>; Properties?: unknown }>;
    };
    const trusting = Object.values(Resources).filter(({ Properties }) =>
      JSON.stringify(Properties ?? {}).includes('"NODE_EXTRA_CA_CERTS":"/var/task/ca.pem"'),
    );
    expect(trusting).toHaveLength(1);
    const there = readdirSync(out).filter((name) => existsSync(join(out, name, 'ca.pem')));
    expect(there).toEqual(trusting.map(({ Metadata }) => Metadata?.['aws:asset:path']));
    expect(readFileSync(join(out, String(there[0]), 'ca.pem'), 'utf8')).toBe(
      readFileSync('examples/private-network/network-ca.pem', 'utf8'),
    );
  });

  test('a mistake in vigie.yaml is answered with file, line and remedy, and no stack trace', async () => {
    const company = join(folder, 'broken');
    cpSync('examples/minimal', company, { recursive: true });
    const text = readFileSync(join(company, 'vigie.yaml'), 'utf8');
    writeFileSync(
      join(company, 'vigie.yaml'),
      text.replace('time_zone: Europe/Paris', 'time_zone: Europe/Pariss'),
    );
    const { code, output } = await cdk(
      'synth',
      '-o',
      join(folder, 'no'),
      '-c',
      `company=${company}`,
      '-c',
      'stage=test',
    );
    expect(code).not.toBe(0);
    expect(output).toMatch(/broken\/vigie\.yaml:6:14 +company\.time_zone: .*Europe\/Pariss/);
    expect(output).toContain('Correct the lines named above');
    expect(output).not.toMatch(/^ +at .*\.ts:\d+/m);
  });

  test('without a company it says how to ask', async () => {
    const { code, output } = await ended('node', 'bin/stack.js');
    expect(code).toBe(2);
    expect(output).toContain('npx cdk deploy -c company=our-company -c stage=test');
    expect(output).not.toMatch(/^ +at .*\.ts:\d+/m);
  });
});

test('examples/everything has a source of every kind there is', async () => {
  const { sources } = await readAwsCompany('examples/everything', '2026-11-25');
  expect([...new Set(sources.map(({ kind }) => kind))].sort()).toEqual(['files', ...kindNames()].sort());
});
