import { HeadObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { InboxFile } from '../inbox.ts';
import { statusOf } from './aws-errors.ts';
import { s3Error } from './s3-errors.ts';

/** The objects below a prefix, as folders and files. */
export class S3Folders {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(client: S3Client, bucket: string, prefix: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  /** One file; undefined where there is none of that name. */
  async file(name: string): Promise<InboxFile | undefined> {
    const Key = this.#prefix + name;
    try {
      const head = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key }));
      return { name, size: head.ContentLength ?? 0, version: head.ETag ?? '' };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw s3Error(error, 'looking for', `s3://${this.#bucket}/${Key}`);
    }
  }

  /** What is directly in a folder (`''` or `a/b/`). The marker objects of consoles (`a/b/`) are no files. */
  async folder(name: string): Promise<{ files: InboxFile[]; folders: string[] }> {
    const files: InboxFile[] = [];
    const folders: string[] = [];
    const below = { Bucket: this.#bucket, Prefix: this.#prefix + name, Delimiter: '/' };
    const relative = (key: string | undefined): string => (key ?? '').slice(this.#prefix.length);
    try {
      for await (const page of paginateListObjectsV2({ client: this.#client }, below)) {
        folders.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => relative(Prefix)));
        for (const { Key, Size, ETag } of page.Contents ?? []) {
          if (Key?.endsWith('/') === false)
            files.push({ name: relative(Key), size: Size ?? 0, version: ETag ?? '' });
        }
      }
    } catch (error) {
      throw s3Error(error, 'listing', `s3://${this.#bucket}/${below.Prefix}`);
    }
    return { files, folders };
  }
}
