import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { liveFindings } from '../../functions/check/live-findings.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import { resolvedCompany } from '../../functions/lake/company/resolved.ts';
import {
  companyOfRun,
  deploymentOf,
  keepLive,
  LAST_GOOD,
  LIVE,
  liveCompany,
  refusedBy,
  toPush,
} from '../../functions/lake/run/live-company.ts';
import type { RunRef } from '../../functions/lake/run/run.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { tables } from '../kit/tables.ts';

const catalogue = loadCatalogue();
const base = `company: { name: Example, time_zone: Europe/Paris, currency: EUR }
sources: [{ kind: files, name: erp, feeds: [{ table: budgets, path: b.csv, columns: { budget_id: B, starts_on: F, ends_on: T, amount: A, currency: C } }] }]
`;
const company = (more = 'recipients: [{ email: chief@example.com, roles: [executive, ops] }]\n'): Company =>
  parseCompany(base + more, 'vigie.yaml', { tables, catalogue });
const deployed = { company: company(), deployment: deploymentOf(resolvedCompany(company())) };
const NEW = `recipients: [{ email: new@example.com, roles: [executive, ops] }]
alerts: { off: [net_revenue_down], rules: [{ id: own, kpi: orders, kind: limit, below: 3, severity: warning, notify: [ops] }] }
`;
const run = (id: string): RunRef =>
  ({ run: id, asOf: '2026-11-27', from: '2026-11-27', startedAt: '' }) as RunRef;

let bucket: Bucket;
beforeEach(async () => {
  bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-live-')));
});
const put = (text: string): Promise<void> => bucket.write(LIVE, new TextEncoder().encode(text));
/** A run begins: the readers and rules that its steps go by, and what it says of what it did not take. */
async function begins(id: string, at = deployed) {
  await keepLive(bucket, run(id), await liveCompany(bucket, at, catalogue));
  const { recipients, alerts } = await companyOfRun(bucket, run(id), at.company);
  return {
    readers: recipients.map(({ email }) => email),
    rules: alerts.rules.map((rule) => rule.id),
    refused: await refusedBy(bucket, run(id)),
  };
}
const AS_DEPLOYED = { readers: ['chief@example.com'], rules: [] };
const pushed = (text = NEW.replace('off: [net_revenue_down], ', '')) =>
  toPush(company(text), deployed.company, deployed.deployment);

describe('what a run takes from the bucket', () => {
  test('nothing, where nothing was pushed', async () => {
    expect(await begins('r1')).toEqual({ ...AS_DEPLOYED, refused: undefined });
  });

  test('recipients and alert rules, for its steps, until a deployment replaces them', async () => {
    await put(JSON.stringify(pushed()));
    expect(await begins('r1')).toEqual({ readers: ['new@example.com'], rules: ['own'], refused: undefined });
    const later = { company: deployed.company, deployment: 'another' };
    expect(await begins('r2', later)).toEqual({ ...AS_DEPLOYED, refused: undefined });
    // What an earlier run went by stays what it went by.
    expect((await companyOfRun(bucket, run('r1'), deployed.company)).recipients[0]?.email).toBe(
      'new@example.com',
    );
  });

  test.each([
    ['is cut', (text: string) => text.slice(0, 40), /not whole JSON/],
    ['is empty', () => '', /not whole JSON/],
    ['is something else', () => '[]', /expected object/],
    [
      'wants to change the sources',
      (text: string) => text.replace('{', '{"sources":[],'),
      /^sources cannot change without a deployment/,
    ],
    ['wants to change AWS', (text: string) => text.replace('{', '{"aws":{},'), /^aws cannot change/],
    ['has no address', (text: string) => text.replace('new@example.com', 'new'), /recipients\[0\]\.email/],
    [
      'names a KPI that there is not',
      (text: string) => text.replace('"orders"', '"ordres"'),
      /alerts\.rules\[0\]\.kpi.*orders/,
    ],
    [
      'names a role that is told nothing',
      (text: string) => text.replace('"executive"', '"exekutive"'),
      /roles.*executive/,
    ],
  ])('not what %s: it is said, and the last good one counts', async (_, damage, words) => {
    const good = JSON.stringify(pushed());
    await put(damage(good));
    const first = await begins('r1');
    expect(first).toMatchObject(AS_DEPLOYED);
    expect(first.refused).toMatch(words);
    await put(good);
    await begins('r2');
    await put(damage(good));
    const third = await begins('r3');
    expect(third).toMatchObject({ readers: ['new@example.com'], rules: ['own'] });
    expect(third.refused).toMatch(words);
    expect(JSON.parse(new TextDecoder().decode(await bucket.read(LAST_GOOD)))).toEqual(pushed());
    const [finding] = liveFindings(third.refused);
    expect(finding).toMatchObject({ severity: 'error', hint: expect.stringContaining('vigie config push') });
    expect(liveFindings(undefined)).toEqual([]);
  });

  test('of a deployment that came later, not even the last good one', async () => {
    await put(JSON.stringify(pushed()));
    await begins('r1');
    await put('{');
    const later = await begins('r2', { ...deployed, deployment: 'another' });
    expect(later).toMatchObject(AS_DEPLOYED);
  });
});

describe('what is pushed', () => {
  test('is refused where the file changes anything else, by the names of the sections', () => {
    const other = company(
      `${NEW.replace('off: [net_revenue_down], ', '')}checks: { restated_fall: 0.2 }\nkpis: { digest: [orders] }\n`,
    );
    expect(() => toPush(other, deployed.company, 'd')).toThrow(
      /more than recipients and alerts: kpis, checks|checks, kpis/,
    );
  });

  test('holidays of another year are no difference', () => {
    const { company: about } = deployed.company;
    const later = {
      ...deployed.company,
      company: { ...about, closed: { ...about.closed, days: ['2027-01-01'] } },
    };
    expect(toPush(later, deployed.company, 'd').recipients).toEqual(deployed.company.recipients);
  });
});
