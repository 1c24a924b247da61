import { sampleOf } from '../sample.ts';
import { cutLine, type Layout, layoutOf } from './aligned-layout.ts';
import type { CsvOptions } from './csv.ts';
import { leadOf, locateColumns } from './csv-header.ts';
import { fileError } from './file-errors.ts';
import { isRule, titleFinder } from './list-lines.ts';
import type { BrokenRecord, RecordChunk } from './records.ts';
import { locateWide } from './wide-columns.ts';

/** So many lines are looked at to find the columns, or so many characters. */
const SAMPLE_LINES = 2000;
const SAMPLE_TEXT = 1 << 20;
/** A line may be this long. */
const LONGEST_LINE = 1_000_000;

/**
 * Reads text whose columns are aligned by blanks. Passed over: blank lines, rules, repeated titles and headers. Put aside:
 * lines whose text does not keep to the columns. Refused: a missing column, a cut last line.
 */
export async function* readAligned(
  text: AsyncIterable<string>,
  options: CsvOptions,
): AsyncIterable<RecordChunk> {
  let cutter: Cutter | undefined;
  let pending = '';
  for await (const piece of text) {
    pending += piece;
    const end = pending.lastIndexOf('\n') + 1;
    if (pending.length - end > LONGEST_LINE) throw tooLong(options.file, pending);
    if (!cutter && pending.length < SAMPLE_TEXT) continue;
    cutter ??= openCutter(pending.slice(0, end), options);
    yield cutter.cut(pending.slice(cutter.skip(), end), false);
    pending = pending.slice(end);
  }
  if (pending === '' && !cutter) return;
  cutter ??= openCutter(pending, options);
  yield cutter.cut(pending.slice(cutter.skip()), true);
}

const tooLong = (file: string, text: string) =>
  fileError(
    'FILE_FORMAT',
    `${file} has a line of more than ${LONGEST_LINE} characters: \`${sampleOf(text)}\``,
    { file },
    'Columns aligned by blanks stand in lines; correct `delimiter` on the feed.',
  );

interface Cutter {
  /** Characters before the first record, once. */
  skip(): number;
  cut(text: string, last: boolean): RecordChunk;
}

function openCutter(beginning: string, options: CsvOptions): Cutter {
  const { file, feed, columns, optional, unpivot } = options;
  const lead = leadOf(beginning, feed.skip_lines);
  const lines = beginning.slice(lead.length).split('\n', SAMPLE_LINES);
  const header = feed.header ? undefined : (lines[0] ?? '');
  const place = { file, line: lead.lines + 1 };
  if (header?.includes('\t')) throw withTabs(place);
  const layout = layoutOf(header, header === undefined ? lines : lines.slice(1), columns);
  const names = feed.header ?? layout.names;
  if (names.length !== layout.spans.length) throw otherCount(place, names.length, layout);
  const positions = locateColumns(names, { wanted: columns, optional }, feed, place);
  const wide = unpivot && { wide: locateWide(names, unpivot, feed, place) };
  const isTitle = titleFinder(beginning.slice(0, lead.length));
  const known = { ...layout, names };
  let line = lead.lines + (header === undefined ? 0 : 1);
  let record = 1;
  let skip = lead.length + (header === undefined ? 0 : header.length + 1);
  let shortest = Number.POSITIVE_INFINITY;
  return {
    skip() {
      const once = skip;
      skip = 0;
      return once;
    },
    cut(text, last) {
      const all = text.split('\n');
      const open = all.pop() ?? '';
      if (last && open !== '') all.push(open);
      const [rows, places, broken]: [string[][], number[], BrokenRecord[]] = [[], [], []];
      for (const [index, each] of all.entries()) {
        line += 1;
        if (each.trim() === '' || isRule(each) || isTitle(each)) continue;
        const cells = cutLine(each, known);
        if (last && open !== '' && index === all.length - 1 && each.length < shortest)
          throw cutOff(file, line, each);
        shortest = Math.min(shortest, each.length);
        if (typeof cells === 'string') broken.push({ line, reason: cells, sample: sampleOf(each) });
        else if (header === undefined || !names.every((name, at) => cells[at] === name)) {
          rows.push(cells);
          places.push(line);
        }
      }
      const firstRecord = record;
      record += rows.length;
      return { ...wide, rows, positions, firstRecord, lineOf: (index) => places[index] as number, broken };
    },
  };
}

const cutOff = (file: string, line: number, text: string) =>
  fileError(
    'FILE_CUT',
    `${file}:${line} is cut: the last line is shorter than every other and has no end: \`${sampleOf(text)}\``,
    { file, line, sample: text },
    'Transfer the file again; its sender should write to a temporary name and rename it when done.',
  );

const withTabs = (place: { readonly file: string; readonly line: number }) =>
  fileError(
    'FILE_FORMAT',
    `${place.file}:${place.line} has tabs between its titles, not blanks`,
    place,
    'Leave `delimiter` out, or write `delimiter: "\\t"`.',
  );

const otherCount = (
  place: { readonly file: string; readonly line: number },
  names: number,
  { spans }: Layout,
) =>
  fileError(
    'FILE_FORMAT',
    `${place.file}: its text stands in ${spans.length} columns, \`header\` names ${names}`,
    place,
    `The columns begin at the places ${spans.map(({ start }) => start + 1).join(', ')} of a line. Name each of them in \`header\`.`,
  );
