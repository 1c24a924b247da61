import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { definitionsOf, redefinedBy } from '../../functions/lake/run/definitions.ts';
import { type KpiRun, type Manifest, manifestKey } from '../../functions/lake/run/manifest.ts';
import { type Bucket, writeJson } from '../../functions/platform/bucket.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';

let bucket: Bucket;
beforeEach(() => {
  bucket = fileBucket(mkdtempSync(join(tmpdir(), 'vigie-definitions-')));
});

const kpi = (name: string, kpiVersion: string, status: KpiRun['status'] = 'ok'): KpiRun => ({
  ...{ kpi: name, status, kpiVersion, rows: 1, seconds: 0, bytesScanned: null },
});

async function ran(asOf: string, hour: string, kpis: readonly KpiRun[], change: Partial<Manifest> = {}) {
  const run = `${asOf}.20260401T${hour}0000Z`;
  const manifest: Manifest = {
    ...{ run, asOf, from: asOf, startedAt: `2026-04-01T${hour}:00:00Z`, finishedAt: null, version: '1.0.0' },
    ...{ pulls: [], loads: [], checks: null, kpis, alerts: null, mails: [], broken: [] },
    ...change,
  };
  await writeJson(bucket, manifestKey(asOf, run), manifest);
  return manifest;
}

test('of each KPI the newest run that measured it counts; one that failed measured nothing', async () => {
  expect(await definitionsOf(bucket, '2026-03-10')).toBeUndefined();
  await ran('2026-03-10', '06', [kpi('orders', 'a'), kpi('net_revenue', 'a')]);
  await ran('2026-03-10', '07', [kpi('orders', 'b', 'unchanged'), kpi('net_revenue', 'b', 'failed')], {
    version: '2.0.0',
  });
  const { vigie, kpis } = (await definitionsOf(bucket, '2026-03-10')) ?? {};
  expect(vigie).toBe('2.0.0');
  expect(kpis).toEqual(
    new Map([
      ['orders', 'b'],
      ['net_revenue', 'a'],
    ]),
  );
});

test('a day of a back-fill is known by the run that recorded it', async () => {
  const { run } = await ran('2026-03-10', '06', [kpi('orders', 'a')], { from: '2026-03-01' });
  expect(await definitionsOf(bucket, '2026-03-05')).toBeUndefined();
  expect((await definitionsOf(bucket, '2026-03-05', [run]))?.kpis.get('orders')).toBe('a');
});

test('what a run measured otherwise than the day before is told on that day, and not on the next', async () => {
  const first = await ran('2026-03-06', '06', [kpi('orders', 'a'), kpi('net_revenue', 'a')]);
  expect(await redefinedBy(bucket, first)).toBeNull();
  // A week-end without runs; `new_customers` was not there before: nothing of it changed.
  const second = await ran(
    '2026-03-09',
    '07',
    [kpi('orders', 'b'), kpi('net_revenue', 'a'), kpi('new_customers', 'a')],
    { version: '2.0.0' },
  );
  expect(await redefinedBy(bucket, second)).toEqual({
    kpis: ['orders'],
    before: { asOf: '2026-03-06', vigie: '1.0.0' },
    vigie: '2.0.0',
  });
  const third = await ran('2026-03-10', '08', [kpi('orders', 'b'), kpi('net_revenue', 'a')]);
  expect(await redefinedBy(bucket, third)).toBeNull();
});

test('one that failed was not measured otherwise', async () => {
  await ran('2026-03-09', '06', [kpi('orders', 'a')]);
  const failed = await ran('2026-03-10', '06', [kpi('orders', '', 'failed')]);
  expect(await redefinedBy(bucket, failed)).toBeNull();
});
