import { describe, expect, test } from 'vitest';
import { cellPattern, patternProblem } from '../../functions/lake/company/cell-pattern.ts';
import { feedSchema } from '../../functions/lake/company/feed.ts';
import { codecOf, explainRefusal } from '../../functions/lake/landing/codec.ts';
import { createStore } from '../../functions/lake/landing/columns.ts';
import { numberFormat, readDecimal } from '../../functions/lake/values/read-decimal.ts';
import { oneLine } from '../../functions/languages/one-line.ts';
import { replaceAddresses } from '../../functions/platform/redact/addresses.ts';
import { openRedactor } from '../../functions/platform/redact/redactor.ts';
import { fromMicros, roundDecimal, sapDecimal } from '../../functions/pull/api/decimals.ts';
import { hashAddresses } from '../../functions/pull/api/hash-addresses.ts';
import { RecordReader } from '../../functions/pull/api/record-reader.ts';
import {
  epochMillis,
  isoDay,
  isoInstant,
  sapDay,
  sapInstant,
  stripZeros,
} from '../../functions/pull/api/values.ts';
import { readAligned } from '../../functions/pull/files/aligned.ts';
import { readCsv } from '../../functions/pull/files/csv.ts';
import { splitArray } from '../../functions/pull/files/json-array.ts';
import { readJsonRecords } from '../../functions/pull/files/json-records.ts';
import { isRule, separatorLine, titleFinder } from '../../functions/pull/files/list-lines.ts';
import { compileCondition } from '../../functions/pull/files/mapping/conditions.ts';
import { momentReader } from '../../functions/pull/files/mapping/dates.ts';
import { whyDestroyed, withoutMark } from '../../functions/pull/files/mapping/identifiers.ts';
import { cellText } from '../../functions/pull/files/mapping/slice.ts';
import { offsetIn } from '../../functions/pull/files/mapping/zones.ts';
import { splitLines } from '../../functions/pull/files/ndjson.ts';
import type { RecordChunk } from '../../functions/pull/files/records.ts';
import { remedyFor } from '../../functions/pull/files/remedy.ts';
import { cellValue } from '../../functions/pull/files/xlsx/cell-value.ts';
import { formatOfCode } from '../../functions/pull/files/xlsx/styles.ts';
import type { Workbook } from '../../functions/pull/files/xlsx/workbook.ts';
import { readXml } from '../../functions/pull/files/xlsx/xml.ts';
import { sampleOf } from '../../functions/pull/sample.ts';
import { countedBy } from '../../functions/pull/sources/meta-ads/action-types.ts';
import { expectLinear, hostileCells, type Work } from '../kit/growth.ts';
import { tableNames, tableOf } from '../kit/tables.ts';

const feed = (more: object) =>
  feedSchema.parse({ table: 'orders', path: 'x', columns: { order_id: 'A', status: 'B' }, ...more });
const options = (more: object = {}) => ({
  file: 'x',
  feed: feed(more),
  columns: ['A', 'B'],
  optional: new Set<string>(),
});

const PIECE = 4096;
/** A text as it comes from a disk: piece by piece. */
async function* inPieces(text: string): AsyncIterable<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}
async function* inBytes(text: string): AsyncIterable<Uint8Array> {
  for await (const piece of inPieces(text)) yield Buffer.from(piece);
}
async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

const json = (cell: string, end = '') => `{"A":${JSON.stringify(cell)},"B":"x"}${end}`;

