import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VigieError } from '../../../functions/platform/errors.ts';
import { learnSecret } from '../../../functions/platform/redact/learn-secret.ts';
import { openRedactor, type Redactor } from '../../../functions/platform/redact/redactor.ts';

const knowing = (...secrets: readonly string[]): Redactor => {
  const redactor = openRedactor();
  for (const secret of secrets) redactor.learn(secret);
  return redactor;
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const strict = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const escaped = (text: string): string =>
  [...text]
    .map((sign) =>
      /[A-Za-z0-9]/.test(sign)
        ? sign
        : [...Array(sign.length).keys()]
            .map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`)
            .join(''),
    )
    .join('');

/** How servers and libraries write a text that they were given. */
const ENCODINGS: readonly [name: string, encode: (secret: string) => string][] = [
  ['as it is', (text) => text],
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded, lower case', (text) => strict(text).replaceAll(/%../g, (hex) => hex.toLowerCase())],
  ['percent-encoded twice', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['in a form', (text) => new URLSearchParams({ p: text }).toString().slice(2)],
  ['HTML', html],
  ['HTML within HTML', (text) => html(html(text))],
  ['JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['JSON within JSON', (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
  ['JSON of PHP', (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
  ['JSON, all escaped', escaped],
  ['Base64', base64],
  ['Base64 for URLs', (text) => Buffer.from(text).toString('base64url')],
  ['Base64 in a URL', (text) => encodeURIComponent(base64(text))],
  ['Basic', (text) => `Basic ${base64(`vigie:${text}`)}`],
  ['AUTH PLAIN', (text) => base64(`\0vigie\0${text}`)],
  ['AUTH PLAIN of another', (text) => base64(`someone\0vigie@\0${text}`)],
  ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
  ['hexadecimal, upper case', (text) => Buffer.from(text).toString('hex').toUpperCase()],
];

/** What of an encoded secret would give it away, in its encoding. */
const CANARIES = [
  'S3cr3t/Pw+Canary!',
  'a&b<c>"d\'=é €%20 x',
  'pässwörd😀~`{|}',
  '0123456789',
  'TokenCanary12345==',
];

describe.each(ENCODINGS)('a secret %s', (_, encode) => {
  test.each(CANARIES)('%s is blotted out, and nothing else', (secret) => {
    const shown = knowing(secret).text(`denied: ${encode(secret)} (try again)`);
    expect(shown).toMatch(/^denied: (?:Basic )?\(secret\) \(try again\)$/);
  });
});

/** Text that cannot be part of any of the encodings used here. */
const elsewhere = fc.stringMatching(/^[ .,;:!?()]{0,20}$/);
const secrets = fc
  .string({ unit: 'grapheme', minLength: 6, maxLength: 40 })
  .filter((text) => text.trim() === text && !/[\r\n]|\\n|^---|@/.test(text) && text.length >= 6)
  .filter((text) => /[A-Za-z0-9]{2}/.test(text));

describe('whatever the secret', () => {
  test('it is found in every encoding, wherever it stands', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.constantFrom(...ENCODINGS),
        elsewhere,
        elsewhere,
        (secret, [, encode], a, b) => {
          const shown = knowing(secret).text(`${a} ${encode(secret)} ${b}`);
          expect(shown).toContain('(secret)');
          expect(shown).not.toContain(encode(secret));
        },
      ),
    );
  });

  test('within a longer text in Base64 it is found at any place, and none of its neighbours is left', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), secrets, fc.string({ maxLength: 12 }), (a, secret, b) => {
        for (const kind of ['base64', 'base64url'] as const) {
          const encoded = Buffer.from(`${a}${secret}${b}`).toString(kind);
          expect(knowing(secret).text(`AUTH ${encoded} no`)).toBe('AUTH (secret) no');
        }
      }),
    );
  });

  test('a text without it stays as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[@＠]|40|64|commat/.test(text)),
        (text) => {
          expect(knowing('S3cr3t/Pw+Canary!').text(text)).toBe(text);
        },
      ),
    );
  });
});

