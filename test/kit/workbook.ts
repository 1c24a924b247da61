import { crc32, deflateRawSync } from 'node:zlib';

/** A cell's XML without its address: `<v>1</v>` with what stands in its tag. */
export interface MadeCell {
  readonly tag?: string;
  readonly inner: string;
}

export const text = (value: string): MadeCell => ({
  tag: 't="inlineStr"',
  inner: `<is><t xml:space="preserve">${escaped(value)}</t></is>`,
});
export const shared = (index: number): MadeCell => ({ tag: 't="s"', inner: `<v>${index}</v>` });
export const number = (value: string, style = 0): MadeCell => ({
  tag: `s="${style}"`,
  inner: `<v>${value}</v>`,
});
export const error = (value: string): MadeCell => ({ tag: 't="e"', inner: `<v>${value}</v>` });
/** A formula with its last result, or without one. */
export const formula = (result?: string): MadeCell => ({
  inner: `<f>A1*2</f>${result === undefined ? '' : `<v>${result}</v>`}`,
});

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export interface MadeSheet {
  readonly name: string;
  readonly state?: 'hidden';
  /** By row; null for one that the sheet does not hold, or a cell that a row does not. */
  readonly rows: readonly ((MadeCell | null)[] | null)[];
}

export interface MadeWorkbook {
  readonly sheets: readonly MadeSheet[];
  /** XML of each shared text, within its `<si>`. */
  readonly strings?: readonly string[];
  /** Format codes of the cell styles 1, 2, …; style 0 is plain. */
  readonly formats?: readonly (string | number)[];
  readonly date1904?: boolean;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

/** An Excel workbook, made part by part. */
export function workbook({ sheets, strings, formats = [], date1904 = false }: MadeWorkbook): Uint8Array {
  const links = [
    ...sheets.map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
    relation('s', 'styles', 'styles.xml'),
    ...(strings ? [relation('t', 'sharedStrings', '/xl/sharedStrings.xml')] : []),
  ];
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
  );
  return zip({
    '_rels/.rels': `<Relationships ${PACKAGE}>${relation('r', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${OFFICE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships ${PACKAGE}>${links.join('')}</Relationships>`,
    'xl/styles.xml': stylesXml(formats),
    ...(strings
      ? { 'xl/sharedStrings.xml': `<sst ${MAIN}>${strings.map((each) => `<si>${each}</si>`).join('')}</sst>` }
      : {}),
    ...Object.fromEntries(
      sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)]),
    ),
  });
}

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;

function stylesXml(formats: readonly (string | number)[]): string {
  const codes = formats.map((code, index) =>
    typeof code === 'number'
      ? ''
      : `<numFmt numFmtId="${164 + index}" formatCode="${escaped(code).replaceAll('"', '&quot;')}"/>`,
  );
  const xfs = formats.map(
    (code, index) => `<xf numFmtId="${typeof code === 'number' ? code : 164 + index}"/>`,
  );
  // The formats of named styles come first, and are none of cells.
  return `<styleSheet ${MAIN}><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`;
}

function sheetXml({ rows }: MadeSheet): string {
  const lines = rows.map((row, index) =>
    row === null
      ? ''
      : `<row r="${index + 1}">${row.map((cell, at) => (cell === null ? '' : `<c r="${String.fromCharCode(65 + at)}${index + 1}" ${cell.tag ?? ''}>${cell.inner}</c>`)).join('')}</row>`,
  );
  return `<worksheet ${MAIN}><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** A ZIP archive of these parts. */
export function zip(parts: Readonly<Record<string, string>>): Uint8Array {
  const bodies: Buffer[] = [];
  const index: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const raw = Buffer.from(content.startsWith('<') ? HEAD + content : content);
    const packed = deflateRawSync(raw);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(raw), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(raw.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(at, 12);
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, Buffer.from(name), packed]);
    index.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), facts, entry.subarray(2), Buffer.from(name)]),
    );
    bodies.push(body);
    at += body.length;
  }
  const directory = Buffer.concat(index);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(index.length, 4);
  end.writeUInt16LE(index.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, directory, Buffer.from('PK\u0005\u0006'), end]);
}
