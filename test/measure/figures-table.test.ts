import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { recordFigures } from '../../functions/lake/snapshot/store.ts';
import { renewFiguresTable } from '../../functions/measure/figures-table/renew-table.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';

const kpi = loadCatalogue().kpi('net_revenue');
const companyOf = (currency: string, windows_off: string[] = []): Company =>
  ({ company: { currency }, kpis: { windows_off, off: {} } }) as unknown as Company;
const company = companyOf('CHF');

let bucket: Bucket;
/** Keys written and removed since it was emptied. */
let done: string[];
beforeEach(() => {
  const files = fileBucket(mkdtempSync(join(tmpdir(), 'vigie-figures-')));
  done = [];
  bucket = {
    ...files,
    write: async (key, body) => {
      done.push(key);
      await files.write(key, body);
    },
    remove: async (key) => {
      done.push(`- ${key}`);
      await files.remove(key);
    },
  };
});

const record = (...days: string[]) =>
  recordFigures(bucket, {
    ...{ kpi: kpi.id, unit: kpi.unit, run: 'r', recordedAt: '2026-04-01T05:00:00.000Z' },
    days: days.map((asOf) => ({
      asOf,
      quality: 'ok' as const,
      figures: {
        ...{ period: ['day'], comparison: ['current'], dimension: [null], member: [null] },
        ...{ numerator: [BigInt(days.length)], denominator: [null] },
      },
    })),
  });
async function renewed(of: Company, ...days: string[]): Promise<string[]> {
  done = [];
  await renewFiguresTable({ company: of, platform: { bucket } }, kpi, days);
  return done.map((key) => key.replace('figures/net_revenue/', ''));
}

test('writes the months of a run and those that it lacks, and no other', async () => {
  await record('2026-01-31', '2026-02-28', '2026-03-01');
  expect(await renewed(company, '2026-03-01')).toEqual([
    '2026-01.parquet',
    '2026-02.parquet',
    '2026-03.parquet',
    '_made-for',
  ]);
  expect(await renewed(company, '2026-03-01')).toEqual(['2026-03.parquet']);
  await record('2026-04-01');
  expect(await renewed(company, '2026-04-01', '2026-03-31')).toEqual(['2026-03.parquet', '2026-04.parquet']);
});

test('writes every month again once a figure is told otherwise, the mark last: killed before, it begins again', async () => {
  await record('2026-02-28', '2026-03-01');
  await renewed(company, '2026-03-01');
  const all = ['2026-02.parquet', '2026-03.parquet', '_made-for'];
  expect(await renewed(companyOf('EUR'), '2026-03-01')).toEqual(all);
  expect(await renewed(companyOf('EUR', ['mtd']), '2026-03-01')).toEqual(all);
  await bucket.remove('figures/net_revenue/_made-for');
  expect(await renewed(companyOf('EUR', ['mtd']), '2026-03-01')).toEqual(all);
  expect(await renewed(companyOf('EUR', ['mtd']), '2026-03-01')).toEqual(['2026-03.parquet']);
});

test('removes a month of which nothing is recorded any more', async () => {
  await record('2026-02-28', '2026-03-01');
  await renewed(company, '2026-03-01');
  for await (const { key } of bucket.list('snapshot/kpi=net_revenue/month=2026-02/'))
    await bucket.remove(key);
  expect(await renewed(company, '2026-03-01')).toEqual(['2026-03.parquet', '- 2026-02.parquet']);
});