const readers: Readonly<Record<string, Work>> = {
  'CSV, a cell as it is': (cell) => drain(readCsv(inPieces(`A;B\n1;2\n${cell};x\n3;4\n`), options())),
  'CSV, a quoted cell': (cell) => drain(readCsv(inPieces(`A;B\n1;2\n"${cell}";x\n3;4\n`), options())),
  'CSV, the last line': (cell) => drain(readCsv(inPieces(`A;B\n1;2\n${cell}`), options())),
  'CSV, a title': (cell) => drain(readCsv(inPieces(`${cell}\nA;B\n1;2\n`), options({ skip_lines: 1 }))),
  'CSV, a header': (cell) => drain(readCsv(inPieces(`A;B;${cell}\n1;2;3\n`), options())),
  'blanks, a cell': (cell) =>
    drain(readAligned(inPieces(`A    B\n1    2\n${cell} x\n3    4\n`), options({ delimiter: 'blanks' }))),
  'blanks, a header': (cell) =>
    drain(readAligned(inPieces(`A    B    ${cell}\n1    2    3\n`), options({ delimiter: 'blanks' }))),
  'newline JSON, a value': (cell) =>
    drain(readJsonRecords(splitLines(inPieces(json(cell, '\n')), 'x'), options())),
  'newline JSON, a line that is none': (cell) =>
    drain(readJsonRecords(splitLines(inPieces(`${cell}\n${json('a', '\n')}`), 'x'), options())),
  'JSON, a value': (cell) =>
    drain(
      readJsonRecords(
        splitArray(inPieces(`{"rows":[${json(cell)}]}`), { file: 'x', records: 'rows' }),
        options(),
      ),
    ),
  'JSON, before the records': (cell) =>
    drain(splitArray(inPieces(`{"head":${cell},"rows":[]}`), { file: 'x', records: 'rows' })),
  'XML of a workbook': (cell) =>
    drain(
      readXml(
        inBytes(`<a b="${cell.replaceAll(/[<&"]/g, '_')}">${cell.replaceAll(/[<&]/g, '_')}</a>`),
        { open() {}, text() {}, close() {} },
        { file: 'x', part: 'sheet' },
      ),
    ),
};

const formats = ['auto', 'DD.MM.YYYY HH:mm:ss Z', 'YYYYMMDD', 'inverted', 'unix', 'unix_ms'];
const numbers = [numberFormat('.', 'none'), numberFormat(',', '.'), numberFormat(',', '.')];
const exact = { mantissa: 0, scale: 0 };
const patterns = ['^(a+)+$', '(a|a)*b', '\\s*$', '^(\\w+\\s?)*$', '(.*)*,(.*)*', '^C', 'x.*y.*z'];
const stores = tableNames.flatMap((table) =>
  tableOf(table).columns.map((column) => ({
    column,
    codec: codecOf(column),
    store: createStore(column, 8),
  })),
);
const kinds = [...new Map(stores.map((each) => [`${each.column.kind}${each.column.values}`, each])).values()];
const book = (kind: 'number' | 'moment'): Workbook =>
  ({ strings: [], formatOf: () => ({ kind, width: 0 }), epoch: 1900 }) as unknown as Workbook;
const open = (type: string, value: string) => ({
  ...{ place: 0, address: 'A1', type, style: 0, hasFormula: false, value },
});

const mappers: Readonly<Record<string, Work>> = {
  'text of a cell': (cell) => [cellText(cell), withoutMark(cell), cell.trim()],
  identifiers: (cell) => whyDestroyed(cell),
  ...Object.fromEntries(
    formats.map((format) => [`dates as ${format}`, (cell: string) => momentReader(format)(cell)]),
  ),
  zones: (cell) => offsetIn(cell, 0),
  'zones in brackets': (cell) => offsetIn(`[${cell}]`, 0),
  ...Object.fromEntries(
    numbers.map((format) => [
      `numbers with ${format.decimal} and ${format.thousands}`,
      (cell: string) => [cell, `${cell}-`, `1${cell}E5`].map((each) => readDecimal(each, format, exact)),
    ]),
  ),
  ...Object.fromEntries(
    patterns.map((matches) => [
      `a company’s own ${matches}`,
      (cell: string) => compileCondition({ column: 'A', matches } as never)(cell),
    ]),
  ),
  'columns of the lake': (cell) =>
    kinds.map(({ column, codec, store }) => codec(cell, store, 0) || explainRefusal(column, cell)),
  remedies: (cell) =>
    ['ordered_on', 'ordered_at', 'status', 'order_id'].map((field) =>
      remedyFor(feed({}), tableOf(feed({}).table), { column: `${field} (A)`, values: [cell] }),
    ),
  'rules, titles, separators': (cell) => [isRule(cell), separatorLine(cell), titleFinder(cell)(cell)],
  'cells of a workbook': (cell) => [
    ...['n', 'str', 'd', 'e', 'b'].map((type) => cellValue(open(type, cell), book('number'), ',')),
    cellValue(open('n', cell), book('moment'), ','),
  ],
  'formats of a workbook': (cell) => formatOfCode(cell),
};

