import { expect } from 'vitest';

/** So much longer is the second input. */
const FACTOR = 8;
const SIZE = 5_000;
/** Linear work grows by the factor; work that grows with the square, by its square. */
const SLACK = 3;
/** CPU that any measurement may be off by, in ms: other work of the process (garbage, compiling). */
const NOISE_MS = 30;
const ATTEMPTS = 4;

/** Cells that make readers go over the same text again and again. */
export const hostileCells: Readonly<Record<string, (size: number) => string>> = {
  digits: (size) => '1'.repeat(size),
  'zeros and a letter': (size) => `${'0'.repeat(size)}x`,
  'decimals of zeros': (size) => `1.${'0'.repeat(size)}1x`,
  thousands: (size) => `1${'.000'.repeat(size / 4)}x`,
  blanks: (size) => `a${' '.repeat(size)}b`,
  'blanks at both ends': (size) => `${' '.repeat(size / 2)}a${' '.repeat(size / 2)}`,
  words: (size) => 'a '.repeat(size / 2),
  tabs: (size) => `a${'\t'.repeat(size)}b`,
  'no-break blanks': (size) => `a${'\u00a0'.repeat(size)}b`,
  quotes: (size) => '"'.repeat(size),
  'stray quotes': (size) => '"x'.repeat(size / 2),
  'stray quotes and blanks': (size) => `${'"x'.repeat(size / 3)}${' '.repeat(size / 3)}`,
  apostrophes: (size) => `'${"x'".repeat(size / 2)}x`,
  formula: (size) => `="${'"x'.repeat(size / 2)}`,
  signs: (size) => '@'.repeat(size),
  addresses: (size) => 'a@b.c.'.repeat(size / 6),
  'dots of a domain': (size) => `a@${'a.'.repeat(size / 2)}`,
  'dashes of a domain': (size) => `a@${'a-'.repeat(size / 2)}`,
  percents: (size) => '%'.repeat(size),
  'percents encoded again': (size) => `%${'25'.repeat(size / 2)}`,
  'percent signs': (size) => '%40'.repeat(size / 3),
  entities: (size) => `&${'amp;'.repeat(size / 4)}`,
  'zeros of an entity': (size) => `&#${'0'.repeat(size)}`,
  backslashes: (size) => '\\'.repeat(size),
  escapes: (size) => '\\u0040'.repeat(size / 6),
  brackets: (size) => '['.repeat(size),
  'nested brackets': (size) => `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`,
  'brackets with a name': (size) => `2026-11-21T06:00:00+01:00[${'a/'.repeat(size / 2)}`,
  place: (size) => `2026-11-21T06:00:00 Aa${'/a'.repeat(size / 2)}`,
  'days and zones': (size) => `${'1 CET'.repeat(size / 5)}!`,
  braces: (size) => '{'.repeat(size),
  'as and a mark': (size) => `${'a'.repeat(size)}!`,
  'as and bs': (size) => 'ab'.repeat(size / 2),
  rule: (size) => `${'-'.repeat(size)}x`,
  'rule of groups': (size) => '- '.repeat(size / 2),
  hashes: (size) => `#${'#'.repeat(size)}x`,
  base64: (size) => `${'QUJD'.repeat(size / 4)}=`,
  'base64 of addresses': (size) => Buffer.from('a@b.de '.repeat(size / 10)).toString('base64'),
  additions: (size) => `offsite_${'_add_'.repeat(size / 5)}calls!`,
  'right to left': (size) => '\u202ea'.repeat(size / 2),
  surrogates: (size) => '😀'.repeat(size / 2),
};

/** A piece of work that may refuse what it is given. */
export type Work = (cell: string) => unknown;

async function cpuOf(work: Work, cell: string, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1)
    try {
      await work(cell);
    } catch {
      // Refusing is an answer; how long it took is the question.
    }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Expects that a cell eight times as long costs eight times as much and not sixty-four. Measured in CPU, against itself. */
export async function expectLinear(name: string, work: Work, make: (size: number) => string): Promise<void> {
  const [short, long] = [make(SIZE), make(FACTOR * SIZE)];
  await cpuOf(work, make(SIZE / 8), 2);
  let least = Number.POSITIVE_INFINITY;
  let allowed = 0;
  for (let attempt = 0; attempt < ATTEMPTS && least > allowed; attempt += 1) {
    allowed = Math.max(allowed, SLACK * (await cpuOf(work, short, FACTOR)) + NOISE_MS);
    least = Math.min(least, await cpuOf(work, long, 1));
  }
  expect(least, `${name}: ms of CPU for ${long.length} characters`).toBeLessThanOrEqual(allowed);
}
