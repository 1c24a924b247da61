import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le';

/** One file being written, in constant memory: lines are gathered and handed on in pieces. */
export interface ExportFile {
  /** Adds a line; `\n` is added. */
  line(text: string): void;
  /** Hands on what has been gathered, if that is much, and waits until the disk keeps up. */
  flush(): Promise<void>;
  /** Ends the file and gives it its time: the same data always has the same time, so nothing seems new to Vigie. */
  close(): Promise<void>;
}

const PIECE = 1 << 18;

/** Begins a file; its folder is made. `.gz` at the end of the name means gzip. */
export async function openExport(path: string, encoding: Encoding, writtenAt: Date): Promise<ExportFile> {
  await mkdir(dirname(path), { recursive: true });
  const disk = createWriteStream(path);
  const gzip = path.endsWith('.gz') ? createGzip({ level: 4 }) : undefined;
  gzip?.pipe(disk);
  const sink: Writable = gzip ?? disk;
  const done = finished(disk);
  // An error is met at the next flush or close, not as an unhandled rejection in between.
  done.catch(() => undefined);
  let gathered = '';
  const write = async (): Promise<void> => {
    const bytes = encode(gathered, encoding);
    gathered = '';
    if (!sink.write(bytes)) await Promise.race([once(sink, 'drain'), done]);
  };
  return {
    line(text) {
      gathered += `${text}\n`;
    },
    async flush() {
      if (gathered.length >= PIECE) await write();
    },
    async close() {
      if (gathered.length > 0) await write();
      sink.end();
      await done;
      await utimes(path, writtenAt, writtenAt);
    },
  };
}

/** Windows-1252 and Latin-1 agree on every letter that the company's names use. */
const encode = (text: string, encoding: Encoding): Buffer =>
  encoding === 'utf-8'
    ? Buffer.from(text, 'utf8')
    : Buffer.from(text, encoding === 'utf-16le' ? 'utf16le' : 'latin1');
