import type { Feed } from '../../lake/company/feed.ts';
import { sampleOf } from '../sample.ts';
import { fileError } from './file-errors.ts';
import { isJson } from './ndjson.ts';

export type Format = NonNullable<Feed['format']>;

interface Foreign {
  readonly begins: RegExp;
  readonly what: string;
  readonly hint: string;
}

const FOREIGN: readonly Foreign[] = [
  {
    begins: /^ÐÏ\cQà/,
    what: 'an old Excel workbook (.xls), or one with a password',
    hint: 'Save it as .xlsx without a password, or as CSV (UTF-8).',
  },
  { begins: /^%PDF/, what: 'a PDF document', hint: 'Have the export written as CSV.' },
  {
    begins: /^\s*<(?:!doctype|html|\?xml)/i,
    what: 'an HTML or XML page, often an error or log-in page saved in place of the export',
    hint: 'Open it to see what it says, and fetch the export again.',
  },
];

/**
 * What a file is, by its content; its name is not looked at. A configured format holds where the content leaves it
 * open. Throws `FILE_FORMAT` for what cannot be read or is plainly something else.
 */
export function sniff(head: Buffer, feed: Feed, file: string): Format {
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  if (isArchive(head)) return 'xlsx';
  const beginning = textOf(head);
  const foreign = FOREIGN.find(({ begins }) => begins.test(beginning));
  if (foreign) throw unfit(file, `is ${foreign.what}`, beginning, foreign.hint);
  if (feed.format === 'postfix') return 'postfix';
  const first = beginning.trimStart()[0];
  const isJsonText = first === '{' || first === '[';
  if (feed.format === 'csv' || (feed.format === undefined && !isJsonText)) return 'csv';
  if (feed.format === 'parquet' || feed.format === 'xlsx') {
    const what = feed.format === 'xlsx' ? 'an Excel workbook (.xlsx)' : 'Parquet';
    throw unfit(file, `is not ${what}`, beginning, 'Correct `format` on the feed.');
  }
  if (!isJsonText)
    throw unfit(
      file,
      'is not JSON',
      beginning,
      'Correct `format` on the feed, or look at what was exported.',
    );
  return first === '[' || feed.records !== undefined ? 'json' : linesOrDocument(beginning, feed.format);
}

/** Whether it is a ZIP archive, as workbooks are. */
export const isArchive = (head: Buffer): boolean =>
  head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';

/** Newline JSON begins with a line that is a complete object; where the line is too long to see, the format decides. */
function linesOrDocument(beginning: string, format: Feed['format']): Format {
  const [line = '', ...more] = beginning.trimStart().split('\n');
  if (more.length === 0 && format !== undefined) return format;
  return more.length === 0 || isJson(line) ? 'ndjson' : 'json';
}

/** The head as text, near enough to see what it is. */
function textOf(head: Buffer): string {
  const wide = head[0] === 0xff && head[1] === 0xfe;
  return wide ? head.toString('utf16le').slice(1) : head.toString('latin1').replace(/^ï»¿/, '');
}

function unfit(file: string, what: string, beginning: string, hint: string) {
  const sample = sampleOf(beginning.slice(0, 100).replace(/[^\x20-\x7e]+/g, ' '));
  return fileError(
    'FILE_FORMAT',
    `${file} ${what}; it begins: \`${sample}\``,
    { file, line: 1, sample },
    hint,
  );
}
