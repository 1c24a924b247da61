import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../functions/lake/run/version.ts';
import { sha256 } from '../../functions/platform/hash.ts';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';

const clone = mkdtempSync(join(tmpdir(), 'vigie-clone-'));

beforeAll(() => {
  for (const part of [
    'authoring',
    'bin',
    'build',
    'cli',
    'functions',
    'infra',
    'sandbox',
    'sql',
    'package.json',
  ])
    cpSync(join(vigieFolder(), part), join(clone, part), { recursive: true });
  // A folder of its own, for what is built in it; the packages are those of here.
  const packages = join(vigieFolder(), 'node_modules');
  mkdirSync(join(clone, 'node_modules'));
  for (const name of readdirSync(packages))
    if (name !== '.cache') symlinkSync(join(packages, name), join(clone, 'node_modules', name));
});
afterAll(() => rmSync(clone, { recursive: true }));

const vigie = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(clone, 'bin/vigie.js'), ...args], { cwd: clone, encoding: 'utf8' });

const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(clone, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(clone, file), text.replace(from, to));
};

describe('the command of a clone', () => {
  test('is built of the sources as they are, whenever one changed', () => {
    expect(vigie('--version').stdout).toBe(`${version}\n`);
    edit('package.json', `"version": "${version}"`, '"version": "99.9.9"');
    expect(vigie('--version').stdout).toBe('99.9.9\n');
    // As long as before: the time of the file tells.
    edit('cli/main.ts', 'The KPI lookout', 'The KPI lookin!');
    expect(vigie('--help').stdout).toContain('The KPI lookin!');
  });

  test('finds sql/ and every kind of source where it is built', () => {
    const { stdout, stderr } = vigie('init', '--config', join(clone, 'company/vigie.yaml'));
    expect(stderr).toBe('');
    expect(stdout).toContain('company/vigie.yaml');
    appendFileSync(join(clone, 'company/vigie.yaml'), '\nkpis: { measure: [no_such_kpi] }\n');
    edit('company/vigie.yaml', 'kind: files', 'kind: sap-s5');
    expect(vigie('kpis', '--config', 'company/vigie.yaml').stderr).toMatch(/sap-s5.*sap-s4/s);
  });

  test('has read sql/ when it was built, and reads what was changed there since', () => {
    const place = join(clone, 'company/vigie.yaml');
    const name = () => vigie('kpis', 'net_revenue', '--config', place, '--format', 'json').stdout;
    writeFileSync(place, readFileSync(join(vigieFolder(), 'examples/minimal/vigie.yaml')));
    expect(name()).toContain('"Net revenue"');
    const dimensions = sha256(readFileSync(join(clone, 'sql/dimensions.yaml'), 'utf8'));
    const builds = join(clone, 'node_modules/.cache/vigie');
    const newest = readdirSync(builds)
      .map((folder) => join(builds, folder, 'chunks'))
      .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0] as string;
    const chunks = readdirSync(newest).filter((file) => file.endsWith('.js'));
    expect(chunks.some((file) => readFileSync(join(newest, file), 'utf8').includes(dimensions))).toBe(true);
    edit('sql/kpis/net_revenue.sql', 'en: Net revenue', 'en: Takings');
    expect(name()).toContain('"Takings"');
  });

  test('names the line of the source in an error', () => {
    edit('cli/commands/kpis.ts', 'export function', "throw new Error('seen');\nexport function");
    const { status, stderr } = vigie('kpis');
    expect(status).toBe(70);
    const line = readFileSync(join(clone, 'cli/commands/kpis.ts'), 'utf8')
      .split('\n')
      .findIndex((text) => text.includes("'seen'"));
    expect(stderr).toContain(`cli/commands/kpis.ts:${line + 1}`);
  });
});
