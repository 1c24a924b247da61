import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { error, type MadeCell, number, text, workbook } from '../kit/workbook.ts';
import { openDesk } from './pulling.ts';

/** Objectives by region, a column a month. */
const TARGETS = {
  table: 'targets',
  path: 'objectives.csv',
  unpivot: { name: 'month', value: 'wanted' },
  columns: {
    kpi: { constant: 'net_revenue' },
    dimension: { constant: 'region' },
    member: 'Region',
    starts_on: { from: 'month', format: 'MMM YYYY' },
    ends_on: { from: 'month', format: 'MMM YYYY', of_month: 'last' },
    value: 'wanted',
  },
};
const ISO = {
  ...TARGETS.columns,
  starts_on: { from: 'month', format: 'YYYY-MM' },
  ends_on: { from: 'month', format: 'YYYY-MM', of_month: 'last' },
};
const OBJECTIVES = `Region;Jan 2026;févr. 2026;Mars 2026
Nord;120000;;118000.50
Sud;90000;95000;
`;

async function pulled(file: string | Uint8Array, feed: object = {}, share = 0) {
  const desk = await openDesk();
  const path = 'path' in feed ? String(feed.path) : TARGETS.path;
  await desk.drop(path, file);
  const report = await desk.pull([{ ...TARGETS, ...feed }], { share });
  const [batch] = report.batches;
  const rows = batch ? await desk.rows(batch) : [];
  return { desk, batch, problem: report.problem, rows, told: rows.map(short) };
}

/** `Nord 2026-01-01 2026-01-31 120000.0000` */
const short = (row: Record<string, unknown>): string =>
  ['member', 'starts_on', 'ends_on', 'value'].map((name) => row[name]).join(' ');

const WORKED_BY_HAND = [
  'Nord 2026-01-01 2026-01-31 120000.0000',
  'Nord 2026-03-01 2026-03-31 118000.5000',
  'Sud 2026-01-01 2026-01-31 90000.0000',
  'Sud 2026-02-01 2026-02-28 95000.0000',
];

