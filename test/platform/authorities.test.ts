import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAuthorities } from '../../functions/platform/authorities.ts';
import { trustAuthorities } from '../../functions/platform/local/trust.ts';
import { type Certificates, makeCertificates } from '../kit/certificates.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-authorities-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made: Certificates;
let other: Certificates;
beforeAll(() => {
  made = makeCertificates(folder, 'corp');
  other = makeCertificates(folder, 'other');
});

const now = new Date();
const file = (name: string, text: string): string => {
  const place = join(folder, name);
  writeFileSync(place, text);
  return place;
};
const read = (place: string, at = now) => readAuthorities(place, at);

describe('a file of authorities', () => {
  test('gives each certificate of it, whatever stands between them', () => {
    const [a, b] = [made, other].map(({ authority }) => readFileSync(authority, 'utf8').trim());
    expect(read(file('two.pem', `# ours\n${a}\n# and theirs\n${b}\n`))).toEqual([a, b]);
  });

  test.each([
    ['is not there', () => join(folder, 'nowhere.pem'), /cannot be read/, /relative to that file/],
    ['holds no certificate', () => file('text.pem', 'hello'), /no certificate in it/, /inform der/],
    [
      'holds a key',
      () => file('key.pem', readFileSync(made.authority, 'utf8') + made.tls.key),
      /holds a private key/,
      /have a new one made/,
    ],
    [
      'is damaged',
      () => file('cut.pem', readFileSync(made.authority, 'utf8').replace(/[A-Za-z0-9+/]{40}\n/, '\n')),
      /certificate 1 is damaged/,
      /Export it again/,
    ],
    [
      'is a server’s, signed by another',
      () => made.server,
      /certificate 1 \(CN=sap\.corp\.example\) is a server’s, signed by CN=corp root/,
      /openssl s_client -showcerts/,
    ],
  ])('that %s is refused, with the remedy', (_, place, said, remedy) => {
    expect(() => read(place())).toThrow(
      expect.objectContaining({
        code: 'CA_FILE',
        message: expect.stringMatching(said),
        hint: expect.stringMatching(remedy),
      }),
    );
  });

  test('that has ended is refused, with its day', () => {
    const later = new Date(now.getTime() + 10 * 86_400_000);
    expect(() => read(made.authority, later)).toThrow(/\(CN=corp root\) ended on \d{4}-\d{2}-\d{2}/);
  });
});

describe('trusting it', () => {
  const node = () => {
    const given: string[][] = [];
    return {
      given,
      getCACertificates: () => ['known'],
      setDefaultCACertificates: (all: readonly string[]) => void given.push([...all]),
    };
  };

  test('adds to what Node.js knows', () => {
    const fake = node();
    trustAuthorities({ file: made.authority, env: {}, now, node: fake });
    expect(fake.given).toEqual([['known', ...read(made.authority)]]);
  });

  test('has nothing to do where Node.js was started with it', () => {
    const fake = node();
    const env = { NODE_EXTRA_CA_CERTS: made.authority };
    trustAuthorities({ file: made.authority, env, now, node: fake });
    expect(fake.given).toEqual([]);
  });

  test('says how to start a Node.js that is too old to be told', () => {
    expect(() => trustAuthorities({ file: made.authority, env: {}, now, node: {} })).toThrow(
      expect.objectContaining({
        code: 'CA_FILE_NODE',
        hint: expect.stringContaining(`NODE_EXTRA_CA_CERTS=${made.authority} vigie`),
      }),
    );
  });
});
