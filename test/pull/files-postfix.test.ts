import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../kit/runs.ts';
import { openDesk } from './pulling.ts';

const columns = { mail_id: 'mail', kind: 'outcome', sent_at: 'sent_at', campaign_id: 'sender_domain' };
const FEED = { table: 'mail_events', path: 'mail.log-{date}*', format: 'postfix', columns };

const at = (time: string, program: string, said: string) =>
  `Nov 20 ${time} mx postfix/${program}[71]: ${said}`;
const from = (queue: string, sender = 'bounce+carla=home.example@news.example.com') =>
  at('09:00:01', 'qmgr', `${queue}: from=<${sender}>, size=4711, nrcpt=1 (queue active)`);
const to = (queue: string, status: string, more: { who?: string; relay?: string; delay?: string } = {}) =>
  at(
    '09:00:05',
    'smtp',
    `${queue}: to=<${more.who ?? 'Carla@home.example'}>, relay=${more.relay ?? 'mx.home.example[192.0.2.7]:25'}, delay=${more.delay ?? '4.2'}, delays=0.1/0/1/3.1, dsn=${status === 'sent' ? '2.0.0' : '5.1.1'}, status=${status} (said)`,
  );
const QUEUE = '4F3A21C0D2';

async function read(lines: readonly string[], feed: object = {}, name = 'mail.log-20261121') {
  const desk = await openDesk();
  await desk.drop(name, `${lines.join('\n')}\n`);
  const { batches, problem } = await desk.pull([{ ...FEED, ...feed }], { share: 1 });
  const [batch] = batches;
  const rows = batch === undefined ? [] : await desk.rows(batch);
  return { desk, batch, problem, rows };
}

