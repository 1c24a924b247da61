import { afterAll, expect, test } from 'vitest';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { tableOf } from '../kit/tables.ts';
import { deliverWide, WIDE_DELIVERIES } from './wide-deliveries.ts';
import { localWorld } from './world.ts';

const world = localWorld();
afterAll(world.close);

test('a column a month: new months come by themselves, months delivered again are restated', async () => {
  await ensureTables(world, [tableOf('targets')]);
  expect(await deliverWide(world)).toEqual(WIDE_DELIVERIES.map(({ lake }) => lake));
});
