import { parentPort } from 'node:worker_threads';
import type { EncodeRequest } from './landing-encoder.ts';
import { type PartEncoder, partEncoder } from './landing-part.ts';

/** The encoder's thread: takes row groups, gives back the bytes of Parquet files. */
const port = parentPort;
if (!port) throw new Error('landing-worker.ts runs only as a worker thread');

let part: PartEncoder | undefined;

port.on('message', (request: EncodeRequest) => {
  if (request.kind === 'open') {
    part = partEncoder(request.columns);
    return;
  }
  if (!part) throw new Error('no file is open');
  const bytes = request.kind === 'group' ? part.group(request.columns, request.rows) : part.finish();
  port.postMessage(bytes, [bytes.buffer]);
});
