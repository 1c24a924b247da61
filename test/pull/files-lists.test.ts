import { describe, expect, test } from 'vitest';
import { isUsableFormat, momentReader } from '../../functions/pull/files/mapping/dates.ts';
import { openDesk } from './pulling.ts';

const ORDERS = {
  table: 'orders',
  path: 'orders.txt',
  columns: {
    order_id: 'Number',
    ordered_on: 'Day',
    kind: { constant: 'order' },
    status: { constant: 'completed' },
    channel: { from: 'Way', optional: true },
  },
};

async function pulled(content: string, feed: object = {}, share = 0) {
  const desk = await openDesk();
  await desk.drop('orders.txt', content);
  const report = await desk.pull([{ ...ORDERS, ...feed }], { share });
  const [batch] = report.batches;
  const rows = batch ? await desk.rows(batch) : [];
  return { report, batch, ids: rows.map((row) => row['order_id']), rows };
}

describe('a first line sep=', () => {
  test.each([
    ['as Excel writes it', '\ufeffsep=;\r\nNumber;Day\r\nA;2026-11-20\r\n', {}],
    ['in upper case, quoted', '"SEP=;"\nNumber;Day\nA;2026-11-20\n', {}],
    ['of a tab', 'sep=\t\nNumber\tDay\nA\t2026-11-20\n', {}],
    ['of a sign that is never guessed', 'sep=^\nNumber^Day\nA^2026-11-20\n', {}],
    ['against the feed: the file knows', 'sep=;\nNumber;Day\nA;2026-11-20\n', { delimiter: ',' }],
    ['among the lines to skip', 'sep=;\nNumber;Day\nA;2026-11-20\n', { skip_lines: 1 }],
    ['before a title', 'sep=;\nOrders of today\nNumber;Day\nA;2026-11-20\n', { skip_lines: 2 }],
    ['again, in files put one after the other', 'sep=;\nNumber;Day\nA;2026-11-20\nsep=;\nNumber;Day\n', {}],
    ['without a header', 'sep=;\nA;2026-11-20\n', { header: ['Number', 'Day'] }],
  ])('%s', async (_, content, feed) => {
    const { report, ids } = await pulled(content, feed);
    expect(report.problem).toBeUndefined();
    expect(ids).toEqual(['A']);
  });

  test('a column may be called so', async () => {
    const { ids } = await pulled('sep=x;Number;Day\n1;A;2026-11-20\n');
    expect(ids).toEqual(['A']);
  });
});

const RULE = '-----------------------';
const HEAD = '|Number|Day       |Way  |';
const PAGE = (page: number) => ['Table: VBAK', `20.11.2026      Page ${page}`, RULE, HEAD, RULE];
const row = (id: string) => `|${id}     |2026-11-20|     |`;

describe('a printed list', () => {
  test('rules, titles and headers of every page are no records', async () => {
    const content = [...PAGE(1), row('A'), row('B'), RULE, ...PAGE(2), row('C'), RULE].join('\n');
    const { report, batch, ids } = await pulled(`${content}\n`, { delimiter: '|', skip_lines: 2 });
    expect(report.problem).toBeUndefined();
    expect(ids).toEqual(['A', 'B', 'C']);
    expect(batch?.rejected).toBe(0);
  });

  test('a rule may be the last line, without an end', async () => {
    const content = [HEAD, RULE, row('A'), RULE].join('\n');
    expect((await pulled(content, { delimiter: '|' })).ids).toEqual(['A']);
  });

  test.each([
    ['with bars', '|------+----------+-----|'],
    ['of cells', '|------|----------|-----|'],
    ['of Markdown', '| --- | :---: | --- |'],
    ['doubled', '=========='],
    ['with crosses', '+------+----------+-----+'],
  ])('a rule %s', async (_, rule) => {
    const content = [rule, HEAD, rule, row('A'), rule, ''].join('\n');
    const { report, ids } = await pulled(content, { delimiter: '|' });
    expect(report.problem).toBeUndefined();
    expect(ids).toEqual(['A']);
  });

  test('as databases underline their titles', async () => {
    const content = 'Number;Day;Way\n------;----------;---\nA;2026-11-20;-\nB;2026-11-20;--\n';
    const { rows } = await pulled(content);
    expect(rows.map((each) => each['channel'])).toEqual(['-', '--']);
  });

  test('what is neither is refused as before, and counts against the share', async () => {
    const content = [HEAD, RULE, row('A'), '|broken', '* total of all', ''].join('\n');
    const { report } = await pulled(content, { delimiter: '|' });
    expect(report.problem).toMatchObject({ code: 'TOO_MANY_REJECTED' });
    expect(report.problem?.message).toContain('2 of 3 rows');
    expect(report.problem?.message).toContain('orders.txt:4');
  });

  test('a record that says what a title says is a record', async () => {
    const { ids } = await pulled('A;2026-11-20\nNumber;Day\nA;2026-11-20\n', { skip_lines: 1 });
    expect(ids).toEqual(['A']);
  });
});

