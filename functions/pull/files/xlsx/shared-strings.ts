import { fileError } from '../file-errors.ts';
import { readXml } from './xml.ts';

/** The texts of a workbook, which its cells name by number. */
export type SharedStrings = readonly string[];

/** Characters in all: they are held in memory while the sheet is read. */
const MOST_CHARACTERS = 100_000_000;

/** A control character as workbooks write it, `_x000D_`; an underscore that could be taken for one is `_x005F_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text;

/** Reads the part; none where the workbook has no such part. Texts of several formats are one; how they are pronounced is left out. */
export async function sharedStrings(
  bytes: AsyncIterable<Uint8Array> | undefined,
  file: string,
): Promise<SharedStrings> {
  const strings: string[] = [];
  if (!bytes) return strings;
  let characters = 0;
  let text = '';
  let inText = false;
  let spoken = 0;
  const handler = {
    open(name: string) {
      if (name === 'si') text = '';
      else if (name === 'rPh') spoken += 1;
      inText = name === 't' && spoken === 0;
    },
    text(piece: string) {
      if (inText) text += piece;
    },
    close(name: string) {
      if (name === 'rPh') spoken -= 1;
      inText = false;
      if (name !== 'si') return;
      characters += text.length;
      strings.push(unescaped(text));
    },
  };
  for await (const _ of readXml(bytes, handler, { file, part: 'sharedStrings' }))
    if (characters + text.length > MOST_CHARACTERS) throw tooLarge(file);
  return strings;
}

const tooLarge = (file: string) =>
  fileError(
    'FILE_TOO_LARGE',
    `${file} holds more than ${MOST_CHARACTERS} characters of text`,
    { file },
    'Have it delivered as CSV or Parquet, which are read piece by piece.',
  );
