import { expect, inject, test } from 'vitest';
import { inShort, leadsExpected, leadsGiven, listOf } from '../kit/list-cases.ts';
import { trinoEngine } from '../kit/trino-engine.ts';

test('the hottest leads are the same on the engine whose SQL Athena speaks', async () => {
  const engine = trinoEngine({ url: inject('trinoUrl') });
  expect((await listOf(engine, 'hottest_leads', leadsGiven)).map(inShort)).toEqual(leadsExpected);
});
