import { describe, expect, it } from 'vitest';
import type { Mailer, OutgoingMessage } from '../../functions/platform/mailer.ts';

/** A mailer under test, and a way to see what came out at the other end. */
export interface MailerWorld {
  readonly mailer: Mailer;
  /** Every message that arrived, raw, in any order. */
  arrived(): Promise<Uint8Array[]>;
  close(): Promise<void>;
}

const RAW = [
  'From: a@example.com',
  'To: b@example.com',
  'Subject: =?UTF-8?Q?=C3=A9t=C3=A9?=',
  '',
  'Ligne 1',
  '.',
  '..',
  'Fin é',
  '',
].join('\r\n');

export const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: 'digest.2026-11-21.abc',
  from: 'a@example.com',
  to: 'b@example.com',
  raw: new TextEncoder().encode(RAW),
  asOf: '2026-11-21',
  page: '<html lang="fr"><body>été</body></html>',
  tags: { kind: 'digest' },
  ...change,
});

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trimEnd();

/** What every mailer promises. */
export function mailerContract(name: string, open: () => Promise<MailerWorld>): void {
  const using = async (test: (world: MailerWorld) => Promise<void>): Promise<void> => {
    const world = await open();
    try {
      await test(world);
    } finally {
      await world.close();
    }
  };

  describe(`mailer contract: ${name}`, () => {
    it('delivers the message unchanged, dots and accents included, and gives a reference', () =>
      using(async ({ mailer, arrived }) => {
        const receipt = await mailer.send(message());
        expect(receipt.reference).not.toBe('');
        expect((await arrived()).map(text)).toEqual([RAW.trimEnd()]);
      }));

    it('keeps messages of different ids apart', () =>
      using(async ({ mailer, arrived }) => {
        await mailer.send(message({ id: 'one' }));
        await mailer.send(
          message({ id: 'two', raw: new TextEncoder().encode(RAW.replace('Ligne 1', 'Ligne 2')) }),
        );
        expect((await arrived()).map(text).filter((raw) => raw.includes('Ligne 2'))).toHaveLength(1);
        expect(await arrived()).toHaveLength(2);
      }));

    it('leaves one message of an id sent twice, if it says that it is idempotent', () =>
      using(async ({ mailer, arrived }) => {
        await mailer.send(message());
        await mailer.send(message());
        expect(await arrived()).toHaveLength(mailer.idempotent ? 1 : 2);
      }));
  });
}
