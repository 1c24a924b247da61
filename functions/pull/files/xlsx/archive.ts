import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { messageOf, VigieError } from '../../../platform/errors.ts';
import { fileError } from '../file-errors.ts';

/** A file that can be read in pieces, wherever they stand. */
export interface RangedFile {
  readonly name: string;
  readonly size: number;
  range(start: number, end: number): AsyncIterable<Uint8Array>;
}

/** The parts of a workbook: an archive of XML files. */
export interface Archive {
  readonly names: readonly string[];
  /** A part's bytes, unpacked as they come; undefined where there is none. */
  stream(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  close(): void;
}

/** More parts than any workbook has. */
const MOST_PARTS = 10_000;

class Ranges extends yauzl.RandomAccessReader {
  private readonly file: RangedFile;

  constructor(file: RangedFile) {
    super();
    this.file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.file.range(start, end), { objectMode: false });
  }

  /** Nothing is held open between two ranges. */
  override close(done: (error: Error | null) => void): void {
    done(null);
  }
}

/** Opens an archive by the index at its end; nothing else is read. Throws `FILE_CUT`. */
export async function openArchive(file: RangedFile): Promise<Archive> {
  const entries = new Map<string, yauzl.Entry>();
  const zip = await damaged(file.name, async () => {
    const opened = await yauzl.fromRandomAccessReaderPromise(new Ranges(file), file.size, {
      autoClose: false,
    });
    for await (const entry of opened.eachEntry()) {
      entries.set(entry.fileName, entry);
      if (entries.size > MOST_PARTS) throw new Error(`it holds more than ${MOST_PARTS} files`);
    }
    return opened;
  });
  return {
    names: [...entries.keys()],
    async stream(name) {
      const entry = entries.get(name);
      return entry && unpacked(file.name, () => zip.openReadStreamPromise(entry));
    },
    close: () => zip.close(),
  };
}

async function* unpacked(file: string, open: () => Promise<Readable>): AsyncIterable<Uint8Array> {
  const stream = await damaged(file, open);
  try {
    yield* stream;
  } catch (error) {
    throw damage(file, error);
  } finally {
    stream.destroy();
  }
}

async function damaged<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw damage(file, error);
  }
}

const damage = (file: string, error: unknown): VigieError =>
  error instanceof VigieError
    ? error
    : fileError(
        'FILE_CUT',
        `${file} is cut or damaged: ${messageOf(error)}`,
        { file },
        'Transfer the file again; its sender should write to a temporary name and rename it when done.',
      );