describe('a column a month becomes a row a month', () => {
  test('of CSV; an empty cell is no row, and no 0', async () => {
    const { told, batch, problem } = await pulled(OBJECTIVES);
    expect(problem).toBeUndefined();
    expect(told).toEqual(WORKED_BY_HAND);
    expect(batch).toMatchObject({ rows: 4, rejected: 0 });
  });

  test('in whatever order its columns stand', async () => {
    const turned = `Mars 2026;Region;févr. 2026;Jan 2026\n118000.50;Nord; ;120000\n;Sud;95000;90000\n`;
    expect((await pulled(turned)).told.sort()).toEqual(WORKED_BY_HAND);
  });

  test('of columns aligned by blanks', async () => {
    const lines = [
      'Region   2026-01   2026-02   2026-03',
      '-------  --------  --------  ---------',
      'Nord     120000              118000.50',
      'Sud      90000     95000              ',
    ];
    const aligned = { delimiter: 'blanks', columns: ISO };
    expect((await pulled(`${lines.join('\n')}\n`, aligned)).told).toEqual(WORKED_BY_HAND);
  });

  test('of a workbook whose headings are dates', async () => {
    const months = [46_023, 46_054, 46_082].map((serial) => number(String(serial), 1));
    const rows: (MadeCell | null)[][] = [
      [text('Region'), ...months],
      [text('Nord'), number('120000'), null, number('118000.5')],
      [text('Sud'), number('90000'), text('95000'), text(' ')],
    ];
    const columns = { ...ISO, starts_on: 'month', ends_on: { from: 'month', of_month: 'last' } };
    const bytes = workbook({ sheets: [{ name: 'Plan', rows }], formats: ['mmm\\-yy'] });
    const { told, problem } = await pulled(bytes, { path: 'objectives.xlsx', columns });
    expect(problem).toBeUndefined();
    expect(told).toEqual(WORKED_BY_HAND);
  });

  test('of JSON, whose records leave out what is empty', async () => {
    const records = [
      { Region: 'Nord', '2026-01': 120_000, '2026-03': 118_000.5 },
      { Region: 'Sud', '2026-02': '95000', '2026-01': 90_000, '2026-03': null },
    ];
    const columns = ISO;
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    expect((await pulled(lines, { path: 'o.ndjson', columns })).told.sort()).toEqual(WORKED_BY_HAND);
    const document = JSON.stringify({ d: { results: records } });
    const nested = { path: 'o.json', columns, records: 'd.results' };
    expect((await pulled(document, nested)).told.sort()).toEqual(WORKED_BY_HAND);
  });

  test('of Parquet', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'Region', data: ['Nord', 'Sud'], type: 'STRING' },
        { name: '2026-01', data: [120_000, 90_000], type: 'DOUBLE' },
        { name: '2026-02', data: [null, 95_000], type: 'DOUBLE', nullable: true },
        { name: '2026-03', data: [118_000.5, null], type: 'DOUBLE', nullable: true },
      ],
    });
    const { told, problem } = await pulled(new Uint8Array(bytes), { path: 'o.parquet', columns: ISO });
    expect(problem).toBeUndefined();
    expect(told).toEqual(WORKED_BY_HAND);
  });

  test('of a file without a header, whose names the feed gives', async () => {
    const bare = OBJECTIVES.split('\n').slice(1).join('\n');
    const header = ['Region', 'Jan 2026', 'Feb 2026', 'Mar 2026'];
    expect((await pulled(bare, { header, delimiter: ';' })).told).toEqual(WORKED_BY_HAND);
  });

  test('of many more cells than are made at a time', async () => {
    const days = Array.from({ length: 4000 }, (_, index) => new Date(Date.UTC(2020, 0, 1 + index)));
    const heads = days.map((day) => day.toISOString().slice(0, 10));
    const file = ['Region', ...heads].join(';');
    const rows = ['Nord', 'Sud', 'Est', 'Ouest', 'Centre'].map((name, row) =>
      [name, ...heads.map((_, index) => row * 10_000 + index)].join(';'),
    );
    const columns = { ...ISO, starts_on: 'month', ends_on: 'month' };
    const { rows: landed, batch } = await pulled(
      `${[file, ...rows, 'Short;1'].join('\n')}\n`,
      { columns },
      0.5,
    );
    expect(batch).toMatchObject({ rows: 20_000, rejected: 1 });
    const sum = landed.reduce((total, row) => total + Number(row['value']), 0);
    expect(sum).toBe(5 * (4000 * 1999.5) + 4000 * (10_000 + 20_000 + 30_000 + 40_000));
  });
});

test('a column a member: each heading is a name', async () => {
  const { rows, problem } = await pulled('Mois;Nord;Sud;Total\n2026-01;5;7;12\n2026-02;;8;8\n', {
    unpivot: { name: 'region', value: 'wanted', columns: { in: ['Total'], not: true } },
    columns: {
      ...{ kpi: { constant: 'orders' }, dimension: { constant: 'region' }, member: 'region' },
      starts_on: { from: 'Mois', format: 'YYYY-MM' },
      ends_on: { from: 'Mois', format: 'YYYY-MM', of_month: 'last' },
      value: 'wanted',
    },
  });
  expect(problem).toBeUndefined();
  expect(rows.map(short)).toEqual([
    'Nord 2026-01-01 2026-01-31 5.0000',
    'Sud 2026-01-01 2026-01-31 7.0000',
    'Sud 2026-02-01 2026-02-28 8.0000',
  ]);
});

