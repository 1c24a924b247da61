import { posix } from 'node:path';
import { fileError } from '../file-errors.ts';
import { type Archive, openArchive, type RangedFile } from './archive.ts';
import type { Epoch } from './numbers.ts';
import { type SharedStrings, sharedStrings } from './shared-strings.ts';
import { type CellFormat, stylesReader } from './styles.ts';
import { readPart, type XmlHandler } from './xml.ts';

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The part that holds its cells. */
  readonly part: string;
}

/** A workbook without its sheets' cells, which are read as they come. */
export interface Workbook {
  readonly file: string;
  readonly archive: Archive;
  readonly sheets: readonly Sheet[];
  readonly epoch: Epoch;
  readonly strings: SharedStrings;
  formatOf(style: number): CellFormat;
}

type Attributes = Readonly<Record<string, string>>;

/** A handler that looks at the beginnings of elements only. */
const openings = (open: XmlHandler['open']): XmlHandler => ({ open, text() {}, close() {} });

/** Opens a workbook; the caller closes its archive. Throws `FILE_FORMAT` for another kind of archive. */
export async function openWorkbook(source: RangedFile): Promise<Workbook> {
  const archive = await openArchive(source);
  try {
    return await readWorkbook(archive, source.name);
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function readWorkbook(archive: Archive, file: string): Promise<Workbook> {
  const root = await relations(archive, file, '_rels/.rels', '');
  const main = root.find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined || /\.bin$/.test(main) || !archive.names.includes(main))
    throw noWorkbook(archive, file);
  const folder = posix.dirname(main);
  const links = await relations(archive, file, `${folder}/_rels/${posix.basename(main)}.rels`, folder);
  const partOf = (type: string): string => links.find((link) => link.type === type)?.target ?? '';
  const found: { name: string; hidden: boolean; id: string }[] = [];
  let epoch: Epoch = 1900;
  const reader = openings((name, attributes) => {
    if (name === 'workbookPr' && /^(?:1|true)$/.test(attributes['date1904'] ?? '')) epoch = 1904;
    if (name === 'sheet')
      found.push({
        name: attributes['name'] ?? '',
        hidden: (attributes['state'] ?? 'visible') !== 'visible',
        id: idOf(attributes),
      });
  });
  await readPart(await archive.stream(main), reader, { file, part: main });
  const sheets = found.flatMap(({ name, hidden, id }) => {
    // A sheet may be a chart, which holds no cells.
    const link = links.find((each) => each.id === id && each.type === 'worksheet');
    return link ? [{ name, hidden, part: link.target }] : [];
  });
  const styles = stylesReader();
  await readPart(await archive.stream(partOf('styles')), styles.handler, { file, part: 'styles' });
  const strings = await sharedStrings(await archive.stream(partOf('sharedStrings')), file);
  return { file, archive, sheets, epoch, strings, formatOf: styles.formatOf };
}

/** `r:id`, whatever the prefix is called. */
const idOf = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1] ?? '';

interface Relation {
  readonly id: string;
  /** The last part of its address: `worksheet`, `styles` … */
  readonly type: string;
  readonly target: string;
}

async function relations(archive: Archive, file: string, part: string, folder: string): Promise<Relation[]> {
  const all: Relation[] = [];
  const reader = openings((name, attributes) => {
    const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
    if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
    const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
    all.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: path });
  });
  await readPart(await archive.stream(part), reader, { file, part });
  return all;
}

function noWorkbook({ names }: Archive, file: string) {
  const binary = names.some((name) => /workbook\.bin$/.test(name));
  const open = names.includes('content.xml');
  const what = binary
    ? 'a binary Excel workbook (.xlsb)'
    : open
      ? 'an OpenDocument file (.ods)'
      : 'a ZIP archive';
  const hint =
    binary || open ? 'Save it as .xlsx or as CSV (UTF-8).' : 'Unpack it: files are read one by one.';
  return fileError(
    'FILE_FORMAT',
    `${file} is ${what}, not an Excel workbook (.xlsx)`,
    { file, line: 1 },
    hint,
  );
}
