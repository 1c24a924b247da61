import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import type { CheckReport } from '../../functions/lake/snapshot/finding.ts';
import { readAwsCompany } from '../../infra/company/read-company.ts';
import { vigie } from '../kit/command-line.ts';

const DAY = '2026-03-10';
const place = mkdtempSync(join(tmpdir(), 'vigie-own-folder-'));
const at = (path: string): string => join(place, path);
const here = (...args: string[]) => vigie(...args, '--config', at('vigie.yaml'));
const readJson = <T>(path: string): T => JSON.parse(readFileSync(at(path), 'utf8')) as T;

beforeAll(() => cpSync('examples/own-folder', place, { recursive: true }));

/** Figures of the day, by member: `margin_rate gold 30 / 100`. */
async function figures(kpi: string): Promise<string[]> {
  const { out } = await here('values', kpi, '--period', 'day', '--dimension', 'tier', '--format', 'json');
  const rows = JSON.parse(out) as { member: string; numerator: string; denominator: string | null }[];
  return rows.map(({ member, numerator, denominator }) => `${member} ${numerator} / ${denominator}`).sort();
}

const manifest = (): Manifest => {
  const [newest] = readdirSync(at(`.vigie/runs/${DAY}`))
    .sort()
    .reverse();
  return readJson<Manifest>(`.vigie/runs/${DAY}/${newest}`);
};

describe('the example of a company’s own folder', () => {
  test('holds: definitions, SQL, checks, cases', async () => {
    const { code, out } = await here('test');
    expect(out).toContain('4 of 4 hold');
    expect(out).not.toContain('!');
    expect(code).toBe(0);
  });

  test('its KPI, dimension, column and adjusted KPI have the figures worked out by hand; its check speaks', async () => {
    const ran = await here('run', '--date', DAY);
    expect(ran.code, ran.out + ran.err).toBe(0);
    expect(await figures('margin_rate')).toEqual(['(unknown) 5 / 20', 'gold 30 / 100']);
    expect(await figures('net_revenue')).toEqual(['(unknown) 20 / null', 'gold 100 / null']);
    const { findings } = readJson<CheckReport>(`.vigie/checks/${DAY}.json`);
    expect(findings.filter(({ check }) => check === 'customers_without_tier')).toMatchObject([
      { message: '1 customer who ordered in the last week without a tier', sample: 'C-2' },
    ]);
    const { out } = await here('kpis', 'net_revenue');
    expect(out).toContain('Sales');
    expect(out).toMatch(/adjusted by +kpis\/net_revenue\.yaml/);
  });
});

describe('a mistake in it', () => {
  const broken = 'kpis/margin_rate.sql';

  test('fails its KPI in a run, with file, line and remedy; every other figure is there', async () => {
    const sound = readFileSync(at(broken), 'utf8');
    writeFileSync(at(broken), sound.replace('numerator: margin', 'numerator: margn'));
    writeFileSync(at('checks/second.sql'), 'SELECT 1');
    const { code, out } = await here('run', '--date', DAY);
    expect(code).toBe(1);
    const failed = manifest().kpis.filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ kpi: 'margin_rate', problem: { code: 'FRONT_MATTER_INVALID' } }]);
    expect(failed[0]?.problem?.message).toMatch(/kpis\/margin_rate\.sql:10 .*did you mean `margin`/);
    expect(out).toContain('margin_rate');
    expect(await figures('net_revenue')).toEqual(['(unknown) 20 / null', 'gold 100 / null']);
    // What was recorded before stands.
    expect(await figures('margin_rate')).toEqual(['(unknown) 5 / 20', 'gold 30 / 100']);
    const { findings } = readJson<CheckReport>(`.vigie/checks/${DAY}.json`);
    expect(findings.find(({ check }) => check === 'catalogue')?.message).toMatch(
      /check second cannot be used: checks\/second\.sql:1/,
    );
  });

  test('is refused by `vigie test`, by `vigie doctor` and by a deployment', async () => {
    const tested = await here('test');
    expect(tested.code).toBe(1);
    expect(tested.out).toMatch(/✗ KPI margin_rate +kpis\/margin_rate\.sql:10/);
    expect(tested.out).toMatch(/✗ check second +checks\/second\.sql:1/);
    const examined = await here('doctor');
    expect(examined.code).toBe(1);
    expect(examined.out).toMatch(/KPI margin_rate.*kpis\/margin_rate\.sql:10/);
    await expect(readAwsCompany(place, DAY)).rejects.toThrow(/kpis\/margin_rate\.sql:10/);
    expect((await here('kpis')).out).toMatch(/margin_rate.*broken/);
  });

  test('a rule on that KPI stands, and vigie.yaml with it', async () => {
    const config = readFileSync(at('vigie.yaml'), 'utf8');
    const rule =
      'alerts:\n  rules:\n    - { id: margin, kind: limit, kpi: margin_rate, below: 0.1, dimension: tier }\n';
    writeFileSync(at('vigie.yaml'), `${config}\n${rule}`);
    expect((await here('run', '--date', DAY)).code).toBe(1);
    expect(manifest().broken).toEqual([]);
  });
});
