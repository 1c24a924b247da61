import { afterEach, beforeEach, expect, test } from 'vitest';
import { spentKey, unitBook } from '../../../functions/pull/api/units.ts';
import { fetchWithoutPause } from './web.ts';
import { type ApiWorld, apiWorld } from './world.ts';

let world: ApiWorld;
beforeEach(() => {
  world = apiWorld(fetchWithoutPause(), {});
  world.setNow('2026-11-30T22:00:00Z');
});
afterEach(() => world.close());

const book = (aMonth: number) => unitBook(world.platform, { name: 'semrush', title: 'SEMrush' }, { aMonth });

test('what is spent is counted over all runs of a month, and no more than the company allows', async () => {
  await book(100).spend(50);
  await book(100).spend(40);
  await expect(book(100).spend(20)).rejects.toMatchObject({
    code: 'VENDOR_UNITS',
    message: expect.stringContaining('90 of the 100 units'),
  });
  // What was refused is not counted.
  await book(100).spend(10);
});

test('a new month begins at nothing', async () => {
  await book(100).spend(100);
  world.setNow('2026-12-01T00:00:00Z');
  await book(100).spend(100);
});

test('what costs nothing is asked with nothing left, and needs no count', async () => {
  await book(10).spend(10);
  await book(10).spend(0);
  await unitBook({ clock: world.platform.clock }, { name: 'brevo', title: 'Brevo' }, undefined).spend(0);
  await expect(
    unitBook({ clock: world.platform.clock }, { name: 'brevo', title: 'Brevo' }, undefined).spend(1),
  ).rejects.toThrow('nobody counts');
});

test('a damaged count is no count of nothing: nothing is spent until it is mended', async () => {
  await world.platform.bucket.write(spentKey('semrush', '2026-11'), Buffer.from('{"units":'));
  await expect(book(100).spend(10)).rejects.toMatchObject({ code: 'STATE_DAMAGED' });
});
