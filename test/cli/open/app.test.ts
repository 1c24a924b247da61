import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, openContext } from '../../../cli/context.ts';
import { answerOf } from '../../../cli/open/answer.ts';
import { answering } from '../../../cli/open/app.ts';
import { addressOfQuestion, readQuestion } from '../../../cli/open/question.ts';
import type { Answering } from '../../../cli/open/server.ts';
import { EXCEL } from '../../../cli/spreadsheet.ts';
import { figuresOf } from '../../../cli/values/value-rows.ts';
import { latestAsOf } from '../../../functions/lake/snapshot/store.ts';
import { cuttable } from '../../../functions/measure/cut/cut-kpi.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import { vigie } from '../../kit/command-line.ts';
import { readWorkbook } from '../../kit/read-workbook.ts';
import { type TinyCompany, tinyCompany, writeDay } from '../../kit/tiny-company.ts';

/** Somebody's data may be called anything. */
const NASTY = `</script><b>O'Brien: --`;

let tiny: TinyCompany;
let context: Context;
let ask: Answering;
beforeAll(async () => {
  tiny = await tinyCompany();
  appendFileSync(
    join(tiny.folder, 'exports', `sales_${tiny.lastDay}.csv`),
    `N,1,${tiny.lastDay},C1,${NASTY},P2,1,10\n`,
  );
  const ran = await vigie('run', '--date', tiny.lastDay, '--no-mail', '--config', tiny.config);
  expect(ran.code, ran.out + ran.err).toBe(0);
  context = await openContext({ config: tiny.config }, silentLog);
  ask = answering(context);
}, 240_000);
afterAll(() => context?.close());

const get = async (address: string) => {
  const { pathname, searchParams } = new URL(address, 'http://app');
  const reply = await ask(pathname, searchParams);
  return { ...reply, body: String(reply.body), bytes: reply.body as Uint8Array };
};

async function csv(address: string): Promise<Record<string, string>[]> {
  const { status, body, type } = await get(address);
  expect([status, type], body).toEqual([200, 'text/csv']);
  return Papa.parse<Record<string, string>>(body.replace('\ufeff', ''), {
    header: true,
    skipEmptyLines: true,
  }).data;
}

const recordedKpis = async (): Promise<Context['catalogue']['kpis']> => {
  const days = await Promise.all(
    context.catalogue.kpis.map((kpi) => latestAsOf(context.platform.bucket, kpi.id)),
  );
  return context.catalogue.kpis.filter((_, at) => days[at] === tiny.lastDay);
};