describe('which columns', () => {
  const file = 'Region;Head;Budget Jan 2026;Budget Feb 2026;Actual Jan 2026;Budget\nNord;Ann;1;2;3;9\n';

  test('those that match; what the first group holds is the name', async () => {
    const unpivot = { ...TARGETS.unpivot, columns: { matches: '^Budget (.+)$' } };
    expect((await pulled(file, { unpivot })).told).toEqual([
      'Nord 2026-01-01 2026-01-31 1.0000',
      'Nord 2026-02-01 2026-02-28 2.0000',
    ]);
  });

  test('those that are named, and no others', async () => {
    const unpivot = { ...TARGETS.unpivot, columns: { in: ['Actual Jan 2026'] } };
    const columns = {
      ...TARGETS.columns,
      starts_on: { from: 'month', format: 'Actual MMM YYYY' },
      ends_on: { from: 'month', format: 'Actual MMM YYYY', of_month: 'last' },
    };
    expect((await pulled(file.replaceAll('Actual', 'Achieved'), { unpivot, columns })).problem).toMatchObject(
      {
        code: 'FILE_COLUMN_MISSING',
        message: expect.stringContaining('`Actual Jan 2026`'),
      },
    );
  });

  test('of which the formats that would read them are told without what the group leaves out', async () => {
    const unpivot = { ...TARGETS.unpivot, columns: { matches: '^Budget (.+)$' } };
    const { problem } = await pulled('Region;Budget 01/2026;Budget 02/2026\nNord;1;2\n', { unpivot });
    expect(problem).toMatchObject({ code: 'FILE_HEADING', hint: expect.stringContaining('format: MM/YYYY') });
    expect(problem?.message).toContain('the heading `Budget 01/2026`');
    const none = { ...TARGETS.unpivot, columns: { matches: '^Budget ?(.*)$' } };
    expect(
      (await pulled('Region;Budget Jan 2026;Budget\nNord;1;2\n', { unpivot: none })).problem,
    ).toMatchObject({
      code: 'FILE_HEADING',
      message: expect.stringContaining('`Budget`, which leaves nothing'),
    });
  });

  test('of years, each a span that the feed says', async () => {
    const columns = {
      ...{ market_id: { join: ['Region', 'year'] }, region: 'Region', amount: 'bought' },
      starts_on: { from: 'year', values: { '2026': '2026-01-01', '2027': '2027-01-01' } },
      ends_on: { from: 'year', values: { '2026': '2026-12-31', '2027': '2027-12-31' } },
      currency: { constant: 'EUR' },
    };
    const sizes = { table: 'market_sizes', unpivot: { name: 'year', value: 'bought' }, columns };
    const { rows } = await pulled('Region;2026;2027\nNord;5000000;\nSud;7;8\n', sizes);
    expect(
      rows.map(({ market_id, starts_on, ends_on, amount }) => [market_id, starts_on, ends_on, amount]),
    ).toEqual([
      ['Nord-2026', '2026-01-01', '2026-12-31', '5000000.0000'],
      ['Sud-2026', '2026-01-01', '2026-12-31', '7.0000'],
      ['Sud-2027', '2027-01-01', '2027-12-31', '8.0000'],
    ]);
    expect((await pulled('Region;2026;2028\nNord;5;6\n', sizes)).problem).toMatchObject({
      code: 'FILE_HEADING',
      message: expect.stringContaining('the heading `2028`'),
    });
  });

  test('`where` asks for a cell or a heading as for any column', async () => {
    const where = [
      { column: 'wanted', in: ['n/a', '-'], not: true },
      { column: 'month', matches: '2026$' },
    ];
    const { told, problem } = await pulled('Region;Jan 2026;Feb 2026;Dec 2025\nNord;n/a;2;3\n', { where });
    expect(problem).toBeUndefined();
    expect(told).toEqual(['Nord 2026-02-01 2026-02-28 2.0000']);
  });
});

