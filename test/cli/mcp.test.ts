import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';
import { type TinyCompany, tinyCompany, unmeasured } from '../kit/tiny-company.ts';

const bin = fileURLToPath(new URL('../../bin/vigie.js', import.meta.url));
let tiny: TinyCompany;
let client: Client;
beforeAll(async () => {
  tiny = await tinyCompany(unmeasured);
  const ran = await vigie('run', '--date', tiny.lastDay, '--no-mail', '--config', tiny.config);
  expect(ran.code, ran.out + ran.err).toBe(0);
  client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin, 'mcp', '--config', tiny.config],
      cwd: join(bin, '..', '..'),
    }),
  );
}, 120_000);
afterAll(() => client.close());

async function ask(name: string, args: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const [first] = content as { type: string; text: string }[];
  return { text: first?.text ?? '', isError: isError ?? false };
}
const json = async (name: string, args?: Record<string, unknown>) => JSON.parse((await ask(name, args)).text);

test('every tool says that it only reads', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).toSorted()).toEqual([
    'explain',
    'get_rows',
    'get_values',
    'list_alerts',
    'list_kpis',
  ]);
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
});

test('KPIs come with their definition and where they stand', async () => {
  const kpis = (await json('list_kpis', { theme: 'sales' })) as {
    kpi: string;
    state: string;
    definition: string;
  }[];
  expect(kpis.find(({ kpi }) => kpi === 'net_revenue')).toMatchObject({
    state: 'measured',
    as_of: tiny.lastDay,
    windows: expect.arrayContaining(['mtd']),
    definition: expect.stringContaining('net of tax'),
  });
  expect(await json('list_kpis', { theme: 'storefront' })).toContainEqual(
    expect.objectContaining({
      kpi: 'cart_abandonment_rate',
      state: 'no data',
      missing: expect.arrayContaining(['carts']),
    }),
  );
});

test('figures are those of `vigie values`, page by page', async () => {
  // Ten days of 100, and of 50 × 1 … 10.
  expect(await json('get_values', { kpi: 'net_revenue', period: 'mtd' })).toMatchObject({
    currency: 'EUR',
    of: 1,
    next_offset: null,
    figures: [{ numerator: 3750, value: 3750, as_of: tiny.lastDay, quality: 'ok' }],
  });
  const first = await json('get_values', {
    kpi: 'net_revenue',
    period: 'mtd',
    dimension: 'customer',
    limit: 1,
  });
  expect(first).toMatchObject({ of: 2, next_offset: 1, figures: [{ member: 'C2', value: 2750 }] });
  const second = await json('get_values', {
    ...{ kpi: 'net_revenue', period: 'mtd', dimension: 'customer', limit: 1, offset: 1 },
  });
  expect(second).toMatchObject({ next_offset: null, figures: [{ member: 'C1', value: 1000 }] });
});

test('a figure is explained, and led back to its rows', async () => {
  const { text } = await ask('explain', { kpi: 'net_revenue', period: 'mtd' });
  expect(text).toContain('What moved it');
  expect(text).toContain('erp');
  expect((await ask('explain', { kpi: 'net_revenue', sql: true })).text).toMatch(/^WITH periods/);
  const rows = await json('get_rows', { kpi: 'net_revenue', period: 'day', table: 'order_lines', limit: 1 });
  expect(rows).toMatchObject({
    days: [tiny.lastDay, tiny.lastDay],
    rows: [{ order_id: 'A9', net_amount: '100.0000' }],
    next_offset: 1,
  });
});

test('a database is not held between questions: a run gets in', async () => {
  const ran = await vigie('run', '--date', tiny.lastDay, '--no-mail', '--config', tiny.config);
  expect(ran.code, ran.out + ran.err).toBe(0);
  expect(await json('list_alerts')).toMatchObject([
    { rule: 'big-day', state: 'firing', value: 600, level: 560 },
  ]);
});

test.each([
  ['get_values', { kpi: 'net_revenu' }, /net_revenue/],
  ['get_values', { kpi: 'net_revenue', dimension: 'colour' }, /It offers .*region/],
  ['get_values', { kpi: 'orders', date: '2999-01-01' }, /lies in the future/],
  ['get_rows', { kpi: 'orders', table: 'customers_secret' }, /It reads orders/],
  ['get_values', { kpi: 'orders', period: 'wtd' }, /period/],
  ['explain', { kpi: 'new_leads' }, /has not been measured yet/],
])('%s %j is answered with what is allowed', async (name, args, message) => {
  const { text, isError } = await ask(name, args);
  expect(isError).toBe(true);
  expect(text).toMatch(message);
});

test('a tool that there is not is an error of the protocol', async () => {
  await expect(client.callTool({ name: 'drop_tables', arguments: {} })).rejects.toThrow(/drop_tables/);
});
