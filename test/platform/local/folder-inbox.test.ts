import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderInbox } from '../../../functions/platform/local/folder-inbox.ts';
import { inboxContract } from '../../contracts/inbox-contract.ts';

inboxContract('a folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'vigie-inbox-'));
  return {
    inbox: folderInbox(root, {}),
    async drop(name, content) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), content);
    },
    close: () => rm(root, { recursive: true }),
  };
});