describe('a cell that does not fit', () => {
  test('puts aside that cell by line and heading; those beside it are loaded', async () => {
    const { told, desk } = await pulled('Region;Jan 2026;Feb 2026\nNord;1;2\nSud;x3;4\n', {}, 0.9);
    expect(told).toEqual([
      'Nord 2026-01-01 2026-01-31 1.0000',
      'Nord 2026-02-01 2026-02-28 2.0000',
      'Sud 2026-02-01 2026-02-28 4.0000',
    ]);
    expect(await desk.rejected('targets')).toEqual([
      {
        ...{ input: 'objectives.csv', line: 3, heading: 'Jan 2026', column: 'value (wanted)', value: 'x3' },
        reason: expect.stringContaining('is not a number'),
        raw: { Region: 'Sud', month: 'Jan 2026', wanted: 'x3' },
      },
    ]);
  });

  test('names its heading where too many do', async () => {
    const { problem } = await pulled('Region;Jan 2026;Feb 2026\nNord;1;2\nSud;3,5;4\n');
    expect(problem).toMatchObject({
      code: 'TOO_MANY_REJECTED',
      message: expect.stringMatching(/^1 of 4 rows .*first `3,5` at objectives\.csv:3, column `Jan 2026`/),
      hint: expect.stringContaining('decimal: ","'),
    });
  });

  test('an error of a workbook is put aside alone', async () => {
    const rows = [
      ['Region', '2026-01', '2026-02'].map(text),
      [text('Nord'), error('#DIV/0!'), number('2')],
      [error('#N/A'), number('3'), number('4')],
    ];
    const bytes = workbook({ sheets: [{ name: 'Plan', rows }] });
    const { told, desk } = await pulled(bytes, { path: 'o.xlsx', columns: ISO }, 0.9);
    expect(told).toEqual(['Nord 2026-02-01 2026-02-28 2.0000']);
    expect((await desk.rejected('targets')).map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: 2026-01 is the error #DIV/0! in cell B2',
      '3: Region is the error #N/A in cell A3',
    ]);
  });

  test('two rows that tell one month otherwise are numbered by their lines', async () => {
    const { rows } = await pulled('Region;Jan 2026;Feb 2026\nNord;1;2\nSud;3;4\nNord;1;9\n');
    expect(rows.map((row) => `${row['member']} ${row['_row']}`)).toEqual([
      ...['Nord 2', 'Nord 2', 'Sud 3', 'Sud 3', 'Nord 4', 'Nord 4'],
    ]);
  });
});

test('columns of days are added up by the month where the feed says so', async () => {
  const { rows } = await pulled('Domain;2026-01-30;2026-01-31;2026-02-01\nown.example;5;7;11\n', {
    table: 'search_visibility',
    unpivot: { name: 'day', value: 'visits' },
    sum_rows_per_key: true,
    columns: {
      ...{ domain: 'Domain', country: { constant: 'all' }, month_on: 'day', own: { constant: true } },
      organic_traffic: 'visits',
    },
  });
  expect(rows.map((row) => [row['month_on'], row['organic_traffic']])).toEqual([
    ['2026-01-01', 12],
    ['2026-02-01', 11],
  ]);
});

