import { Worker } from 'node:worker_threads';
import { VigieError } from '../platform/errors.ts';
import { type ColumnMessage, type ColumnStore, toMessages } from './landing-columns.ts';
import { partEncoder } from './landing-part.ts';
import type { LandingColumn } from './landing-schema.ts';

/** Makes Parquet out of row groups, one file after the other. */
export interface Encoder {
  /** Begins a file. */
  open(columns: readonly LandingColumn[]): void;
  /** Takes the stores over: they must not be used again. */
  group(stores: readonly ColumnStore[], rows: number): Promise<Uint8Array>;
  /** Ends the file. */
  finish(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export type EncodeRequest =
  | { readonly kind: 'open'; readonly columns: readonly LandingColumn[] }
  | { readonly kind: 'group'; readonly columns: readonly ColumnMessage[]; readonly rows: number }
  | { readonly kind: 'finish' };

/** Encodes here and now: right for small batches, for which a thread would cost more than it gives. */
export function inlineEncoder(): Encoder {
  let part: ReturnType<typeof partEncoder> | undefined;
  const current = () => {
    if (!part) throw new Error('no file is open');
    return part;
  };
  return {
    open(columns) {
      part = partEncoder(columns);
    },
    group: async (stores, rows) => current().group(toMessages(stores, rows).columns, rows),
    finish: async () => current().finish(),
    close: async () => {},
  };
}

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Encodes in a thread of its own, while the next rows are read. Answers come in the order of the requests. */
export function workerEncoder(): Encoder {
  const worker = startWorker();
  const waiting: Waiting[] = [];
  let death: unknown;
  const fail = (cause: unknown): void => {
    const error = new VigieError('the thread that writes Parquet died', {
      code: 'LANDING_ENCODER_DIED',
      cause,
    });
    death ??= error;
    for (const each of waiting.splice(0)) each.reject(error);
  };
  worker.on('message', (bytes: Uint8Array) => waiting.shift()?.resolve(bytes));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(`it left with code ${code}`));
  const ask = (request: EncodeRequest, transfer: ArrayBuffer[] = []): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (death !== undefined) return reject(death);
      waiting.push({ resolve, reject });
      worker.postMessage(request, transfer);
    });
  return {
    open(columns) {
      worker.postMessage({ kind: 'open', columns } satisfies EncodeRequest);
    },
    group(stores, rows) {
      const { columns, transfer } = toMessages(stores, rows);
      return ask({ kind: 'group', columns, rows }, transfer);
    },
    finish: () => ask({ kind: 'finish' }),
    async close() {
      await worker.terminate();
    },
  };
}

/**
 * Node 20 cannot read TypeScript by itself, and does not hand the loader of tsx on to threads: the thread starts with
 * a line of JavaScript that brings the loader along.
 */
function startWorker(): Worker {
  const thread = new URL('./landing-worker.ts', import.meta.url).href;
  const tsx = import.meta.resolve('tsx/esm/api');
  const start = `import(${JSON.stringify(tsx)}).then(({ tsImport }) => tsImport(${JSON.stringify(thread)}, ${JSON.stringify(thread)}))`;
  // A larger young generation: a row group's cells live just long enough to be copied by the default one.
  return new Worker(start, { eval: true, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 64 } });
}
