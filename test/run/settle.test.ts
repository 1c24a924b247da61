import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { settleContract } from '../contracts/settle-contract.ts';

settleContract('a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-settle-'));
  return {
    bucket: fileBucket(folder),
    async close() {
      rmSync(folder, { recursive: true });
    },
  };
});