describe('figures are those of `vigie values`', () => {
  test('of every KPI, window and dimension', async () => {
    let compared = 0;
    for (const kpi of await recordedKpis())
      for (const period of kpi.windows)
        for (const dimension of [undefined, ...Object.keys(kpi.dimensions)]) {
          const query = new URLSearchParams({ period, ...(dimension && { by: dimension }) });
          const { sheet, source } = await answerOf(
            context,
            readQuestion(kpi, tiny.lastDay, 'figures', query),
          );
          expect(source).toBe('recorded');
          const rows = await figuresOf(context, kpi, { period, dimension, date: tiny.lastDay });
          const lines =
            dimension === undefined
              ? sheet.windows.filter((window) => window.period === period)
              : (sheet.breakdowns.find((each) => each.dimension === dimension)?.members ?? []);
          const shown = lines.flatMap(({ figures: { current } }) => (current ? [current.value] : []));
          expect(shown).toEqual(rows.map(({ value }) => value));
          compared += rows.length;
        }
    expect(compared).toBeGreaterThan(100);
  });

  test('what is counted anew comes to the same, by each of two dimensions and of each member', async () => {
    let compared = 0;
    for (const kpi of await recordedKpis()) {
      const dimensions = cuttable(kpi);
      for (const [at, one] of dimensions.entries()) {
        const two = dimensions[at + 1];
        if (two === undefined) continue;
        const query = new URLSearchParams({ by: one, cross: two });
        const { sheet, restated, source } = await answerOf(
          context,
          readQuestion(kpi, tiny.lastDay, 'figures', query),
        );
        expect([source, restated]).toEqual(['counted', null]);
        for (const dimension of [one, two]) {
          const recorded = await figuresOf(context, kpi, { dimension, date: tiny.lastDay });
          const members = sheet.breakdowns.find((each) => each.dimension === dimension)?.members ?? [];
          expect(members.map(({ member, figures }) => [member, figures.current?.value])).toEqual(
            recorded.map(({ member, value }) => [member, value]),
          );
          compared += members.length;
        }
        if (kpi.cube?.gives === 'select') continue;
        const [first] = await figuresOf(context, kpi, { dimension: one, date: tiny.lastDay });
        const only = new URLSearchParams({ by: two, where: `${one}:${first?.member}` });
        const filtered = await answerOf(context, readQuestion(kpi, tiny.lastDay, 'figures', only));
        expect([filtered.source, filtered.restated]).toEqual(['counted', null]);
      }
    }
    expect(compared).toBeGreaterThan(20);
  }, 120_000);

  test('a crossing has the rows of both, one by one', async () => {
    const lines = await csv(`/${tiny.lastDay}/net_revenue/figures.csv?by=channel&cross=customer&lang=en`);
    const found = lines.map(({ channel, customer, value }) => [channel, customer, Number(value)]);
    // Ten days of 100, of 50 × 1 … 10, and the one order of 10.
    expect(found).toEqual([
      ['rep', 'C2', 2750],
      ['web', 'C1', 1000],
      [NASTY, 'C1', 10],
    ]);
  });
});

describe('a question', () => {
  test('is its address, and the same question has one', async () => {
    const kpi = context.catalogue.kpi('net_revenue');
    const asked = new URLSearchParams({
      by: 'channel',
      cross: 'customer',
      where: `channel:${NASTY}`,
      known: '2026-03-11',
    });
    const question = readQuestion(kpi, tiny.lastDay, 'figures', asked);
    const address = addressOfQuestion(question);
    const again = readQuestion(kpi, tiny.lastDay, 'figures', new URL(address, 'http://app').searchParams);
    expect(again).toEqual(question);
    expect(addressOfQuestion(again)).toBe(address);
  });

  test.each([
    ['/2026-03-10/net_revenue?period=decade', 400, 'mtd'],
    ['/2026-03-10/net_revenue?by=planet', 400, 'customer'],
    ['/2026-03-10/net_revenue?where=channel', 400, 'brand:Nordwind'],
    ['/2026-03-10/net_revenue?known=tomorrow', 400, '2026-11-21'],
    ['/2026-03-10/net_revenue?known=2026-03-11T25:00', 400, '2026-11-21'],
    ['/2026-03-10/net_revenue?colour=red', 400, 'period, by, cross'],
    ['/2026-03-10/net_revenue?by=channel&cross=customer&known=2026-03-11', 400, 'one dimension'],
    ['/2026-03-10/net_revenue/rows?table=secrets', 400, 'order_lines'],
    ['/2026-03-10/net_revenues', 404, 'net_revenue'],
    ['/2026-03-09/net_revenue/../../../etc/passwd', 404, '/2026-11-27'],
    ['/2026-03-10/net_revenue/%2e%2e%2f%2e%2e', 404, '/2026-11-27'],
    ['/../etc/passwd', 404, '/2026-11-27'],
    ['/2020-01-01/net_revenue', 200, 'No data'],
    ['/2999-01-01', 400, 'today is'],
    ['/go?kpi=net_revenue&day=soon', 400, '2026-11-21'],
  ])('that cannot be answered says what can: %s', async (address, status, hint) => {
    // As a browser sends it, without tidying the path.
    const [path = '', query] = address.split('?');
    const got = await ask(path, new URLSearchParams(query));
    expect(got.status, String(got.body)).toBe(status);
    expect(got.body).toContain(hint);
  });

  test('of the fields becomes an address', async () => {
    const { status, location } = await get(
      `/go?kpi=net_revenue&view=figures&day=2026-03-09&by=channel&where=channel: web&known=`,
    );
    expect([status, location]).toEqual([303, '/2026-03-09/net_revenue?where=channel%3Aweb']);
  });
});