describe('what is learnt', () => {
  test('each line of a key, also where line ends are written as escapes', () => {
    const key = `-----BEGIN ${'PRIVATE'} KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----`;
    const redactor = knowing(key);
    expect(redactor.text('bad line MIIEvQIBADANBgkq')).toBe('bad line (secret)');
    expect(redactor.text(JSON.stringify({ key }))).toBe('{"key":"(secret)"}');
    const inEnvironment = knowing(key.replaceAll('\n', '\\n'));
    expect(inEnvironment.text('hkiG9w0BAQEFAASC')).toBe('(secret)');
  });

  test('of a server’s URL the password, as written and as meant; of an object every field that is no public one', () => {
    const redactor = openRedactor();
    learnSecret(redactor, 'smtps://bot:P%40ss%2Fword9@mail.example.com');
    learnSecret(
      redactor,
      '{"type":"service_account","client_id":"4711471147114711","deep":{"key":"hidden-key"}}',
    );
    expect(redactor.text('P%40ss%2Fword9 and P@ss/word9')).toBe('(secret) and (secret)');
    expect(redactor.text(`535 ${base64('\0bot\0P@ss/word9')}`)).toBe('535 (secret)');
    expect(redactor.text('mail.example.com of a service_account')).toBe(
      'mail.example.com of a service_account',
    );
    expect(redactor.value({ id: 4711471147114711, key: ['hidden-key'] })).toEqual({
      id: '(secret)',
      key: ['(secret)'],
    });
  });

  test('a reader’s address, to find it where it is encoded', () => {
    const redactor = openRedactor();
    redactor.learnAddress('claire@exec.example');
    expect(redactor.text(`RCPT ${base64('TO:<claire@exec.example>')}`)).toBe('RCPT (e-mail address)');
  });

  test('what is too short for a secret stays, it stands anywhere', () => {
    expect(knowing('admin').text('ask your admin')).toBe('ask your admin');
  });
});

describe('values', () => {
  test('are cleaned before they are serialised: names, texts, numbers, at any depth', () => {
    const row = {
      raw: { 'jane@acme.example': 'Firm "jane@acme.example" Ltd', deep: [{ at: 'x <bob@acme.example>' }] },
      line: 3,
      value: null,
    };
    const safe = openRedactor().value(row);
    expect(JSON.parse(JSON.stringify(safe))).toEqual({
      raw: { '(e-mail address)': 'Firm "(e-mail address)" Ltd', deep: [{ at: 'x <(e-mail address)>' }] },
      line: 3,
      value: null,
    });
  });

  test('whatever they are, what is serialised reads back, with no address in it', () => {
    const around = fc.string({
      unit: fc.constantFrom('"', '\\', '\n', '\t', ' ', 'x', '<', '>', '{', '\u0001', '“', 'é'),
    });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const row = { text: `${before}jane@acme.example${after}` };
        const safe = JSON.parse(JSON.stringify(openRedactor().value(row))) as typeof row;
        expect(safe.text).not.toMatch(/jane|acme/);
      }),
    );
  });

  test('a name such as __proto__ is only a name', () => {
    const safe = openRedactor().value(JSON.parse('{"__proto__":{"a":"jane@acme.example"}}') as object);
    expect(JSON.stringify(safe)).toBe('{"__proto__":{"a":"(e-mail address)"}}');
  });
});

describe('errors', () => {
  test('keep their kind, and lose what they must not tell', () => {
    const error = new VigieError('no jane@acme.example', {
      code: 'X',
      hint: 'ask S3cr3tCanary',
      retryable: true,
      where: { file: 'a.csv', line: 2, sample: 'bob@acme.example' },
    });
    expect(knowing('S3cr3tCanary').error(error)).toMatchObject({
      message: 'no (e-mail address)',
      code: 'X',
      hint: 'ask (secret)',
      retryable: true,
      where: { file: 'a.csv', line: 2, sample: '(e-mail address)' },
    });
  });

  test('of a bug the stack is cleaned, and its class stays', () => {
    const bug = new TypeError('jane@acme.example is not a function');
    const clean = openRedactor().error(bug) as Error;
    expect(clean).toBeInstanceOf(TypeError);
    expect(`${clean.message} ${clean.stack}`).not.toContain('jane@');
  });
});

describe('the work is linear in the length', () => {
  // Anything worse would take hours: these texts are made to have it look back, or ahead, at every character.
  const n = 4_000_000;
  test.each([
    ['no blank', 'x'.repeat(n)],
    ['signs only', '@'.repeat(n)],
    ['dots', 'a.'.repeat(n / 2)],
    ['a long domain', `a@${'b.'.repeat(n / 2)}`],
    ['many halves', 'a@'.repeat(n / 2)],
    ['backslashes', '\\'.repeat(n)],
    ['escapes', '\\u0020'.repeat(n / 6)],
    ['quotes', '"@'.repeat(n / 2)],
    ['percent signs', '%25'.repeat(n / 3)],
    ['entities', '&#0'.repeat(n / 3)],
    ['the beginning of the secret', 'S3cr3t/Pw+Canar'.repeat(n / 15)],
    ['Base64', 'UzNjcjN0'.repeat(n / 8)],
  ])('%s', (_, text) => {
    const shown = knowing('S3cr3t/Pw+Canary!', `${'a'.repeat(200)}b`).value({ cell: text });
    expect(shown.cell.length).toBeGreaterThan(0);
  });
});
