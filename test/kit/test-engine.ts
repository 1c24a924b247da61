import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../functions/platform/engine.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';

/** DuckDB in memory, over an empty bucket in a temporary folder. Of a few rows a second thread makes nothing faster, and costs. */
export const testEngine = async (): Promise<Engine> =>
  duckDbEngine({ bucket: fileBucket(mkdtempSync(join(tmpdir(), 'vigie-test-'))), threads: 1 });
