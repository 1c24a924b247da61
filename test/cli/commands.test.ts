import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Said, vigie } from '../kit/command-line.ts';
import { type TinyCompany, tinyCompany } from '../kit/tiny-company.ts';

let company: TinyCompany;
let first: Said;
const on = (...args: string[]) => vigie(...args, '--config', company.config);
const state = (...path: string[]) => join(company.folder, '.vigie', ...path);

beforeAll(async () => {
  company = await tinyCompany();
  first = await on('run', '--from', company.firstDay, '--to', company.lastDay);
});

describe('run', () => {
  test('says what was done, the figures, the alert, the mails and the report', () => {
    expect(first.code, first.err).toBe(0);
    expect(first.out).toMatch(/^pull: 20 rows from 20 files|pull: \d+ rows/m);
    expect(first.out).toContain('Net revenue');
    expect(first.out).toContain('Open alerts');
    for (const kept of ['reports/2026-03-10/index.html', 'mail/2026-03-10/'])
      expect(first.out).toContain(state(...kept.split('/')));
  });

  test('writes no escape code into a pipe', () => expect(first.out + first.err).not.toContain('\u001b'));

  test('with --json every line is JSON', async () => {
    const { out, err, code } = await on('run', '--date', company.lastDay, '--json');
    expect([code, err]).toEqual([0, '']);
    const events = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.filter((event) => event.event === 'done').map((event) => event.step)).toEqual([
      'pull',
      'load',
      'check',
      'measure',
      'judge',
      'report',
    ]);
  });

  test.each([
    [['run', '--date', '2026-02-30'], 'YYYY-MM-DD'],
    [['run', '--date', '2026-13-45'], 'no such day'],
    [['run', '--date', '2999-01-01'], 'lies in the future'],
    [['run', '--from', '2026-03-10', '--to', '2999-01-01'], '--to 2999-01-01 lies in the future'],
    [['run', '--date', '2026-03-10', '--from', '2026-03-01'], 'either --date'],
    [['run', '--from', '2026-03-10', '--to', '2026-03-01'], 'after the last day'],
  ])('refuses %j', async (args, words) => {
    const { code, out, err } = await on(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});

describe('values', () => {
  const json = async (...args: string[]) => JSON.parse((await on('values', ...args, '--format', 'json')).out);

  test('as JSON: numbers are numbers, no value is null', async () => {
    expect(
      await json('net_revenue', 'average_order_value', '--date', '2026-03-02', '--period', 'mtd'),
    ).toEqual([
      expect.objectContaining({
        kpi: 'net_revenue',
        as_of: '2026-03-02',
        period: 'mtd',
        comparison: 'current',
        dimension: null,
        member: null,
        numerator: 350,
        denominator: null,
        value: 350,
        unit: 'currency',
      }),
      expect.objectContaining({ kpi: 'average_order_value', numerator: 350, denominator: 4, value: 87.5 }),
    ]);
    expect(await json('net_revenue', '--comparison', 'target')).toEqual([]);
  });

  test('as a table: only columns that say something', async () => {
    const { out } = await on('values', 'net_revenue', '--period', 'day', '--date', '2026-03-10');
    const lines = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines[0]).toEqual(['kpi', 'as_of', 'period', 'value', 'unit']);
    expect(lines[1]).toEqual(['net_revenue', '2026-03-10', 'day', '600', 'EUR']);
  });

  test('as CSV, by dimension; without rows the header', async () => {
    const { out } = await on(
      'values',
      'net_revenue',
      '--dimension',
      'channel',
      '--period',
      'day',
      '--format',
      'csv',
    );
    expect(out).toContain('net_revenue,2026-03-10,day,current,channel,web,100,,100,currency,ok');
    const none = await on('values', 'net_revenue', '--comparison', 'target', '--format', 'csv');
    expect(none.out.split('\n')[0]).toContain('kpi,as_of,period');
  });

  test('as they were known before anything was measured: none', async () => {
    const { out, err, code } = await on('values', 'net_revenue', '--known-at', '2020-01-01');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('known at 2020-01-01');
  });

  test.each([
    [['values', 'net_revenu'], 'did you mean `net_revenue`'],
    [['values', 'net_revenue', '--dimension', 'regio'], 'It offers channel, region'],
    [['values', 'net_revenue', '--period', 'week'], 'last_7d'],
    [['values'], "missing required argument 'kpi'"],
    [['values', 'net_revenue', '--known-at', 'then'], '2026-11-21T07:00:00Z'],
    [['values', 'net_revenue', '--known-at', '2026-13-45'], 'no instant'],
    [['values', 'net_revenue', '--known-at', '2999-01-01'], 'lies in the future'],
    [['values', 'net_revenue', '--date', '2026-13-45'], 'no such day'],
    [['values', 'net_revenue', '--date', '2999-01-01'], 'lies in the future'],
    [['explain', 'net_revenue', '--date', '2999-01-01'], 'lies in the future'],
    [['digest', '--date', '2999-01-01'], 'lies in the future'],
    [['report', '--date', '2999-01-01'], 'lies in the future'],
    [['alerts', '--date', '2999-01-01'], 'lies in the future'],
    [['alerts', 'snooze', 'big-day', '--until', '2026-02-30'], 'no such day'],
    [['kpis', 'net_revenu'], 'did you mean `net_revenue`'],
    [['explain', 'nope'], 'There is no KPI `nope`'],
    [['explain', 'net_revenue', '--date', '2020-01-01'], 'has no figures'],
    [['digest', '--to', 'nobody@example.com'], 'chief@example.com'],
    [['digest', '--date', '2020-01-01'], 'the latest day is 2026-03-10'],
    [['digest', '--html', '/nowhere/at/all.html'], '/nowhere/at/all.html'],
    [['report', '--date', '2020-01-01'], 'vigie run --date 2020-01-01'],
    [['alerts', 'ack', 'big-dya'], 'Did you mean big-day?'],
    [['alerts', 'snooze', 'big-day'], '--until'],
    [['alerts', 'nonsense'], 'vigie alerts list --help'],
    [['nonsense'], 'vigie --help'],
    [['init'], 'is there already'],
  ])('a mistake is answered, not traced: %j', async (args, words) => {
    const { code, err } = await on(...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

test('explain: definition, windows, movers, rows and files behind, SQL', async () => {
  const { out, code } = await on('explain', 'net_revenue', '--period', 'day');
  expect(code).toBe(0);
  for (const words of [
    '2026-03-10 to 2026-03-10',
    'exports/sales_2026-03-10.csv',
    'sql/kpis/net_revenue.sql',
  ])
    expect(out).toContain(words);
  expect((await on('explain', 'net_revenue', '--sql')).out).toMatch(/^WITH /m);
});

test('an alert is listed, snoozed, acknowledged and woken', async () => {
  const muted = async () => JSON.parse((await on('alerts', '--format', 'json')).out)[0].muted;
  expect((await on('alerts')).out).toMatch(/big-day .*firing .*2026-03-10/);
  expect((await on('alerts', 'snooze', 'big-day', '--until', '2026-03-20')).out).toContain(
    'until 2026-03-20',
  );
  expect(await muted()).toBe('snoozed');
  expect((await on('alerts', 'wake', 'big-day')).out).toContain('awake again');
  expect(await muted()).toBeNull();
  expect((await on('alerts', 'ack', 'big-day')).code).toBe(0);
  expect(await muted()).toBe('acknowledged');
});

test('digest: the text, or a page in a file', async () => {
  expect((await on('digest')).out).toContain('Net revenue');
  expect((await on('digest', '--to', 'chef@example.com')).out).toContain('Chiffre d’affaires net');
  const file = join(company.folder, 'digest.html');
  expect((await on('digest', '--html', file)).out).toBe(`${file}\n`);
  expect(readFileSync(file, 'utf8')).toContain('<html');
});

describe('kpis', () => {
  test('lists every KPI with where it stands', async () => {
    const { out, code } = await on('kpis');
    expect(code).toBe(0);
    expect(out).toMatch(/^net_revenue +Net revenue +sales +measured +2026-03-10$/m);
    expect(out).toMatch(/^cart_abandonment_rate .*no data: no source fills carts/m);
    expect(out).toMatch(/^bounce_rate .*off: The exports do not have it\./m);
    // Theme by theme.
    expect(out.indexOf('\norders ')).toBeLessThan(out.indexOf('\ncart_abandonment_rate '));
  });

  test('those of a theme; a name that is neither is answered with the nearest', async () => {
    const { out } = await on('kpis', 'storefront', '--format', 'json');
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ kpi: 'bounce_rate', state: 'off', reason: 'The exports do not have it.' }),
    );
    expect(new Set(JSON.parse(out).map(({ theme }: { theme: string }) => theme))).toEqual(
      new Set(['storefront']),
    );
    expect((await on('kpis', 'storefronts')).err).toContain('did you mean `storefront`?');
  });

  test('one of them in full: definition, unit, dimensions, runbook', async () => {
    const { out } = await on('kpis', 'net_revenue');
    for (const words of ['in the reporting currency', 'currency (EUR)', 'region', 'docs/kpis.md#net_revenue'])
      expect(out).toContain(words);
    expect(JSON.parse((await on('kpis', 'net_revenue', '--format', 'json')).out)).toMatchObject({
      kpi: 'net_revenue',
      state: 'measured',
      missing: [],
    });
  });
});

test('report: writes the page, says where', async () => {
  const { out, code } = await on('report');
  expect([code, out]).toEqual([0, `${state('reports', '2026-03-10', 'index.html')}\n`]);
});

test('doctor: what is there and what is missing, as text and as JSON', async () => {
  const { out, code } = await on('doctor');
  expect(code).toBe(0);
  expect(out).toContain('erp → orders: 10 files');
  const symptoms = JSON.parse((await on('doctor', '--json')).out);
  expect(symptoms).toContainEqual(expect.objectContaining({ what: 'mail', status: 'ok' }));
});

describe('init', () => {
  const config = () => join(company.folder, 'new', 'vigie.yaml');

  test('writes nothing that would not be read', async () => {
    const { code, err } = await vigie('init', '--config', config(), '--currency', 'euro');
    expect(code).toBe(2);
    expect(err).toContain('"euro" is not an ISO 4217 code');
    expect(existsSync(config())).toBe(false);
  });

  test('writes a file that doctor reads; it names the exports that are missing', async () => {
    expect((await vigie('init', '--config', config(), '--name', 'A: "B" & Fils')).code).toBe(0);
    const { code, out } = await vigie('doctor', '--config', config());
    expect(code).toBe(1);
    expect(out).toContain('no file matches `exports/orders_{date}.csv`');
  });
});

test('every command has help, with examples where there are options', async () => {
  for (const command of ['run', 'values', 'explain', 'alerts', 'digest', 'report', 'init', 'sandbox']) {
    const { code, out } = await vigie(command, '--help');
    expect(code).toBe(0);
    expect(out, command).toMatch(/Examples?:\n/);
  }
});

describe('run without mail, then send', () => {
  test('mails are written, nobody is sent any; send makes up for it, once; again needs a reason', async () => {
    const other = await tinyCompany();
    const there = (...args: string[]) => vigie(...args, '--config', other.config);
    const ran = await there('run', '--date', other.lastDay, '--no-mail');
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain('written and sent to nobody');
    expect(existsSync(join(other.folder, '.vigie', 'outbox'))).toBe(false);
    expect((await there('send')).out).toMatch(/^2026-03-10: \d+ mails sent$/m);
    expect((await there('send')).out).toMatch(/^2026-03-10: 0 mails sent, \d+ sent before$/m);
    expect((await there('send', '--again')).err).toContain('--again needs a --reason');
    expect((await there('send', '--reason', 'x')).err).toContain('--reason is for --again');
    const again = ['send', '--again', '--reason', 'Returns were missing.'];
    expect((await there(...again)).out).toMatch(/^2026-03-10: 2 mails sent$/m);
    expect((await there(...again)).out).toMatch(/^2026-03-10: 0 mails sent, 2 sent before$/m);
    expect((await there('send', '--to', 'nobody@example.com')).err).toContain('chief@example.com');
  });

  test('a company that is set up sends to nobody', async () => {
    const other = await tinyCompany();
    appendFileSync(other.config, 'delivery: { live: false }\n');
    const there = (...args: string[]) => vigie(...args, '--config', other.config);
    expect((await there('run', '--date', other.lastDay)).out).toContain('nobody was sent any');
    const { code, err } = await there('send');
    expect([code, err]).toEqual([2, expect.stringContaining('being set up')]);
    expect((await there('doctor')).out).toContain('nobody is sent any');
  });
});
