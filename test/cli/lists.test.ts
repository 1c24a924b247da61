import { join } from 'node:path';
import Papa from 'papaparse';
import { beforeAll, expect, test, vi } from 'vitest';
import { main } from '../../cli/main.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { writeList } from '../../functions/lake/snapshot/list-entries.ts';
import { recordFigures } from '../../functions/lake/snapshot/store.ts';
import { en } from '../../functions/languages/en.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { listTable } from '../../functions/report/letters/list.ts';
import { vigie } from '../kit/command-line.ts';
import { readWorkbook } from '../kit/read-workbook.ts';
import { tinyCompany } from '../kit/tiny-company.ts';

const asOf = '2026-03-10';
const list = loadCatalogue().lists.find(({ id }) => id === 'quiet_customers');
if (!list) throw new Error('no such list');
const entries = [
  ['101706', '=cmd', '68244.10', 'R02'],
  ['101124', 'Reifen Lindner', '-12.50', 'R01'],
].map(([key = '', customer = '', amount = '', sales_rep_id = '']) => ({
  key,
  reasons: [],
  values: {
    ...{ customer, amount, segment: 'loyal', quiet_days: 47, usual_days: 10, last_order_on: '2026-01-12' },
    ...{ objective_gap: null, region: 'Nord', sales_rep_id, customer_id: key },
  },
}));

let config: string;
let on: (...args: string[]) => ReturnType<typeof vigie>;
beforeAll(async () => {
  const company = await tinyCompany();
  config = company.config;
  const bucket = fileBucket(join(company.folder, '.vigie'));
  const figures = { period: ['day'], comparison: ['current'], dimension: [null], member: [null] };
  await recordFigures(bucket, {
    ...{ kpi: 'net_revenue', unit: 'currency', run: 'r1', recordedAt: '2026-03-11T05:00:00.000Z' },
    days: [{ asOf, quality: 'ok', figures: { ...figures, numerator: [1n], denominator: [null] } }],
  });
  await writeList(bucket, { list: 'quiet_customers', asOf, run: 'r1', entries });
  on = (...args) => vigie('lists', ...args, '--config', config);
});

test('as CSV: amounts are numbers, a name that would run is defused; of one representative hers alone', async () => {
  const { code, out } = await on('quiet_customers', '--format', 'csv');
  const { data } = Papa.parse<Record<string, string>>(out, { header: true, skipEmptyLines: true });
  expect(code).toBe(0);
  expect(data.map(({ customer, amount }) => [customer, amount])).toEqual([
    ["'=cmd", '68244.1'],
    ['Reifen Lindner', '-12.5'],
  ]);
  const hers = (await on('quiet_customers', '--format', 'csv', '--rep', 'R01')).out;
  expect(hers).toContain('Reifen Lindner');
  expect(hers).not.toContain('cmd');
});

test('as a workbook: every cell of the list, texts as they are', async () => {
  const written: Buffer[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written.push(Buffer.from(chunk as Uint8Array));
    return true;
  });
  const asked = ['lists', 'quiet_customers', '--format', 'xlsx', '--config', config];
  expect(await main(asked).finally(() => spy.mockRestore())).toBe(0);
  const { head, lines } = listTable(list, entries, en);
  const book = await readWorkbook(Buffer.concat(written));
  expect([book.head, ...book.lines]).toEqual([head, ...lines.map((line) => line.map(String))]);
  expect(book.lines[0]?.[0]).toBe('=cmd');
});

test('a workbook of all lists there is none', async () => {
  expect(await on('--format', 'xlsx')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('vigie lists <list> --format xlsx > list.xlsx'),
  });
});
