import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LINES, LINES_HEADER, openDesk } from './pulling.ts';

const row = (order: string, amount = '1,5') => `${order};1;21/11/2026;2;${amount}`;
const orders = (rows: Record<string, unknown>[]) => rows.map((each) => each['order_id']);

async function pullText(content: string | Uint8Array, feed: object = {}, name = 'lines.csv') {
  const desk = await openDesk();
  await desk.drop(name, content);
  const report = await desk.pull([{ ...LINES, path: name, ...feed }], { share: 1 });
  return { desk, report, batch: report.batches[0], problem: report.problem };
}

describe('encodings', () => {
  const text = `${LINES_HEADER}\n${row('Été €')}\n`;
  const latin = Buffer.from(text.replace('€', '\u0080'), 'latin1');
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  it.each([
    ['UTF-8', Buffer.from(text), {}],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), {}],
    [
      'UTF-8 with a byte order mark, whatever is configured',
      Buffer.from(`\ufeff${text}`),
      { encoding: 'latin1' },
    ],
    ['UTF-16, low byte first, by its mark', utf16, {}],
    ['UTF-16, high byte first, by its mark', Buffer.from(utf16).swap16(), {}],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), { encoding: 'utf-16le' }],
    ['Windows-1252', latin, { encoding: 'windows-1252' }],
    ['Latin-1', latin, { encoding: 'latin1' }],
    ['gzip, whatever the name', gzipSync(text), {}],
    ['line ends of Windows', Buffer.from(text.replaceAll('\n', '\r\n')), {}],
    ['line ends of the old Macintosh', Buffer.from(text.replaceAll('\n', '\r')), {}],
  ])('reads %s', async (_, bytes, feed) => {
    const { desk, batch } = await pullText(bytes, feed);
    expect(orders(await desk.rows(batch))).toEqual(['Été €']);
  });

  it('refuses what is not UTF-8, with line and sample', async () => {
    const { problem } = await pullText(
      Buffer.from(`Commande;Ligne;Date;Qté;Montant\n${row('Été')}\n`, 'latin1'),
      {},
    );
    expect(problem?.code).toBe('FILE_ENCODING');
    expect(problem?.message).toContain('lines.csv:1 is not UTF-8 text');
    expect(problem?.hint).toContain('windows-1252');
  });

  it('refuses zero bytes', async () => {
    const { problem } = await pullText(Buffer.from(text, 'utf16le'));
    expect(problem).toMatchObject({ code: 'FILE_ENCODING', hint: expect.stringContaining('utf-16le') });
  });
});

