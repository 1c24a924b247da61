import { posix } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { type FileSystemAdapter, glob, isDynamicPattern } from 'tinyglobby';
import { VigieError } from '../errors.ts';
import { type Inbox, type InboxFile, isUnfinished } from '../inbox.ts';
import { type Environment, stackFact } from './aws-environment.ts';
import { s3ClientFromEnv } from './s3-client.ts';
import { S3Folders } from './s3-folders.ts';
import { streamObject } from './s3-stream.ts';

export interface S3InboxOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** The drop folder, `/` at its end; default `inbox/`. */
  readonly prefix?: string;
}

/** The drop folder of the stack: `inbox/` of its bucket. */
export const inboxFromEnv = (env: Environment): Inbox =>
  s3Inbox({ client: s3ClientFromEnv(env), bucket: stackFact(env, 'bucket') });

/**
 * An inbox that is a prefix of a bucket. Patterns as in a folder's inbox, matched by the same library: a file, a folder
 * (the files directly in it) or a glob, relative to the prefix. A file's version is its ETag.
 *
 * Errors: `INBOX_PATH` for an absolute path or a variable, which mean nothing here; `INBOX_UNREADABLE` for a file that
 * is gone; those of S3.
 */
export function s3Inbox({ client, bucket, prefix = 'inbox/' }: S3InboxOptions): Inbox {
  const objects = new S3Folders(client, bucket, prefix);
  return {
    async list(pattern) {
      const wanted = posix.normalize(checkPattern(pattern, bucket, prefix));
      const files = await filesOf(objects, wanted);
      return files.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async *stream(name, range) {
      const Key = prefix + checkPattern(name, bucket, prefix);
      try {
        yield* streamObject(client, { Bucket: bucket, Key }, range);
      } catch (error) {
        throw error instanceof VigieError && error.code === 'BUCKET_NOT_FOUND' ? gone(name, error) : error;
      }
    },
  };
}

async function filesOf(objects: S3Folders, wanted: string): Promise<InboxFile[]> {
  const literal = wanted.endsWith('/') ? undefined : await objects.file(wanted);
  if (literal) return [literal];
  const { files, folders } = await objects.folder(folderName(wanted));
  if (files.length + folders.length > 0)
    return files.filter(({ name }) => !posix.basename(name).startsWith('.') && !isUnfinished(name));
  if (!isDynamicPattern(wanted)) return [];
  const seen: Seen = { files: new Map(), failures: [] };
  const options = { onlyFiles: true, expandDirectories: false, followSymbolicLinks: false };
  const names = await glob(wanted, { ...options, cwd: ROOT, fs: asFileSystem(objects, seen) });
  // The walker takes a folder that cannot be read for an empty one.
  if (seen.failures.length > 0) throw seen.failures[0];
  return names.flatMap((name) => seen.files.get(name) ?? []);
}

const folderName = (path: string): string =>
  ['', '.', './'].includes(path) ? '' : `${path.replace(/\/$/, '')}/`;

function checkPattern(pattern: string, bucket: string, prefix: string): string {
  const up = pattern.split('/').includes('..');
  if (!pattern.startsWith('/') && !up && !pattern.includes('${')) return pattern;
  throw new VigieError(`the path \`${pattern}\` cannot be used on AWS`, {
    code: 'INBOX_PATH',
    where: { sample: pattern },
    hint: `On AWS a feed's path is relative to s3://${bucket}/${prefix}, without variables: such as exports/sap/orders_*.csv.`,
  });
}

const gone = (name: string, cause: VigieError): VigieError =>
  new VigieError(`${name} cannot be read: ${cause.message}`, {
    code: 'INBOX_UNREADABLE',
    cause,
    where: { file: name },
    hint: 'It was removed or moved while the run was at it. Drop it again, or run again: what is not there is not read.',
  });

/** Where the walked file system has the inbox: no path of this machine. */
const ROOT = '/inbox';

type Entry = { name: string; isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean };
type Done = (error: Error | null, entries: Entry[]) => void;

/** What was met on the way. */
interface Seen {
  readonly files: Map<string, InboxFile>;
  readonly failures: unknown[];
}

/** What tinyglobby walks: it opens only the folders that a pattern leads to. */
function asFileSystem(objects: S3Folders, seen: Seen): FileSystemAdapter {
  const read = async (path: string): Promise<Entry[]> => {
    const { files, folders } = await objects.folder(folderName(posix.relative(ROOT, path)));
    for (const file of files) seen.files.set(file.name, file);
    return [
      ...files.map(({ name }) => entry(posix.basename(name), false)),
      ...folders.map((name) => entry(posix.basename(name), true)),
    ];
  };
  const readdir = (path: string, _: unknown, done: Done): void => {
    read(path).then(
      (entries) => done(null, entries),
      (error: Error) => {
        seen.failures.push(error);
        done(error, []);
      },
    );
  };
  return { readdir } as unknown as FileSystemAdapter;
}

const entry = (name: string, isFolder: boolean): Entry => ({
  name,
  isFile: () => !isFolder,
  isDirectory: () => isFolder,
  isSymbolicLink: () => false,
});
