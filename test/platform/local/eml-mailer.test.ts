import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emlMailer } from '../../../functions/platform/local/eml-mailer.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { mailKey } from '../../../functions/platform/mail-files.ts';
import { mailerContract, message } from '../../contracts/mailer-contract.ts';

async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-eml-'));
  const bucket = fileBucket(folder);
  return {
    bucket,
    mailer: emlMailer(bucket),
    async arrived() {
      const raw: Uint8Array[] = [];
      for await (const { key } of bucket.list('mail/'))
        if (key.endsWith('.eml')) raw.push(await bucket.read(key));
      return raw;
    },
    close: () => rm(folder, { recursive: true }),
  };
}

mailerContract('.eml files', open);

it('leaves a page to open beside the message, and refers to it', async () => {
  const world = await open();
  const { reference } = await world.mailer.send(message());
  expect(reference).toBe(mailKey('2026-11-21', 'digest.2026-11-21.abc', 'html'));
  expect(new TextDecoder().decode(await world.bucket.read(reference))).toContain('été');
  await world.close();
});