describe('the shape of a CSV file', () => {
  it.each([
    ['an ending without a line end', `${LINES_HEADER}\n${row('A')}`],
    ['blank lines', `${LINES_HEADER}\n\n${row('A')}\n\n\n`],
    ['the header again, as files put together have it', `${LINES_HEADER}\n${row('A')}\n${LINES_HEADER}\n`],
    [
      'the header again with a byte order mark',
      `\ufeff${LINES_HEADER}\n${row('A')}\n\ufeff${LINES_HEADER}\n`,
    ],
    ['a delimiter at the end of every line', `${LINES_HEADER}\n${row('A')};\n`],
    ['white space around cells', `Commande ; Ligne;Date;Qté; Montant\n A ;1; 21/11/2026;2; 1,5\n`],
  ])('reads %s', async (_, text) => {
    const { desk, batch } = await pullText(text);
    expect(batch).toMatchObject({ rows: 1, rejected: 0 });
    expect(await desk.rows(batch)).toMatchObject([{ order_id: 'A', net_amount: '1.5000' }]);
  });

  it.each([[','], [';'], ['\t'], ['|']])('finds out the delimiter %j', async (delimiter) => {
    const columns = { ...LINES.columns, product_id: 'Article; titre, long' };
    const header = [...LINES_HEADER.split(';'), '"Article; titre, long"'].join(delimiter);
    const cells = [...row('A', '2').split(';'), 'P'].join(delimiter);
    const { desk, batch } = await pullText(`${header}\n${cells}\n`, { columns });
    expect(await desk.rows(batch)).toMatchObject([{ order_id: 'A', product_id: 'P' }]);
  });

  it('reads line breaks, delimiters and quotes inside cells, and still knows the line of a later mistake', async () => {
    const { desk, batch } = await pullText(
      `${LINES_HEADER}\n"A\nline ""two""; 2";1;21/11/2026;2;1\nB;1;never;2;1\n`,
    );
    expect(orders(await desk.rows(batch))).toEqual(['A\nline "two"; 2']);
    expect(await desk.rejected('order_lines')).toMatchObject([
      { line: 4, column: 'ordered_on (Date)', value: 'never' },
    ]);
  });

  it('skips titles, and takes column names from the configuration where the file has none', async () => {
    const titled = await pullText(`List of sales\n\n${LINES_HEADER}\n${row('A')}\n`, { skip_lines: 2 });
    expect(orders(await titled.desk.rows(titled.batch))).toEqual(['A']);
    const bare = await pullText(`${row('A')}\n${row('B')}\n`, { header: LINES_HEADER.split(';') });
    expect(orders(await bare.desk.rows(bare.batch))).toEqual(['A', 'B']);
  });

  it.each([
    ['an empty file', ''],
    ['a header alone', `${LINES_HEADER}\n`],
    ['a header alone without line end', LINES_HEADER],
  ])('takes %s as: nothing happened', async (_, text) => {
    const { batch, report } = await pullText(text);
    expect(report.status).toBe('ok');
    expect(batch).toMatchObject({ rows: 0, rejected: 0, files: [], firstDate: null, inputs: [{ rows: 0 }] });
  });

  it('puts lines with too few or too many cells aside', async () => {
    const { desk, batch } = await pullText(`${LINES_HEADER}\nA;1;21/11/2026\n${row('B')};x;y\n${row('C')}\n`);
    expect(batch).toMatchObject({ rows: 1, rejected: 2 });
    expect(await desk.rejected('order_lines')).toMatchObject([
      { line: 2, column: '(record)', reason: 'has 3 cells where the header has 5' },
      { line: 3, reason: 'has 7 cells where the header has 5' },
    ]);
  });

  it('puts a line with a stray quote aside', async () => {
    const { desk } = await pullText(`${LINES_HEADER}\n"A" tube";1;21/11/2026;2;1\n${row('B')}\n`);
    expect(await desk.rejected('order_lines')).toMatchObject([
      { line: 2, reason: expect.stringContaining('in the middle of a quoted cell') },
    ]);
  });
});

describe('files refused as a whole', () => {
  it.each([
    [
      'a last line that lacks cells',
      `${LINES_HEADER}\n${row('A')}\nB;1;21/1`,
      'FILE_CUT',
      'lines.csv:3 is cut: the last line has 3 of 5 cells',
    ],
    [
      'a quote that is never closed',
      `${LINES_HEADER}\n${row('A')}\n"B;1;21/11/2026;2;1\n`,
      'FILE_QUOTES',
      'lines.csv:3: a cell begins with " that is never closed',
    ],
    [
      'a stray quote that swallows lines',
      `${LINES_HEADER}\n"A" tube;1;21/11/2026;2;1\nB;"1";21/11/2026;2;1\n`,
      'FILE_QUOTES',
      'lines.csv:2: a cell begins with " that is never closed',
    ],
    [
      'a cut gzip file',
      gzipSync(`${LINES_HEADER}\n${row('A')}\n`).subarray(0, 40),
      'FILE_CUT',
      'lines.csv is cut',
    ],
    [
      'a file that ends inside a character',
      Buffer.from(`${LINES_HEADER}\n${row('A')};é`).subarray(0, -1),
      'FILE_CUT',
      'in the middle of a character',
    ],
    [
      'a missing column',
      `Commande;Ligne;Date;Qté;Montants\n${row('A')}\n`,
      'FILE_COLUMN_MISSING',
      'lines.csv:1 lacks the column `Montant` (did you mean `Montants`?)',
    ],
    [
      'a column that is there twice',
      `${LINES_HEADER};Date\n${row('A')};x\n`,
      'FILE_COLUMN_AMBIGUOUS',
      'has the column `Date` more than once',
    ],
    ['a workbook that was cut', Buffer.from('PK\u0003\u0004\u0014\u0000'), 'FILE_CUT', 'is cut or damaged'],
    ['a log-in page', '<!DOCTYPE html><html>Sign in</html>', 'FILE_FORMAT', 'is an HTML or XML page'],
  ])('refuses %s', async (_, content, code, message) => {
    const { problem, batch } = await pullText(content);
    expect(problem).toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.any(String),
    });
    expect(batch).toBeUndefined();
  });
});

