import type { Bucket } from '../../functions/platform/bucket.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import type { Platform } from '../../functions/platform/platform.ts';

/** What was asked of a platform. */
export interface Counts {
  reads: number;
  bytesRead: number;
  /** Objects that lists went over. */
  listed: number;
  lists: number;
  writes: number;
  bytesWritten: number;
  removes: number;
  statements: number;
  /** Of each folder (`runs`, `snapshot`, `alerts/state`): objects read, and objects that lists went over. */
  readonly folders: Map<string, { reads: number; listed: number }>;
}

/** The same platform, counting what is asked of its bucket and its engine. */
export function countingPlatform(platform: Platform): {
  readonly platform: Platform;
  readonly counts: Counts;
} {
  const counts: Counts = {
    reads: 0,
    bytesRead: 0,
    listed: 0,
    lists: 0,
    writes: 0,
    bytesWritten: 0,
    removes: 0,
    statements: 0,
    folders: new Map(),
  };
  return {
    counts,
    platform: {
      ...platform,
      bucket: countedBucket(platform.bucket, counts),
      engine: countedEngine(platform.engine, counts),
    },
  };
}

function countedBucket(bucket: Bucket, counts: Counts): Bucket {
  const wrote = (body: Uint8Array | string): void => {
    counts.writes += 1;
    counts.bytesWritten += Buffer.byteLength(body);
  };
  const folderOf = (key: string): { reads: number; listed: number } => {
    const folder = /^(?:state|alerts)\/[^/]+|^[^/]+/.exec(key)?.[0] ?? key;
    const known = counts.folders.get(folder) ?? { reads: 0, listed: 0 };
    counts.folders.set(folder, known);
    return known;
  };
  return {
    ...bucket,
    async read(key) {
      const body = await bucket.read(key);
      counts.reads += 1;
      folderOf(key).reads += 1;
      counts.bytesRead += body.length;
      return body;
    },
    async *list(prefix) {
      counts.lists += 1;
      for await (const entry of bucket.list(prefix)) {
        counts.listed += 1;
        folderOf(entry.key).listed += 1;
        yield entry;
      }
    },
    async folders(folder) {
      const names = await bucket.folders(folder);
      counts.lists += 1;
      counts.listed += names.length;
      folderOf(folder).listed += names.length;
      return names;
    },
    write(key, body) {
      wrote(body);
      return bucket.write(key, body);
    },
    writeStream(key, body) {
      counts.writes += 1;
      return bucket.writeStream(key, body);
    },
    create(key, body) {
      wrote(body);
      return bucket.create(key, body);
    },
    remove(key) {
      counts.removes += 1;
      return bucket.remove(key);
    },
  };
}

function countedEngine(engine: Engine, counts: Counts): Engine {
  return {
    ...engine,
    query(sql, options) {
      counts.statements += 1;
      return engine.query(sql, options);
    },
    execute(sql, options) {
      counts.statements += 1;
      return engine.execute(sql, options);
    },
  };
}
