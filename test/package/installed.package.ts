import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionNames } from '../../infra/access.ts';
import { DAY, furnish } from './own-company.ts';

/** What `npm pack` makes, in a folder that was empty, as somebody has it who never saw the clone. */
const place = mkdtempSync(join(tmpdir(), 'vigie-package-'));
const company = join(place, 'company');
afterAll(() => rmSync(place, { recursive: true }));

/** Without what `npm run` tells its children of the clone. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|VIGIE_|INIT_CWD)/.test(name)),
);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function inCompany(command: string, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: company, env, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

const vigie = (...args: readonly string[]): Ended => inCompany('npx', '--no', 'vigie', ...args);

const done = (ended: Ended): string => {
  expect(ended, ended.err).toMatchObject({ code: 0 });
  return ended.out;
};

/** The version of a package that the clone has, so that a release of tomorrow breaks nobody's build. */
function asInClone(name: string): string {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
    version: string;
  };
  return `${name}@${version}`;
}

beforeAll(() => {
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', place], { encoding: 'utf8' });
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('['))) as [{ filename: string }];
  mkdirSync(company);
  done(inCompany('npm', 'install', '--no-audit', '--no-fund', join(place, filename)));
});

describe('on one machine', () => {
  test('nothing of the clone is in it, and nothing that only AWS or the clone needs was installed', () => {
    const own = readdirSync(join(company, 'node_modules/vigie'));
    expect(own.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      ...['bin', 'dist', 'docs', 'examples', 'functions', 'package.json', 'sql'],
    ]);
    for (const name of ['aws-cdk-lib', 'aws-cdk', 'constructs', 'esbuild', 'tsx', 'typescript', 'vitest'])
      expect(existsSync(join(company, 'node_modules', name)), name).toBe(false);
  });

  test('init, doctor, run: the figures as by hand, with a KPI, a dimension and a column of its own', () => {
    expect(done(vigie('init', '--name', 'Package', '--time-zone', 'Europe/Paris'))).toContain(
      'node_modules/vigie/docs/sources/sap-and-hybris-files.md',
    );
    furnish(company);
    expect(done(vigie('doctor'))).toContain('erp → orders: 2 files');
    done(vigie('run', '--from', '2026-03-09', '--to', DAY));
    expect(figuresOf('net_revenue')).toEqual([{ member: null, value: 50 }]);
    expect(figuresOf('net_revenue', '--dimension', 'region')).toEqual([
      { member: 'North', value: 40 },
      { member: 'South', value: 10 },
    ]);
    expect(figuresOf('web_revenue')).toEqual([{ member: null, value: 34.75 }]);
    expect(figuresOf('web_revenue', '--dimension', 'tier')).toEqual([
      { member: 'gold', value: 24.75 },
      { member: 'silver', value: 10 },
    ]);
    expect(readdirSync(join(company, '.vigie/reports'))).toEqual([DAY, 'index.html']);
  });

  test('its own case holds, and its SQL is such that Athena takes it; one that does not hold is shown', () => {
    expect(done(vigie('test'))).toContain('web_revenue');
    const file = join(company, 'cases/web_revenue.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('period: day, numerator: 20.5', 'period: day, numerator: 21'));
    expect(vigie('test')).toMatchObject({ code: 1, out: expect.stringContaining('21') });
    writeFileSync(file, text);
  });

  test('an upgrade that changes nothing differs in nothing', () => {
    expect(done(vigie('diff'))).toContain('Nothing differs');
  });

  test('a mistake is answered, not traced', () => {
    const { code, err } = vigie('values', 'net_revenu');
    expect(code).toBe(2);
    expect(err).toContain('net_revenue');
    expect(err).not.toMatch(/^ +at /m);
  });

  test('the made-up company, over HTTP from its vendors', () => {
    const out = done(vigie('sandbox', '--days', '40', '--folder', 'sandbox'));
    expect(out).toContain('8 vendors on loopback');
    expect(out).toMatch(/Figures/i);
  });
});

describe('on AWS', () => {
  test('without CDK it says what to install', () => {
    done(vigie('init', '--aws', '--config', 'aws/vigie.yaml'));
    furnish(join(company, 'aws'));
    const { code, err } = inCompany('node', 'node_modules/vigie/bin/stack.js');
    expect(code).toBe(2);
    expect(err).toContain('npm install --save-dev aws-cdk aws-cdk-lib');
  });

  test('cdk synth: the template, the bundles as they were shipped, the company beside them', () => {
    const cdk = ['aws-cdk', 'aws-cdk-lib', 'cdk-nag', 'constructs'].map(asInClone);
    done(inCompany('npm', 'install', '--no-audit', '--no-fund', '--save-dev', ...cdk));
    const synth = spawnSync(
      'npx',
      ['cdk', 'synth', '--quiet', '-o', join(place, 'out'), '-c', 'stage=test'],
      {
        cwd: join(company, 'aws'),
        env: { ...env, HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
        encoding: 'utf8',
      },
    );
    expect(synth.status, synth.stderr).toBe(0);
    const out = join(place, 'out');
    expect(existsSync(join(out, 'vigie-test.template.json'))).toBe(true);
    const bundles = readdirSync(out).filter((name) => existsSync(join(out, name, 'index.mjs')));
    expect(bundles).toHaveLength(functionNames.length);
    const shipped = functionNames.map((name) =>
      readFileSync(join(company, 'node_modules/vigie/dist/functions', name, 'index.mjs'), 'utf8'),
    );
    for (const name of bundles) expect(shipped).toContain(readFileSync(join(out, name, 'index.mjs'), 'utf8'));
    for (const own of ['own/kpis/web_revenue.sql', 'own/tables/customers.yaml', 'own/dimensions.yaml'])
      for (const name of bundles) expect(existsSync(join(out, name, own)), own).toBe(true);
    expect(bundles.some((name) => existsSync(join(out, name, 'own/exports')))).toBe(false);
    expect(bundles.filter((name) => existsSync(join(out, name, 'company.json')))).toHaveLength(
      functionNames.length - 1,
    );
    expect(existsSync(join(company, 'node_modules/esbuild'))).toBe(false);
  });
});

/** Figures of the day, by member. */
function figuresOf(kpi: string, ...args: readonly string[]): { member: string | null; value: number }[] {
  const text = done(vigie('values', kpi, '--period', 'day', '--date', DAY, '--format', 'json', ...args));
  const rows = JSON.parse(text) as { member: string | null; value: number }[];
  return rows.map(({ member, value }) => ({ member, value }));
}