describe('refused rows', () => {
  it('are kept with place, value, reason and the columns that are read', async () => {
    const { desk, batch } = await pullText(
      `${LINES_HEADER};Note\nA;1;21/11/2026;2;1.5;secret\n;1;21/11/2026;2;1;secret\n`,
    );
    expect(batch).toMatchObject({ rows: 0, rejected: 2, inputs: [{ rejected: 2 }] });
    expect(await desk.rejected('order_lines')).toEqual([
      {
        ...{ input: 'lines.csv', line: 2, column: 'net_amount (Montant)', value: '1.5' },
        reason: 'is not a number written with a comma as decimal sign and no sign between thousands',
        raw: { Commande: 'A', Ligne: '1', Date: '21/11/2026', Qté: '2', Montant: '1.5' },
      },
      expect.objectContaining({
        line: 3,
        column: 'order_id (Commande)',
        value: null,
        reason: 'is empty, but required',
      }),
    ]);
  });

  it('never show an e-mail address', async () => {
    const desk = await openDesk();
    await desk.drop(
      'customers.csv',
      'id,mail,since,name\n7,eve@example.org,yesterday,Eve <eve@example.org>\n8,Bob@Example.org ,2026-01-01,Bob\n',
    );
    const columns = {
      customer_id: 'id',
      email_hash: { hash_email: 'mail' },
      account_opened_on: 'since',
      name: 'name',
    };
    const { batches } = await desk.pull([{ table: 'customers', path: 'customers.csv', columns }], {
      share: 1,
    });
    const [rejected] = await desk.rejected('customers');
    expect(rejected?.raw).toEqual({
      id: '7',
      mail: '(personal, not shown)',
      since: 'yesterday',
      name: 'Eve <(e-mail address)>',
    });
    const [bob] = await desk.rows(batches[0]);
    // SHA-256 of bob@example.org
    expect(bob?.['email_hash']).toBe('686b5e4cf4f963adf8f51468a48028ef8d15bd02fa335f821279a3d1678c9615');
  });

  it('say of what is no address that it is none, and show neither it nor the address beside it', async () => {
    const desk = await openDesk();
    await desk.drop(
      'consents.csv',
      'mail,what,when,agreed\nn/a,advertising,2026-01-01T10:00:00Z,1\nBo.b@gmail.com,advertising,2026-01-01T10:00:00Z,1\n',
    );
    const columns = {
      person: { hash_email: 'mail', as: 'person' },
      google_email_hash: { hash_email: 'mail', as: 'google' },
      purpose: 'what',
      said_at: 'when',
      granted: 'agreed',
    } as const;
    const { batches } = await desk.pull([{ table: 'consents', path: 'consents.csv', columns }], { share: 1 });
    expect(await desk.rejected('consents')).toMatchObject([
      {
        line: 2,
        reason: 'is no e-mail address',
        raw: { mail: '(personal, not shown)', what: 'advertising' },
      },
    ]);
    const [bob] = await desk.rows(batches[0]);
    expect(bob).toMatchObject({
      // SHA-256 of vigie:person:bob@gmail.com and of bob@gmail.com
      person: 'ec22af87e0a417c99fc2dce56afa266973e8f203c14d7bcbc3df34eee62ab27f',
      google_email_hash: '300db02db75af922c759f08a0efa5a400128eac1f531b802697450b5c6da6e9f',
    });
  });

  it('include plain addresses mapped to a hash column without hashing', async () => {
    const desk = await openDesk();
    await desk.drop('customers.csv', 'id,mail\n7,eve@example.org\n');
    await desk.pull(
      [{ table: 'customers', path: 'customers.csv', columns: { customer_id: 'id', email_hash: 'mail' } }],
      { share: 1 },
    );
    expect(await desk.rejected('customers')).toMatchObject([
      { value: '(e-mail address)', reason: expect.stringContaining('hash_email') },
    ]);
  });
});