const SESSIONS = {
  table: 'sessions',
  path: 'sessions.csv',
  columns: {
    session_id: 'id',
    property: { constant: 'p' },
    started_at: 't',
    session_count: { constant: 1 },
    ordering_session_count: { constant: 0 },
    bounced_session_count: { constant: 0 },
  },
};

/** The instant and the business day in Paris that a text means. */
async function moment(text: string, timestamps = 'auto') {
  const desk = await openDesk();
  await desk.drop('sessions.csv', `id;t\ns1;${text}\n`);
  const report = await desk.pull([{ ...SESSIONS, timestamps }], { share: 0 });
  const [found] = report.batches[0] ? await desk.rows(report.batches[0]) : [];
  return found && [found['started_at'], found['session_on'] ?? found['started_on']].map(String);
}

describe('a time that names its zone', () => {
  test.each([
    ['2026-01-30 23:30:00 UTC', '2026-01-30T23:30', '2026-01-31'],
    ['2026-01-30 23:30:00.000000 UTC', '2026-01-30T23:30', '2026-01-31'],
    ['2026-01-30T23:30:00z', '2026-01-30T23:30', '2026-01-31'],
    ['2026-01-30 23:30 GMT', '2026-01-30T23:30', '2026-01-31'],
    ['2026-01-30 23:30 GMT+01:00', '2026-01-30T22:30', '2026-01-30'],
    ['2026-01-30 23:30 UTC-5', '2026-01-31T04:30', '2026-01-31'],
    ['2026-01-30 23:30 CET', '2026-01-30T22:30', '2026-01-30'],
    ['2026-07-30 00:30 CEST', '2026-07-29T22:30', '2026-07-30'],
    ['2026-07-30 00:30 MESZ', '2026-07-29T22:30', '2026-07-30'],
    ['2026-07-30 00:30 Europe/Paris', '2026-07-29T22:30', '2026-07-30'],
    ['2026-01-30 20:30:00.000 America/New_York', '2026-01-31T01:30', '2026-01-31'],
    ['2026-07-30T00:30+02:00[Europe/Berlin]', '2026-07-29T22:30', '2026-07-30'],
    ['2026-01-30T20:30:00-05', '2026-01-31T01:30', '2026-01-31'],
  ])('%s', async (text, instant, day) => {
    const found = await moment(text);
    expect(found?.[0]?.replace(' ', 'T')).toContain(instant);
    expect(found?.[1]).toContain(day);
  });

  test.each([
    ['2026-01-30 23:30:00 UTC', 'YYYY-MM-DD HH:mm:ss UTC', '2026-01-30T23:30'],
    ['30.01.2026 23:30UTC', 'DD.MM.YYYY HH:mmUTC', '2026-01-30T23:30'],
    ['30.01.2026 23:30 CET', 'DD.MM.YYYY HH:mm CET', '2026-01-30T22:30'],
    ['30.01.2026 23:30 America/New_York', 'DD.MM.YYYY HH:mm Z', '2026-01-31T04:30'],
    ['30.01.2026 23:30', 'DD.MM.YYYY HH:mm', '2026-01-30T22:30'],
  ])('%s by the format %s', async (text, format, instant) => {
    expect((await moment(text, format))?.[0]?.replace(' ', 'T')).toContain(instant);
  });

  test.each([
    '2026-01-30 23:30 EST',
    '2026-01-30 23:30 Europe/Atlantis',
    '2026-01-30 23:30+25:00',
    '2026-01-30 23:30+01:75',
    '2026-01-30 23:30 X',
  ])('%s is refused, never guessed', async (text) => {
    expect(await moment(text)).toBeUndefined();
  });

  test('a format with letters that mean several zones is refused as a format', () => {
    expect(isUsableFormat('YYYY-MM-DD HH:mm EST')).toBe(false);
    expect(isUsableFormat('YYYY-MM-DDTHH:mm')).toBe(true);
  });

  test('a month by itself is its first day; with a time it is no format', () => {
    expect(momentReader('MM/YYYY')('11/2026')).toMatchObject({ wall: Date.UTC(2026, 10, 1), timed: false });
    expect(momentReader('YYYY-MM')('2026-13')).toBeUndefined();
    expect(isUsableFormat('YYYY-MM')).toBe(true);
    expect(isUsableFormat('YYYY-MM HH:mm')).toBe(false);
    expect(isUsableFormat('YYYY')).toBe(false);
  });
});