describe('a mail log of Postfix', () => {
  test('says how a mail ended, when it was sent, and nobody’s address', async () => {
    const { rows } = await read([from(QUEUE), to(QUEUE, 'sent')]);
    expect(rows).toMatchObject([
      {
        ...{ kind: 'delivered', sent_on: '2026-11-20', campaign_id: 'news.example.com' },
        mail_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    // 9:00:05 in Paris, less 4.2 seconds.
    expect(String(rows[0]?.['sent_at'])).toMatch(/2026-11-20[T ]08:00:00/);
    expect(JSON.stringify(rows)).not.toMatch(/carla/i);
  });

  test.each<[string, string[], string[]]>([
    ['came back', [from(QUEUE), to(QUEUE, 'bounced')], ['bounced']],
    ['is deferred only', [from(QUEUE), to(QUEUE, 'deferred')], []],
    [
      'was deferred, then taken',
      [from(QUEUE), to(QUEUE, 'deferred'), to(QUEUE, 'sent', { delay: '3600' })],
      ['delivered'],
    ],
    [
      'expired',
      [
        to(QUEUE, 'deferred'),
        at('09:00:09', 'qmgr', `${QUEUE}: from=<a@news.example.com>, status=expired, returned to sender`),
      ],
      ['bounced'],
    ],
    ['is a notice of Postfix', [from(QUEUE, ''), to(QUEUE, 'sent')], []],
    ['went to a filter here', [from(QUEUE), to(QUEUE, 'sent', { relay: '127.0.0.1[127.0.0.1]:10024' })], []],
    ['came in', [from(QUEUE), to(QUEUE, 'sent').replace('postfix/smtp', 'postfix/local')], []],
    [
      'has two recipients',
      [to(QUEUE, 'sent'), to(QUEUE, 'bounced', { who: 'b@x.example' })],
      ['bounced', 'delivered'],
    ],
    ['has a long queue number', [to('4bXk2p3QzjzJrP', 'sent')], ['delivered']],
    [
      'left over a service of its own',
      [to(QUEUE, 'sent').replace('postfix/smtp', 'postfix-out/bulk/smtp')],
      ['delivered'],
    ],
    ['is another program’s', ['Nov 20 09:00:01 mx dovecot: imap(carla): to=<x>, status=sent'], []],
  ])('of which one %s', async (_, lines, kinds) => {
    const { rows, problem } = await read(lines);
    expect(problem).toBeUndefined();
    expect(rows.map(({ kind }) => String(kind)).sort()).toEqual(kinds);
  });

  test('that is read again under other names, and in parts, tells the same rows', async () => {
    const lines = [from(QUEUE), to(QUEUE, 'sent'), from('5F3A21C0D2'), to('5F3A21C0D2', 'bounced')];
    const once = await read(lines);
    const desk = await openDesk();
    await desk.drop('mail.log-20261120', `${lines.slice(0, 2).join('\n')}\n`);
    await desk.drop('mail.log-20261121.gz', gzipSync(`${lines.join('\n')}\n`));
    const { batches } = await desk.pull([FEED]);
    const keys = (rows: readonly Record<string, unknown>[]) =>
      new Set(rows.map(({ mail_id, kind, sent_on }) => [mail_id, kind, sent_on].join(' ')));
    expect(keys(await desk.rows(batches[0]))).toEqual(keys(once.rows));
    expect(keys(once.rows).size).toBe(2);
  });

  test('has the year of its name: December stands in a file of January', async () => {
    const line = to(QUEUE, 'sent').replace('Nov 20', 'Dec 31');
    const desk = await openDesk();
    await desk.drop('mail.log-20260101', `${line}\n`);
    const { batches } = await desk.pull([FEED]);
    expect(await desk.rows(batches[0])).toMatchObject([{ sent_on: '2025-12-31' }]);
  });

  test('with times of RFC 3339 needs no date in its name', async () => {
    const line = to(QUEUE, 'sent').replace('Nov 20 09:00:05', '2026-11-20T23:59:59.123456-05:00');
    const { rows } = await read([line], { path: 'mail.log*' }, 'mail.log.1');
    expect(rows).toMatchObject([{ sent_on: '2026-11-21' }]);
  });

  test('without a year anywhere is refused with what to do', async () => {
    const { problem } = await read([to(QUEUE, 'sent')], { path: 'mail.log*' }, 'mail.log');
    expect(problem).toMatchObject({
      ...{ code: 'FILE_FORMAT', hint: expect.stringContaining('dateext') },
      message: expect.stringContaining('mail.log:1 has a time without a year'),
    });
  });

  test('puts aside a delivery in another form, without its addresses', async () => {
    const strange = at('09:00:05', 'smtp', `${QUEUE}: to=<carla@home.example>, gone=yes`);
    const { desk, rows } = await read([strange, to(QUEUE, 'sent')]);
    expect(rows).toHaveLength(1);
    const rejected = await desk.rejected('mail_events');
    expect(rejected).toMatchObject([{ line: 1, reason: 'is a delivery that is not written as known' }]);
    expect(JSON.stringify(rejected)).not.toMatch(/carla/i);
  });

  test.each<[string, string[], object, string]>([
    ['no log', ['Campaign;Sent', '7;100'], {}, 'FILE_FORMAT'],
    [
      'read for a field that it has not',
      [to(QUEUE, 'sent')],
      { columns: { ...columns, kind: 'status' } },
      'FILE_COLUMN_MISSING',
    ],
  ])('that is %s is refused', async (_, lines, feed, code) => {
    expect((await read(lines, feed)).problem).toMatchObject({ code });
  });

  test('whatever stands in it, no address comes out of it', async () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    const line = fc.oneof(
      fc
        .tuple(word, word)
        .map(([who, where]) => to(QUEUE, 'sent', { who: `${who}.person@${where}.example` })),
      word.map((who) => at('09:00:05', 'smtp', `${QUEUE}: to=<${who}.person@x.example`)),
      word.map((who) => from(QUEUE, `${who}.person@x.example`)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
        const { rows, desk, batch } = await read(lines);
        const aside = (batch?.rejected ?? 0) > 0 ? await desk.rejected('mail_events') : [];
        expect(JSON.stringify([rows, aside])).not.toMatch(/\.person/);
      }),
      { numRuns: runs(8) },
    );
  });
});
