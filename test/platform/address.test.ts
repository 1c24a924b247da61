import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressHashes,
  addressIn,
  domainOf,
  hashAddress,
  isAddress,
  isPublicAddress,
  normalAddress,
} from '../../functions/platform/address.ts';
import { isSha256, sha256 } from '../../functions/platform/hash.ts';

describe('a hash', () => {
  it('is SHA-256, as everybody computes it', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('é')).toBe(sha256(new Uint8Array([0xc3, 0xa9])));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 64 }), (text, digits) => {
        const whole = createHash('sha256').update(text).digest('hex');
        expect(sha256(text, digits)).toBe(whole.slice(0, digits));
        expect(isSha256(sha256(text))).toBe(true);
        expect(isSha256(text)).toBe(false);
      }),
    );
  });
});

describe('an e-mail address', () => {
  it.each([
    ['ada@example.com', true, true],
    ['ada.lovelace+kpi@mail.example.com', true, true],
    ['vigie@localhost', true, false],
    ['a/b@example.com', true, false],
    ['ada@example', true, false],
    ['Ada <ada@example.com>', false, false],
    ['ada@@example.com', false, false],
    ['mailto:ada@example.com', false, false],
    ['https://user@example.com/out', false, false],
    ['ada', false, false],
    ['@example.com', false, false],
    ['', false, false],
  ])('%s: %s, from anywhere: %s', (text, is, isPublic) => {
    expect([isAddress(text), isPublicAddress(text)]).toEqual([is, isPublic]);
  });

  it.each([
    ['Ada.Lovelace+kpi@GMail.com ', 'adalovelace@gmail.com'],
    ['a.d.a@googlemail.com', 'ada@googlemail.com', 'ada@gmail.com'],
    ['ada.lovelace+kpi@Example.com', 'ada.lovelace+kpi@example.com'],
    ['ada.l@gmail.com.example.com', 'ada.l@gmail.com.example.com'],
    ['ada.l@notgmail.com', 'ada.l@notgmail.com'],
  ])('%j is for Google %s, and so is the person', (address, compared, person = compared) => {
    expect(addressHashes.google(address)).toBe(sha256(compared));
    expect(addressHashes.person(address)).toBe(sha256(`vigie:person:${person}`));
  });

  it('has as number of its person nothing that a vendor computes, and one for all spellings of a Gmail address', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        name,
        fc.array(fc.nat(7), { maxLength: 4 }),
        fc.stringMatching(/^[a-z.]{0,5}$/),
        (n, dots, tag) => {
          const dotted = [...n].map((letter, at) => (dots.includes(at) ? `${letter}.` : letter)).join('');
          const other = `${dotted.toUpperCase()}+${tag}@gmail.com`;
          expect(addressHashes.person(other)).toBe(addressHashes.person(`${n}@gmail.com`));
          expect(addressHashes.google(other)).toBe(addressHashes.google(`${n}@gmail.com`));
          expect([hashAddress(other), addressHashes.google(other)]).not.toContain(
            addressHashes.person(other),
          );
        },
      ),
    );
  });

  it('is the same in any case and with spaces around it, and so is its hash', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const other = ` ${address.toUpperCase()}\t`;
        expect(isAddress(address)).toBe(true);
        expect(normalAddress(other)).toBe(normalAddress(address));
        expect(hashAddress(other)).toBe(hashAddress(address));
        expect(hashAddress(address)).toBe(sha256(address.toLowerCase()));
        expect(hashAddress(`x${address}`)).not.toBe(hashAddress(address));
        expect(addressIn(`Ada <${address}>`)).toBe(address);
        expect(addressIn(` ${address} `)).toBe(address);
        expect(domainOf(address)).toBe(address.split('@').at(-1));
      }),
    );
  });
});
