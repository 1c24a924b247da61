import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Probes } from '../../../functions/platform/redact/probes.ts';

/** Few letters, so that words overlap, begin alike and stand in one another. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '猫'), maxLength: 200 });

test('exactly the words are found that occur', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), text, fc.array(word), (words, rest, put) => {
      const whole = [rest, ...put].join('');
      expect([...new Probes(words).in(whole)].toSorted()).toEqual(
        [...new Set(words)].filter((each) => whole.includes(each)).toSorted(),
      );
    }),
  );
});

test('where nothing is looked for, nothing is found', () => {
  expect(new Probes([]).in('any text').size).toBe(0);
});
