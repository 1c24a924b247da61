import { describe, expect, test } from 'vitest';
import { hashAddress } from '../../../functions/platform/address.ts';
import { openRedactor } from '../../../functions/platform/redact/redactor.ts';
import { hashAddresses } from '../../../functions/pull/api/hash-addresses.ts';

const text = (given: string): string => openRedactor().text(given);

describe('an address is found however it is written', () => {
  test.each([
    ['jane@acme.example', '(e-mail address)'],
    ['550 5.1.1 <jane@acme.example>: unknown', '550 5.1.1 <(e-mail address)>: unknown'],
    ['a;jane.o’neil+x@mail.acme.example;b', 'a;jane.o’(e-mail address);b'],
    ['jane@acme.example.', '(e-mail address).'],
    ['mailto:jane%40acme.example?x=1', 'mailto:(e-mail address)?x=1'],
    ['/a?mail=jane%2Bx%40acme.example&b=1', '/a?mail=(e-mail address)&b=1'],
    ['next=%2Fme%3Fmail%3Djane%2540acme.example', 'next=%2Fme%3Fmail%3D(e-mail address)'],
    ['jane&#64;acme.example', '(e-mail address)'],
    ['&lt;jane&#x40;acme.example&gt;', '&lt;(e-mail address)&gt;'],
    ['jane&commat;acme.example', '(e-mail address)'],
    ['"jane\\u0040acme.example"', '"(e-mail address)"'],
    ['jane\\\\u0040acme.example', '(e-mail address)'],
    ['\\u003cjane@acme.example\\u003e', '\\u003c(e-mail address)\\u003e'],
    ['"jane doe"@acme.example', '(e-mail address)'],
    ['jane@acme', '(e-mail address)'],
    ['jane@10.0.0.1 or jane@[10.0.0.1]', '(e-mail address) or (e-mail address)'],
    ['jürgen@müller.example', '(e-mail address)'],
    ['jane@xn--mller-kva.example', '(e-mail address)'],
    ['one@acme.example,two@acme.example', '(e-mail address),(e-mail address)'],
    ['one@acme.example two@acme.example', '(e-mail address) (e-mail address)'],
  ])('%s', (given, shown) => {
    expect(text(given)).toBe(shown);
  });
});

describe('what is no address stays', () => {
  test.each([
    'to_Item@odata.count of $metadata#A_Order/$entity',
    '10 pieces @ 5.00 EUR, 3@5.00',
    '@home, home@, a @ b',
    'node@24.1',
    '100%25 of 40 %40',
    'R&D, 5 < 7 &#65;',
    'C:\\new\\table\\u00e9',
  ])('%s', (given) => {
    expect(text(given)).toBe(given);
  });
});

describe('in an answer of a vendor', () => {
  const hash = hashAddress('jane@acme.example');

  test.each([
    ['{"a":"Jane \\u003cjane@acme.example\\u003e"}', `Jane <${hash}>`],
    ['{"a":"caf\\u00e9 jane\\u0040acme.example"}', `café ${hash}`],
    ['{"a":"Firm \\u0022jane@acme.example\\u0022"}', `Firm "${hash}"`],
    ['{"a":"\\u0001jane@acme.example\\n"}', `\u0001${hash}\n`],
    ['{"a":"\\ud83d\\ude00jane@acme.example"}', `😀${hash}`],
    ['{"a":"/me?mail=jane%40acme.example"}', `/me?mail=${hash}`],
    ['{"a":"{\\"b\\":\\"jane\\\\u0040acme.example\\"}"}', `{"b":"${hash}"}`],
  ])('%s is hashed, and JSON stays what it was', (answer, shown) => {
    expect(JSON.parse(hashAddresses(answer))).toEqual({ a: shown });
  });

  test('an answer without one stays as it came, to the letter', () => {
    const answer = '{"n":1.50,"big":12345678901234567890,"a":"caf\\u00e9"}';
    expect(hashAddresses(answer.replaceAll('\\u00e9', 'é'))).toBe(answer.replaceAll('\\u00e9', 'é'));
    expect(hashAddresses(answer)).toContain('"n":1.50,"big":12345678901234567890');
  });
});

describe('in Base64', () => {
  const encode = (given: string, kind: BufferEncoding = 'base64') => Buffer.from(given).toString(kind);

  test('an address is found, alone and among others', () => {
    expect(
      text(`user ${encode('jane@acme.example')}, ${encode('\0jané@acme.example\0pw', 'base64url')}!`),
    ).toBe('user (e-mail address), (e-mail address)!');
  });

  test('hashes, names and paths are no such texts', () => {
    const given = `${hashAddress('a@b.example')} functions/pull/files ${encode('no address here')}`;
    expect(text(given)).toBe(given);
  });
});
