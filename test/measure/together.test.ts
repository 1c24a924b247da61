import { expect, test } from 'vitest';
import { Together } from '../../functions/measure/together.ts';

test('what the KPIs of a run count alike is made once, also where that is nothing', () => {
  const together = new Together();
  let made = 0;
  const make = () => {
    made += 1;
    return undefined;
  };
  expect([together.sharedCounts(make), together.sharedCounts(make)]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});