describe('a file is refused as a whole', () => {
  test.each<[string, string, object, object]>([
    [
      'for a heading that is no month',
      'Region;Jan 2026;Total 2026;Owner\nNord;1;1;Ann\n',
      {},
      {
        code: 'FILE_HEADING',
        message: expect.stringMatching(
          /`starts_on` cannot be made of the heading `Total 2026`, which is not a date .*`MMM YYYY` \(so it is with 1 more of 3\)/,
        ),
        hint: expect.stringContaining('columns: { in: ["Total 2026", Owner], not: true } }'),
      },
    ],
    [
      'for months that are all written otherwise, with the format that reads them',
      'Region;2026-01;2026-02\nNord;1;1\n',
      {},
      { code: 'FILE_HEADING', hint: expect.stringContaining('format: YYYY-MM') },
    ],
    [
      'for months written otherwise beside what is none, with the format and what to leave out',
      'Region;Owner;janv-26;févr-26;Total\nNord;Ann;1;1;2\n',
      {},
      {
        code: 'FILE_HEADING',
        hint: expect.stringMatching(
          /starts_on: { from: month, format: MMM-YY }`, which reads 2 of them.*in: \[Owner, Total\], not: true/,
        ),
      },
    ],
    [
      'for a heading that comes twice',
      'Region;Jan 2026;Jan 2026\nNord;1;2\n',
      {},
      { code: 'FILE_COLUMN_AMBIGUOUS', message: expect.stringContaining('`Jan 2026` more than once') },
    ],
    [
      'for a month that comes twice by another name',
      'Region;Jan 2026;Feb 2026;janvier 2026\nNord;1;2;3\n',
      {},
      {
        code: 'FILE_HEADING',
        message: expect.stringContaining('`Jan 2026` and `janvier 2026` mean the same'),
      },
    ],
    [
      'for a column that is called as the one that is made',
      'Region;month;Jan 2026\nNord;1;2\n',
      { unpivot: { ...TARGETS.unpivot, columns: { matches: '2026' } } },
      { code: 'FILE_COLUMN_AMBIGUOUS', message: expect.stringContaining('a column `month` of its own') },
    ],
    [
      'without a column to be unpivoted',
      'Region;Wanted\nNord;1\n',
      { unpivot: { ...TARGETS.unpivot, columns: { matches: '2026' } } },
      { code: 'FILE_COLUMN_MISSING', message: expect.stringContaining('no column to be unpivoted') },
    ],
    [
      'with a column that tells a row gone',
      'Land;Jan 2026\nNord;1\n',
      {},
      { code: 'FILE_COLUMN_MISSING', message: expect.stringContaining('`Region`') },
    ],
  ])('%s', async (_, file, feed, problem) => {
    expect((await pulled(file, feed)).problem).toMatchObject(problem);
  });

  test('also where JSON tells a field that is no month, or tells none in a hundred records', async () => {
    const line = (more: object) => `${JSON.stringify({ Region: 'Nord', ...more })}\n`;
    const own = { path: 'o.ndjson', columns: ISO };
    expect((await pulled(line({ '2026-01': 1 }) + line({ Total: 1 }), own)).problem).toMatchObject({
      code: 'FILE_HEADING',
      message: expect.stringContaining('`Total`'),
    });
    expect((await pulled(line({}).repeat(100), own)).problem).toMatchObject({ code: 'FILE_COLUMN_MISSING' });
    expect((await pulled(line({}).repeat(99), own)).rows).toEqual([]);
    expect((await pulled(line({ wanted: 1 }), own)).problem).toMatchObject({ code: 'FILE_COLUMN_AMBIGUOUS' });
  });

  test('where a heading of a workbook is an error', async () => {
    const rows = [
      [text('Region'), text('2026-01'), error('#REF!')],
      [text('Nord'), number('1'), number('2')],
    ];
    const bytes = workbook({ sheets: [{ name: 'Plan', rows }] });
    expect((await pulled(bytes, { path: 'o.xlsx', columns: ISO })).problem).toMatchObject({
      code: 'FILE_HEADING',
      message: expect.stringContaining('is the error #REF! in cell C1'),
    });
  });

  test('of a workbook the sheet is taken that has such columns', async () => {
    const sheets = [
      { name: 'Read me', rows: [[text('Region')], [text('x')]] },
      {
        name: 'Plan',
        rows: [
          [text('Region'), text('2026-01')],
          [text('Nord'), number('1')],
        ],
      },
    ];
    const unpivot = { ...TARGETS.unpivot, columns: { matches: '^20' } };
    const { told } = await pulled(workbook({ sheets }), { path: 'o.xlsx', columns: ISO, unpivot });
    expect(told).toEqual(['Nord 2026-01-01 2026-01-31 1.0000']);
  });
});

describe('a mapping is refused', () => {
  test.each<[string, object, string]>([
    [
      'that makes nothing of the cells',
      { value: { constant: 1 } },
      'a column `wanted` that nothing is made of',
    ],
    ['that numbers the rows', { member: { row_number: true } }, 'exclude each other'],
    [
      'whose key knows nothing of the heading',
      { starts_on: { constant: '2026-01-01' } },
      'no column of the key of targets (kpi, dimension, member, starts_on) is made of `month`',
    ],
  ])('%s', async (_, columns, words) => {
    const { problem } = await pulled(OBJECTIVES, { columns: { ...TARGETS.columns, ...columns } });
    expect(problem).toMatchObject({ code: 'FEED_INVALID', message: expect.stringContaining(words) });
  });
});