test.each([
  '',
  '?by=channel',
  '?by=channel&cross=customer',
  '?where=channel:',
  '/rows?table=orders',
  '/why',
  '/sql',
])('whatever somebody’s data is called, it is text: %s', async (rest) => {
  const address = rest.endsWith(':') ? `${rest}${encodeURIComponent(NASTY)}` : rest;
  const { status, body } = await get(`/${tiny.lastDay}/net_revenue${address}`);
  expect(status, body).toBe(200);
  expect(body).not.toContain('<b>O');
  // The page's own script is the only one.
  expect(body.match(/<script/g)).toHaveLength(1);
});

test('a page’s policy runs its own script and sends its fields nowhere else', async () => {
  const { policy, body } = await get(`/${tiny.lastDay}/net_revenue`);
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'$/,
  );
  expect(body).toMatch(/<form action="\/go" method="get">/);
});

test('rows are those of the member asked for, where the table tells it', async () => {
  const rows = await get(`/${tiny.lastDay}/net_revenue/rows?table=orders&where=channel:rep`);
  expect(rows.body).toContain('>B9<');
  expect(rows.body).not.toContain('>A9<');
  const untold = await get(`/${tiny.lastDay}/net_revenue/rows?table=order_lines&where=channel:rep`);
  expect(untold.body).toContain('This table does not tell');
  expect(untold.body).toContain('>A9<');
});

test('CSV opens in a spreadsheet of the language: its separator, its decimals, nothing that runs', async () => {
  const { body, saveAs } = await get(`/${tiny.lastDay}/average_order_value/figures.csv?by=channel&lang=fr`);
  expect(saveAs).toBe(`average_order_value-channel-${tiny.lastDay}.csv`);
  expect(body.startsWith('\ufeffkpi;as_of;only;period;channel;')).toBe(true);
  expect(body).toMatch(/;275;10;27,5;|;2750;10;275;/);
});

test('a workbook has numbers, days and texts as such, and every cell of the CSV', async () => {
  const address = `/${tiny.lastDay}/net_revenue/figures.xlsx?by=channel&lang=fr`;
  const { bytes, type, saveAs } = await get(address);
  expect([type, saveAs]).toEqual([EXCEL, `net_revenue-channel-${tiny.lastDay}.xlsx`]);
  const { head, lines } = await readWorkbook(bytes);
  const told = await csv(address.replace('.xlsx', '.csv').replace('lang=fr', 'lang=en'));
  expect(head).toEqual(Object.keys(told[0] ?? {}));
  expect(lines).toEqual(told.map((line) => Object.values(line)));
  expect(lines.flat()).toContain(NASTY);
});

test('as known then, and what was restated since', async () => {
  writeDay(tiny.folder, tiny.firstDay, 0, 3);
  const ran = await vigie('run', '--date', tiny.lastDay, '--no-mail', '--config', tiny.config);
  expect(ran.code, ran.out + ran.err).toBe(0);
  const now = await csv(`/${tiny.lastDay}/net_revenue/figures.csv?lang=en`);
  const mtd = (lines: typeof now): number => Number(lines.find(({ period }) => period === 'mtd')?.['value']);
  // The first day's 150 became 450.
  expect(mtd(now)).toBe(3750 + 10 + 300);
  const first = await get(`/${tiny.lastDay}/net_revenue?known=2020-01-01`);
  expect(first.body).toContain('As it was known on 1 January 2020');
  expect(first.body).toContain('No data');
}, 120_000);
