import { join } from 'node:path';
import type { Day } from './calendar.ts';
import { type Encoding, type ExportFile, openExport } from './export-file.ts';

/** A table that a system exports: a file a day lately, a file a month before. */
export interface DatedExport {
  /** Adds rows to the file of a day. Days come in order. */
  add(day: Day, lines: Iterable<string>): Promise<void>;
  close(): Promise<void>;
}

export interface DatedOptions {
  /** Folder of the company. */
  readonly folder: string;
  /** Paths with `{date}` and `{month}`, relative to the folder. */
  readonly daily: string;
  readonly monthly: string;
  /** First day (index) that has a file of its own. */
  readonly dailyFrom: number;
  readonly encoding?: Encoding;
  /** Lines at the top of each file. */
  readonly head?: readonly string[];
  /** `YYYYMMDD` or `YYYY-MM-DD` in daily names. */
  readonly dashes?: boolean;
  /** Tells of each file begun. */
  readonly onFile: (name: string) => void;
}

/** Files come at five in the morning of the day after. */
const DELIVERY = (24 + 4) * 3_600_000;

export function datedExport(options: DatedOptions): DatedExport {
  let open: { readonly name: string; readonly file: ExportFile } | undefined;
  const fileOf = async (day: Day): Promise<ExportFile> => {
    const name = nameOf(options, day);
    if (open?.name === name) return open.file;
    await open?.file.close();
    const writtenAt = new Date(day.utcMidnight + DELIVERY);
    const file = openExport(join(options.folder, name), options.encoding ?? 'utf-8', writtenAt);
    for (const line of options.head ?? []) file.line(line);
    options.onFile(name);
    open = { name, file };
    return file;
  };
  return {
    async add(day, lines) {
      const file = await fileOf(day);
      await writeLines(file, lines);
    },
    async close() {
      await open?.file.close();
      open = undefined;
    },
  };
}

function nameOf(options: DatedOptions, day: Day): string {
  if (day.index < options.dailyFrom) return options.monthly.replace('{month}', day.month);
  return options.daily.replace('{date}', options.dashes ? day.date : day.compact);
}

/** A file without a date, written as a whole. */
export async function wholeExport(
  options: Pick<DatedOptions, 'folder' | 'encoding' | 'onFile'>,
  name: string,
  last: Day,
  lines: Iterable<string>,
): Promise<void> {
  const file = openExport(
    join(options.folder, name),
    options.encoding ?? 'utf-8',
    new Date(last.utcMidnight + DELIVERY),
  );
  await writeLines(file, lines);
  await file.close();
  options.onFile(name);
}

async function writeLines(file: ExportFile, lines: Iterable<string>): Promise<void> {
  for (const line of lines) {
    if (file.line(line)) await file.flush();
  }
}
