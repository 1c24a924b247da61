import { momentReader } from './mapping/dates.ts';

const DAYS = [
  ...['YYYY-MM-DD', 'YYYYMMDD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'DD-MM-YYYY', 'YYYY/MM/DD'],
  ...['YYYY.MM.DD', 'D.M.YYYY', 'D/M/YYYY', 'M/D/YYYY', 'DD.MM.YY', 'DD/MM/YY', 'MM/DD/YY', 'YYYY-M-D'],
];
const TIMES = [
  '',
  ' HH:mm:ss',
  ' HH:mm',
  ' H:mm',
  ' h:mm A',
  ' hh:mm A',
  ' HHmmss',
  ' HH.mm.ss',
  'THH:mm:ss',
];
/** A month by itself is its first day. */
const MONTHS = [
  ...[
    'MMM YYYY',
    'MMM-YYYY',
    'MMM YY',
    'MMM-YY',
    'YYYY-MM',
    'MM/YYYY',
    'MM-YYYY',
    'MM.YYYY',
    'YYYY/MM',
    'YYYYMM',
  ],
  ...['D MMM YYYY', 'DD-MMM-YYYY', 'DD-MMM-YY'],
];
const FORMATS = ['auto', ...MONTHS, ...TIMES.flatMap((time) => DAYS.map((day) => `${day}${time}`))];
const READERS = new Map(FORMATS.map((format) => [format, momentReader(format)]));
/** The formats that read all of these texts, the likelier first. */
export function readable(texts: readonly string[]): string[] {
  return FORMATS.filter((format) => texts.every((text) => READERS.get(format)?.(text)));
}

/** The format that reads most of these texts as days or months, and which those are. */
export function bestFormat(texts: readonly string[]): {
  readonly format: string;
  readonly read: readonly string[];
} {
  const found = ['auto', ...MONTHS, ...DAYS].map((format) => ({
    format,
    read: texts.filter((text) => READERS.get(format)?.(text)),
  }));
  return found.reduce((best, each) => (each.read.length > best.read.length ? each : best));
}
