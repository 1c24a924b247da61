import type { XmlHandler } from './xml.ts';

/** How the numbers of a cell are meant. */
export interface CellFormat {
  readonly kind: 'number' | 'date' | 'moment';
  /** Digits that a whole number is shown with, zeros before it: ids whose format is `0000000000`. */
  readonly width: number;
}

const NUMBER: CellFormat = { kind: 'number', width: 0 };

/** Formats that every workbook knows without saying them (ECMA-376, 18.8.30). */
const DATES = [14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58];
const MOMENTS = [18, 19, 20, 21, 22, 32, 33, 45, 47];

/** What a format makes of a number, by its code. */
export function formatOfCode(code: string): CellFormat {
  // Of several sections the first is for positive numbers. Words in quotes, escaped signs, colours and languages say nothing.
  const [first = ''] = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\][]*\]/gi, '')
    .split(';');
  // `[h]:mm` shows how long something took: it stays the number of days that it is.
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return NUMBER;
  const letters = first
    .toLowerCase()
    .replaceAll(/general|am\/pm|a\/p/g, (word) => (word === 'general' ? '' : 'h'));
  if (/[hs]/.test(letters)) return { kind: 'moment', width: 0 };
  if (/[ymd]/.test(letters)) return { kind: 'date', width: 0 };
  return /^0{2,}$/.test(first) ? { kind: 'number', width: first.length } : NUMBER;
}

function formatOfId(id: number, codes: ReadonlyMap<number, string>): CellFormat {
  const code = codes.get(id);
  if (code !== undefined) return formatOfCode(code);
  if (DATES.includes(id)) return { kind: 'date', width: 0 };
  return MOMENTS.includes(id) ? { kind: 'moment', width: 0 } : NUMBER;
}

/** Reads `styles.xml`: the format of each cell style, in order. */
export function stylesReader(): { readonly handler: XmlHandler; formatOf(style: number): CellFormat } {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let formats: CellFormat[] | undefined;
  let inCells = false;
  return {
    handler: {
      open(name, attributes) {
        if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) ids.push(Number(attributes['numFmtId'] ?? 0));
      },
      text() {},
      close(name) {
        if (name === 'cellXfs') inCells = false;
      },
    },
    formatOf(style) {
      formats ??= ids.map((id) => formatOfId(id, codes));
      return formats[style] ?? NUMBER;
    },
  };
}
