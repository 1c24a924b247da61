import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vigie } from '../../kit/command-line.ts';

/** A company that reads one file of orders. */
function company(csv: string | Uint8Array, settings = ''): (...args: string[]) => ReturnType<typeof vigie> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-try-'));
  mkdirSync(join(folder, 'exports'));
  writeFileSync(join(folder, 'exports', 'orders_20261120.csv'), csv);
  const config = join(folder, 'vigie.yaml');
  writeFileSync(
    config,
    `company: { name: T, time_zone: Europe/Berlin, currency: EUR }
sources:
  - name: erp
    kind: files
    feeds:
      - table: orders
        path: exports/orders_{date}.csv
${settings}        columns: { order_id: Beleg, kind: Art, status: { constant: completed }, ordered_on: Datum, customer_id: Kunde }
`,
  );
  return (...args) => vigie(...args, '--config', config);
}

const GOOD = 'Beleg;Art;Datum;Kunde;Ort\n1;order;2026-11-20;C1;Köln\n2;return;2026-11-20;C2;Ulm\n';
const doctor = async (...given: Parameters<typeof company>) => {
  const { out } = await company(...given)('doctor', '--json');
  return JSON.parse(out).find(({ what }: { what: string }) => what === 'erp → orders');
};

describe('doctor reads files', () => {
  test('good ones are said to fit', async () => {
    expect(await doctor(GOOD)).toMatchObject({
      status: 'ok',
      finding: '1 file, the last one exports/orders_20261120.csv; first 2 records: all fit',
    });
  });

  test.each([
    [
      'a wrong column',
      GOOD.replace('Kunde', 'Kundennr'),
      '',
      'lacks the column `Kunde`',
      'did you mean|Name the column',
    ],
    [
      'wrong kinds',
      GOOD.replaceAll(/;(order|return);/g, ';ZOR;'),
      '',
      '2 × kind \\(Art\\)',
      'values: \\{ ZOR: … \\}',
    ],
    [
      'dates written otherwise',
      GOOD.replaceAll('2026-11-20', '20.11.2026'),
      '',
      '2 are refused',
      'dates: DD.MM.YYYY',
    ],
    ['Latin-1 taken for UTF-8', Buffer.from(GOOD, 'latin1'), '', 'is not UTF-8', 'encoding: windows-1252'],
    [
      'UTF-8 taken for Windows-1252',
      GOOD,
      '        encoding: windows-1252\n',
      '`Köln` is read as `KÃ¶ln`',
      'encoding: utf-8',
    ],
  ])('%s fails, with its remedy', async (_, csv, settings, finding, remedy) => {
    expect(await doctor(csv, settings)).toMatchObject({
      status: 'failed',
      finding: expect.stringMatching(finding),
      remedy: expect.stringMatching(remedy),
    });
  });

  test('every mistake of a record is told at once, each on a line of its own', async () => {
    const { out } = await company(GOOD.replaceAll(';order;2026-11-20', ';ZOR;20.11.2026'))(
      'doctor',
      '--json',
    );
    const remedies = JSON.parse(out)
      .filter(({ what }: { what: string }) => what === 'erp → orders')
      .map(({ remedy }: { remedy: string }) => remedy);
    expect(remedies).toEqual([
      expect.stringContaining('values: { ZOR: … }'),
      expect.stringContaining('dates: DD.MM.YYYY'),
    ]);
  });

  test('records of one key that differ are told before a run loses them', async () => {
    const csv = GOOD.replace('2;return', '1;return');
    expect(await doctor(csv)).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('order_id 1 differs in kind, customer_id'),
      remedy: expect.stringContaining('one_row_per_key: true'),
    });
    expect(await doctor(csv, '        one_row_per_key: true\n')).toMatchObject({ status: 'ok' });
  });

  test('the first wrong letter may stand far below the first hundred rows', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `${index};order;2026-11-20;C1;Ulm`);
    const csv = Buffer.from(
      `Beleg;Art;Datum;Kunde;Ort\n${rows.join('\n')}\nZ;order;2026-11-20;C1;Köln\n`,
      'latin1',
    );
    expect(await doctor(csv)).toMatchObject({
      status: 'failed',
      remedy: expect.stringContaining('windows-1252'),
    });
  });

  test('a few refused rows are a warning, a column that is always empty too', async () => {
    const rows = Array.from({ length: 99 }, (_, index) => `${index};order;2026-11-20;C1;Ulm`);
    const few = await doctor(`Beleg;Art;Datum;Kunde;Ort\n${rows.join('\n')}\nX;order;;C1;Ulm\n`);
    expect(few).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('99 fit, 1 is refused'),
    });
    expect(await doctor(GOOD.replaceAll(/;C\d;/g, ';;'))).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('customer_id (Kunde) is empty in each'),
    });
  });
});

describe('try reads files', () => {
  test('raw beside mapped, what is refused first, what is not mapped last', async () => {
    const vigieOn = company(GOOD.replace('2;return', '2;ZRE'));
    const { out, code } = await vigieOn('try', 'erp');
    expect(code).toBe(1);
    expect(out).toContain('first 2 records: 1 fit, 1 is refused');
    expect(out).toMatch(/1 × kind \(Art\).*such as `ZRE`/);
    expect(out.indexOf('line 3')).toBeLessThan(out.indexOf('line 2'));
    expect(out).toMatch(/Beleg {2}1 .*order_id {2}1$/m);
    expect(out).toContain('not mapped: Ort');
  });

  test('as JSON; nothing is written', async () => {
    const vigieOn = company(GOOD);
    const { out, code } = await vigieOn('try', 'erp', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      {
        table: 'orders',
        read: 2,
        accepted: 2,
        refused: 0,
        unmapped: ['Ort'],
        records: [{ line: 2 }, { line: 3 }],
      },
    ]);
  });

  test('only one table; another one is a mistake', async () => {
    const vigieOn = company(GOOD);
    expect((await vigieOn('try', 'erp', '--entity', 'orders')).code).toBe(0);
    const { code, err } = await vigieOn('try', 'erp', '--entity', 'order');
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean `orders`')]);
    expect((await vigieOn('try', 'epr')).err).toContain('no source epr in vigie.yaml; allowed: erp');
  });
});

describe('a file with a column a month', () => {
  const wide = 'Beleg;Art;Datum;Kunde;Jan 2026;Feb 2026;Mar 2026\n1;order;2026-11-20;C1;1;2;3\n';

  test('is told, with the lines that read it, and does not fail what fits', async () => {
    const { out, code } = await company(wide)('try', 'erp');
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('`unpivot: { name: month, value: amount }`');
    expect(await doctor(wide)).toMatchObject({
      status: 'warning',
      remedy: expect.stringContaining('`Jan 2026` to `Mar 2026`'),
    });
  });

  test('that is unpivoted is shown cell by cell: here a column an order', async () => {
    const csv = 'Art;Datum;A1;A2\norder;2026-11-20;C1;\nsoon;2026-11-20;;C2\n';
    const { out } = await company(csv, '        unpivot: { name: Beleg, value: Kunde }\n')(
      'try',
      'erp',
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject([
      {
        ...{ read: 2, accepted: 1, refused: 1, wide: null, unmapped: [] },
        records: [
          { line: 2, raw: { Beleg: 'A1', Kunde: 'C1' }, row: { order_id: 'A1', customer_id: 'C1' } },
          { line: 3, raw: { Beleg: 'A2', Kunde: 'C2' }, row: null, refusals: [{ field: 'kind (Art)' }] },
        ],
      },
    ]);
  });
});
