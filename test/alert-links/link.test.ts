import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlertLink, readLink, signLink } from '../../functions/lake/alerts/link.ts';
import { KEY, link } from './links.ts';

const links: fc.Arbitrary<AlertLink> = fc.record({
  kind: fc.constantFrom('acknowledge', 'snooze'),
  rule: fc.stringMatching(/^[a-z][a-z-]{0,20}$/),
  member: fc.option(fc.string({ unit: 'binary', maxLength: 20 })),
  firedOn: fc.constantFrom('2026-11-20', '2026-01-02'),
  name: fc.string({ unit: 'grapheme', maxLength: 60 }),
  unit: fc.constantFrom('currency', 'percent', 'days'),
  currency: fc.constantFrom('EUR', 'CHF'),
  language: fc.constantFrom('en', 'fr'),
  by: fc.string({ unit: 'grapheme', maxLength: 30 }),
  until: fc.constant('2026-12-22'),
});

describe('a signed link', () => {
  test('says what was signed, in letters that an address may have', () => {
    fc.assert(
      fc.property(links, (given) => {
        const text = signLink(given, KEY);
        expect(text).toMatch(/^[\w-]+\.[\w-]{43}$/);
        expect(readLink(text, KEY)).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  test('with one letter changed, left out, doubled or put in anywhere is refused', () => {
    fc.assert(
      fc.property(
        links,
        fc.nat(),
        fc.constantFrom('change', 'drop', 'double', 'insert'),
        fc.constantFrom(...'ABab01-_.=+/ %é'),
        (given, where, how, letter) => {
          const text = signLink(given, KEY);
          const at = where % text.length;
          const rest = text.slice(at + 1);
          const old = text[at] as string;
          const other = { change: letter, drop: '', double: old + old, insert: old + letter }[how];
          fc.pre(other !== old);
          expect(readLink(text.slice(0, at) + other + rest, KEY)).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of another key, or put together of two, is refused', () => {
    fc.assert(
      fc.property(links, links, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const [first, second] = [signLink(one, KEY).split('.'), signLink(other, KEY).split('.')];
        expect(readLink(`${first[0]}.${second[1]}`, KEY)).toBeNull();
        expect(readLink(signLink(one, KEY.toLowerCase()), KEY)).toBeNull();
      }),
    );
  });

  test('any other text is refused, without a word why', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => readLink(text, KEY) === null),
    );
    for (const text of ['', '.', '..', 'W10.', signLink(link, KEY).repeat(5)])
      expect(readLink(text, KEY)).toBeNull();
  });

  test('a key that could be guessed signs nothing, and the way to one is told', () => {
    for (const doing of [() => signLink(link, ' short \n'), () => readLink('a.b', 'short')])
      expect(doing).toThrow(
        expect.objectContaining({ code: 'LINK_KEY_SHORT', hint: expect.stringContaining('openssl rand') }),
      );
  });
});
