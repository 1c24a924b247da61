import { describe, expect, test } from 'vitest';
import { feedSchema } from '../../functions/lake/company/feed.ts';
import { guessEncoding } from '../../functions/pull/files/guess-encoding.ts';
import { remedyFor } from '../../functions/pull/files/remedy.ts';
import { tableOf } from '../kit/tables.ts';

const feed = (table: string, more: object = {}) =>
  feedSchema.parse({ table, path: 'x', columns: {}, ...more });
const remedy = (table: string, column: string, ...values: (string | null)[]) =>
  remedyFor(feed(table), tableOf(table), { column, values });

describe('what was refused says the remedy that fits', () => {
  test.each([
    ['ordered_on (Datum)', ['20.11.2026'], '`dates: DD.MM.YYYY`'],
    ['ordered_on (Datum)', ['1.2.2026', '20.11.2026'], '`dates: D.M.YYYY`'],
    ['ordered_on (Datum)', ['20.11.2026 14:05'], '`dates: DD.MM.YYYY HH:mm`'],
    ['ordered_on (Date)', ['11/20/2026'], '`dates: MM/DD/YYYY` on the feed, or'],
    // Nobody but the author of the export knows which is the month.
    ['ordered_on (Date)', ['03/04/2026'], '`dates: DD/MM/YYYY` on the feed (or `MM/DD/YYYY`'],
    ['ordered_on (Date)', ['03/04/2026', '03/14/2026'], '`dates: MM/DD/YYYY` on the feed, or'],
    ['ordered_at (Zeit)', ['20.11.2026 14:05:09'], '`timestamps: DD.MM.YYYY HH:mm:ss`'],
    ['ordered_at (Zeit)', ['20.11.2026'], '`dates` does not hold for it'],
    ['ordered_at (Zeit)', ['2026-11-20 14:05:09 XQT'], 'The zone `XQT` is not known'],
    ['ordered_at (Zeit)', ['2026-11-20 14:05:09 Mars/Base'], 'The zone `Mars/Base` is not known'],
    ['ordered_on (Datum)', ['KW 47'], 'Write the format of `Datum` in letters'],
    [
      'kind (Belegart)',
      ['ZOR', 'ZRE', 'ZOR'],
      'values: { ZOR: …, ZRE: … } }`, each with one of order, return',
    ],
    ['kind (Art)', ['4711'], 'values: { "4711": … }'],
    ['customer_id (Kunde)', [null, ''], 'where: [{ column: Kunde, empty: false }]'],
  ])('orders.%s %j', (column, values, words) => {
    expect(remedy('orders', column, ...values)).toContain(words);
  });

  test.each([
    [['1.234,50', '12,5'], {}, '`decimal: ","` and `thousands: "."`'],
    [['12,50'], {}, '`decimal: ","` on the feed'],
    [['1 234,50'], {}, '`decimal: ","` and `thousands: " "`'],
    [['1\u00a0234,50'], {}, '`thousands: " "`'],
    [['1\u202f234.50'], {}, '`thousands: " "` on the feed'],
    [["1'234.50"], {}, '`thousands: "\'"`'],
    [['1,234.50'], { decimal: ',' }, '`decimal: "."` and `thousands: ","`'],
    [['12.50'], { decimal: ',', thousands: '.' }, '`decimal: "."` and `thousands: none`'],
  ])('amounts %j with %j', (values, settings, words) => {
    expect(
      remedyFor(feed('order_lines', settings), tableOf('order_lines'), {
        column: 'net_amount (Betrag)',
        values,
      }),
    ).toContain(words);
  });

  test('says nothing where it knows nothing', () => {
    expect(remedy('order_lines', 'net_amount (Betrag)', 'n/a')).toBeUndefined();
    expect(remedy('orders', '(record)', null)).toBeUndefined();
  });
});

describe('encodings are guessed from the bytes', () => {
  const guess = (bytes: Uint8Array) =>
    guessEncoding(
      (async function* () {
        yield bytes;
      })(),
    );

  test.each([
    ['Müller;12', 'latin1', 'windows-1252', 'Müller'],
    ['a;b\nMüller;12', 'utf8', 'utf-8', 'Müller'],
  ] as const)('%s as %s', async (text, written, encoding, right) => {
    expect(await guess(Buffer.from(text, written))).toMatchObject({
      encoding,
      marked: false,
      sample: { right },
    });
  });

  test('ASCII says nothing, a mark decides, zeros are UTF-16', async () => {
    expect(await guess(Buffer.from('plain'))).toEqual({ encoding: null, marked: false });
    expect(await guess(Buffer.from('\ufeffMüller'))).toEqual({ encoding: 'utf-8', marked: true });
    expect(await guess(Buffer.from('Müller', 'utf16le'))).toMatchObject({ encoding: 'utf-16le' });
  });

  test('a character that is cut at the end of what was looked at makes no other encoding', async () => {
    expect(await guess(Buffer.from('Müllerü').subarray(0, -1))).toMatchObject({ encoding: 'utf-8' });
  });
});
