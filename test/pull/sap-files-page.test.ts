import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';

const page = readFileSync(new URL('../../docs/sources/sap-and-hybris-files.md', import.meta.url), 'utf8');
const sources = /```yaml\n(sources:[\s\S]*?)```/.exec(page)?.[1] ?? '';

/** What the page asks SAP and the shop for, of a Friday: an order of two items, one of them rejected, and a return. */
const FILES: Readonly<Record<string, string>> = {
  'sap/sales_20261120.csv': `VBELN;POSNR;AUART;AUDAT;KUNNR;VTWEG;MATNR;KWMENG;NETWR;WAERK;ABGRU
0004500001;000010;ZOR;20.11.2026;0000100001;10;000000000000010012;36,000;3.557,52;EUR;
0004500001;000020;ZOR;20.11.2026;0000100001;10;000000000000010013;1,000;99,00;EUR;02
0060000001;000010;ZRE;20.11.2026;0000100002;40;000000000000010012;2,000;197,64;EUR;
`,
  'sap/customers.csv': `KUNNR;NAME1;LAND1;BRSCH;ERDAT
0000100001;Müller GmbH;DE;0010;01.02.2019
0000100002;Bäckerei Groß;DE;0020;00.00.0000
`,
  'sap/materials.csv': 'MATNR;MAKTX;MATKL\n000000000000010012;Schäkel 8 mm;Schäkel\n',
  'shop/carts_20261120.csv': `guid,unit,created,changed,ordered,order,device,entries
a1,100001,2026-11-18T09:00:00Z,2026-11-18T09:10:00Z,2026-11-18T10:00:00Z,4500001,desktop,1
b2,100002,2026-11-18T11:00:00+01:00,2026-11-18T11:10:00+01:00,,,mobile,2
`,
  'shop/cart_entries_20261120.csv': `guid,entry,added,product,quantity,amount,currency,instock
a1,0,2026-11-18,10012,36,3557.52,EUR,yes
b2,0,2026-11-18,10012,1,98.82,EUR,no
`,
};

test('the page from A to Z: its files fit its vigie.yaml, and give the figures one works out by hand', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-sap-'));
  const config = join(folder, 'vigie.yaml');
  for (const [name, text] of Object.entries(FILES)) {
    const file = join(folder, 'exports', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, name.startsWith('sap/') ? Buffer.from(text, 'latin1') : text);
  }
  const on = (...args: string[]) => vigie(...args, '--config', config);
  await on('init', '--name', 'Kordel & Söhne', '--currency', 'EUR', '--time-zone', 'Europe/Berlin');
  const written = readFileSync(config, 'utf8');
  writeFileSync(
    config,
    written.replace(/\nsources:\n[\s\S]*?\n(?=# Who is told)/, () => `\n${sources}\n`),
  );

  const feeds = JSON.parse((await on('doctor', '--json')).out).filter(({ what }: { what: string }) =>
    what.includes('→'),
  );
  expect(feeds.map(({ what, status }: { what: string; status: string }) => [what, status])).toEqual([
    ['sap → orders', 'ok'],
    ['sap → order_lines', 'ok'],
    ['sap → order_lines', 'ok'],
    ['sap → customers', 'ok'],
    ['sap → products', 'ok'],
    ['shop → carts', 'ok'],
    ['shop → cart_lines', 'ok'],
  ]);

  const ran = await on('run', '--date', '2026-11-20');
  expect(ran.code, ran.out + ran.err).toBe(0);
  const figures = JSON.parse(
    (await on('values', 'net_revenue', 'orders', '--period', 'day', '--format', 'json')).out,
  );
  expect(figures.map(({ kpi, value }: { kpi: string; value: number }) => [kpi, value])).toEqual([
    ['net_revenue', 3557.52 - 197.64],
    ['orders', 1],
  ]);
  expect((await on('digest')).out).toContain('Net revenue');
});