const SECRET = 'aB3/x+&"\\@é secret';
const redactor = openRedactor();
redactor.learn(SECRET);
redactor.learn('"/secret');
redactor.learnAddress('jane.doe@example.com');
const record = (cell: string) => new RecordReader({ a: cell, b: { c: cell } });
const tried = (...works: (() => unknown)[]) => {
  for (const work of works)
    try {
      work();
    } catch {
      // As above: a refusal is an answer.
    }
};

const fields: Readonly<Record<string, Work>> = {
  'fields of a record': (cell) =>
    tried(
      () => record(cell).text('a'),
      () => record(cell).booleanOrNull('a'),
      () => record(cell).as('b.c', roundDecimal),
      () => record(cell).records('a'),
    ),
  decimals: (cell) =>
    tried(
      () => roundDecimal(cell),
      () => sapDecimal(`${cell}-`),
      () => fromMicros(cell),
    ),
  instants: (cell) =>
    tried(
      () => isoInstant(cell),
      () => sapInstant(cell),
      () => sapInstant(`/Date(${cell})/`),
      () => sapDay(cell),
      () => isoDay(cell),
      () => epochMillis(cell),
    ),
  'zeros in front': (cell) => stripZeros(cell),
  'action types': (cell) => countedBy(cell),
  'addresses hashed': (cell) => hashAddresses(`{"a":"${cell}"}`),
  'addresses found': (cell) => replaceAddresses(cell, 'likely', () => 'x'),
  redaction: (cell) => redactor.text(cell),
  'redaction, with a secret': (cell) => redactor.text(`${cell} aB3 secret ${SECRET}`),
  'redaction of a record': (cell) => redactor.value({ raw: { [cell]: cell } }),
  samples: (cell) => sampleOf(cell),
  'one line': (cell) => [oneLine(cell), oneLine(cell, 400)],
};

describe.each(Object.entries({ ...readers, ...mappers, ...fields }))('%s', (name, work) => {
  test('costs as much as it is long, whatever it holds', async () => {
    for (const [kind, make] of Object.entries(hostileCells))
      await expectLinear(`${name}, ${kind}`, work, make);
  }, 60_000);
});

test('a pattern takes the same texts as JavaScript’s', () => {
  const texts = ['C1', 'TEST-1', 'a.b', '*', '', '\u00e9', 'x y', '12', '\u00e9t\u00e9'];
  const own = ['^C', '^[*]', '^TEST', '\\d+', '^\\w+ \\w$', '\u00e9', '\\u00e9', 'a\\.b', '(C|T).*1$', '^$'];
  for (const pattern of own) {
    const theirs = new RegExp(pattern, 'u');
    expect(texts.filter(cellPattern(pattern)), pattern).toEqual(texts.filter((text) => theirs.test(text)));
  }
});

test.each(['a(?=b)', '(?<!a)b', '(a)\\1'])('%s may take for ever, and is told with what to do', (pattern) => {
  expect(patternProblem(pattern)).toContain('use `not: true`, or several conditions');
});

test('a value nested too deeply loses its record, not the file', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const text = `{"A":${deep},"B":"x"}\n{"A":"1","B":"y"}\n`;
  const chunks: RecordChunk[] = [];
  for await (const chunk of readJsonRecords(splitLines(inPieces(text), 'x'), options())) chunks.push(chunk);
  expect(chunks.flatMap(({ rows }) => rows)).toEqual([['1', 'y']]);
  expect(chunks.flatMap(({ broken }) => broken)).toMatchObject([
    { line: 1, reason: 'holds lists nested deeper than can be read' },
  ]);
});

test('a record nested too deeply is blotted out from there on', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(JSON.stringify(redactor.value({ raw: deep }))).toContain('(nested too deeply)');
});

test('many blanks inside a cell are cut to 256, those around a value are none', async () => {
  const chunks: RecordChunk[] = [];
  const text = `A;B\n"a${' '.repeat(1000)}b";${' '.repeat(1000)}x\n`;
  for await (const chunk of readCsv(inPieces(text), options())) chunks.push(chunk);
  const [a, b] = chunks.flatMap(({ rows }) => rows)[0] ?? [];
  expect([a?.length, b?.trim()]).toEqual([258, 'x']);
});
