import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import yauzl from 'yauzl';
import { VigieError } from '../../platform/errors.ts';
import { tooLarge } from '../../platform/http.ts';

const gunzipAsync = promisify(gunzip);

/** The one file in a ZIP or gzip body, or the body itself where it is not packed (some vendors send it plain). Never more than `mostBytes`. */
export async function unpack(
  body: Buffer,
  kind: 'zip' | 'gzip' | 'none',
  mostBytes: number,
): Promise<Buffer> {
  if (kind === 'gzip' && body[0] === 0x1f && body[1] === 0x8b) return unGzip(body, mostBytes);
  if (kind === 'zip') return unZip(body, mostBytes);
  return body;
}

async function unGzip(body: Buffer, mostBytes: number): Promise<Buffer> {
  try {
    return await gunzipAsync(body, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(mostBytes);
    throw brokenArchive('gzip', error);
  }
}

/** The sizes that a ZIP announces may lie: the bytes are counted as they come. */
async function unZip(body: Buffer, mostBytes: number): Promise<Buffer> {
  let archive: yauzl.ZipFile;
  try {
    archive = await yauzl.fromBufferPromise(body);
  } catch (error) {
    throw brokenArchive('ZIP', error);
  }
  const found: Buffer[] = [];
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (found.length === 1) throw severalFiles(entry.fileName);
      if (entry.uncompressedSize > mostBytes) throw tooLarge(mostBytes);
      found.push(await readEntry(archive, entry, mostBytes));
    }
  } catch (error) {
    if (error instanceof VigieError) throw error;
    throw brokenArchive('ZIP', error);
  } finally {
    archive.close();
  }
  const [only] = found;
  if (!only) throw brokenArchive('ZIP', new Error('it holds no file'));
  return only;
}

async function readEntry(archive: yauzl.ZipFile, entry: yauzl.Entry, mostBytes: number): Promise<Buffer> {
  const stream = await archive.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) {
      stream.destroy();
      throw tooLarge(mostBytes);
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks, size);
}

/** Retryable: most often the download broke off. */
const brokenArchive = (kind: string, error: unknown): VigieError =>
  new VigieError(
    `the ${kind} that was downloaded cannot be unpacked: ${error instanceof Error ? error.message : error}`,
    {
      code: 'VENDOR_ARCHIVE',
      retryable: true,
      hint: 'The download was cut, or the answer is something else. The next run asks again.',
    },
  );

const severalFiles = (name: string): VigieError =>
  new VigieError(`the ZIP that was downloaded holds more than one file: ${name} as well`, {
    code: 'VENDOR_SHAPE',
    where: { sample: name },
    hint: 'The vendor may have changed the form of its downloads.',
  });
