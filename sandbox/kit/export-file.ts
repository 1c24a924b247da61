import { once } from 'node:events';
import { createWriteStream, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le';

/** One file being written, in constant memory: lines are gathered and handed on in pieces. */
export interface ExportFile {
  /** Adds a line; `\n` is added. True when enough is gathered to be flushed. */
  line(text: string): boolean;
  /** Hands on what has been gathered and waits until the disk keeps up. */
  flush(): Promise<void>;
  /** Ends the file and gives it its time: the same data always has the same time, so nothing seems new to Vigie. */
  close(): Promise<void>;
}

const PIECE = 1 << 18;
const GZIP_LEVEL = 4;

/**
 * Begins a file; its folder is made. `.gz` at the end of the name means gzip. A small file is written in one go when
 * it is closed: most daily files are small, and there are hundreds of them.
 */
export function openExport(path: string, encoding: Encoding, writtenAt: Date): ExportFile {
  let gathered = '';
  let stream: ExportStream | undefined;
  const bytes = (): Buffer => {
    const encoded = encode(gathered, encoding);
    gathered = '';
    return encoded;
  };
  return {
    line(text) {
      gathered += `${text}\n`;
      return gathered.length >= PIECE;
    },
    async flush() {
      stream ??= openStream(path);
      await stream.write(bytes());
    },
    async close() {
      if (stream) {
        await stream.write(bytes());
        await stream.end();
      } else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, path.endsWith('.gz') ? gzipSync(bytes(), { level: GZIP_LEVEL }) : bytes());
      }
      utimesSync(path, writtenAt, writtenAt);
    },
  };
}

interface ExportStream {
  /** Waits until the disk keeps up. */
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

function openStream(path: string): ExportStream {
  mkdirSync(dirname(path), { recursive: true });
  const disk = createWriteStream(path);
  const gzip = path.endsWith('.gz') ? createGzip({ level: GZIP_LEVEL }) : undefined;
  gzip?.pipe(disk);
  const sink: Writable = gzip ?? disk;
  const done = finished(disk);
  // A failure is met by the next write or end, not as an unhandled rejection in between.
  done.catch(() => undefined);
  return {
    async write(bytes) {
      if (!sink.write(bytes)) await Promise.race([once(sink, 'drain'), done]);
    },
    async end() {
      sink.end();
      await done;
    },
  };
}

/** Windows-1252 and Latin-1 agree on every letter that the company's names use, but for the apostrophe ’. */
const encode = (text: string, encoding: Encoding): Buffer => {
  if (encoding === 'windows-1252') return Buffer.from(text.replaceAll('’', '\u0092'), 'latin1');
  return Buffer.from(text, encoding === 'utf-16le' ? 'utf16le' : 'utf8');
};
