import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnChunks, type Engine } from '../../../functions/platform/engine.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { runs } from '../../kit/runs.ts';

let engine: Engine;
beforeAll(() => {
  engine = duckDbEngine({ bucket: fileBucket('unused') });
});
afterAll(() => engine.close());

/** Above and below twelve bytes, with and without more bytes than characters; longer than what is remembered is not told apart. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    'mtd',
    'twelve bytes',
    'thirteen byte',
    'né',
    'café crème,',
    'café crème, s',
    '猫猫猫猫',
    '猫猫猫猫猫',
  ),
  fc.string({ unit: 'grapheme', maxLength: 16 }).filter((each) => !each.includes('\0')),
);
const KINDS = {
  integer: { digits: 9, scale: 0, type: 'integer' },
  bigint: { digits: 18, scale: 0, type: 'bigint' },
  hugeint: { digits: 37, scale: 0, type: 'hugeint' },
  small: { digits: 4, scale: 2, type: 'decimal(4,2)' },
  short: { digits: 9, scale: 4, type: 'decimal(9,4)' },
  long: { digits: 18, scale: 4, type: 'decimal(18,4)' },
  sum: { digits: 38, scale: 6, type: 'decimal(38,6)' },
} as const;
const whole = (digits: number) => {
  const largest = 10n ** BigInt(digits) - 1n;
  return fc.oneof(
    fc.bigInt({ min: -largest, max: largest }),
    fc.constantFrom(0n, 1n, -1n, largest, -largest),
    // Where a number stops to be exact in JavaScript, and where a word of 32 or 64 bits is full.
    fc
      .constantFrom(2n ** 31n, 2n ** 32n, 2n ** 52n, 2n ** 53n, 2n ** 63n, 2n ** 64n)
      .chain((near) => fc.bigInt({ min: near - 2n, max: near + 2n }))
      .map((each) => (each > largest ? largest : each)),
  );
};
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const row = fc.record({
  word: optional(text),
  day: optional(fc.integer({ min: -700_000, max: 2_932_896 })),
  ...Object.fromEntries(Object.entries(KINDS).map(([name, { digits }]) => [name, optional(whole(digits))])),
}) as fc.Arbitrary<{ word: string | null; day: number | null } & Record<keyof typeof KINDS, bigint | null>>;

const literal = (value: string | null): string =>
  value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
/** A whole number with so many decimals behind its point, as text. */
function decimal(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const at = digits.length - scale;
  return `${value < 0n ? '-' : ''}${digits.slice(0, at)}${scale > 0 ? '.' : ''}${digits.slice(at)}`;
}

const dated = (day: number | null) =>
  day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10);
/** In millionths. */
const exact = (name: keyof typeof KINDS, value: bigint | null) =>
  value === null ? null : value * 10n ** BigInt(6 - KINDS[name].scale);

test('columns hold the cells that were asked for, in every form, over many chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const names = Object.keys(KINDS) as (keyof typeof KINDS)[];
      const values = rows.map(
        (each, at) =>
          `(${[at, literal(each.word), each.day === null ? 'NULL' : `DATE '1970-01-01' + ${each.day}`, ...names.map((name) => `CAST(${literal(each[name] === null ? null : decimal(each[name], KINDS[name].scale))} AS ${KINDS[name].type})`)].join(', ')})`,
      );
      // A chunk has 2048 rows: what is remembered of one must hold in the next.
      const times = Math.ceil(5000 / rows.length);
      const result = await engine.query(
        `SELECT word, CAST(day AS date), ${names.map((name) => `n_${name}`).join(', ')} FROM (VALUES ${values.join(', ')}) AS t (place, word, day, ${names.map((name) => `n_${name}`).join(', ')}), generate_series(1, ${times}) AS s (i) ORDER BY i, place`,
      );
      let seen = 0;
      for await (const chunk of columnChunks(result)) {
        const [words, days] = [chunk.column(0), chunk.column(1)];
        const numbers = names.map((_, at) => chunk.scaled(2 + at, 6));
        const cells: unknown[][] = [];
        const wanted: unknown[][] = [];
        for (let at = 0; at < chunk.rows; at += 1) {
          const { word, day, ...of } = rows[(seen + at) % rows.length] as (typeof rows)[number];
          // Days of before the year 1000 have no text that both sides agree on.
          const isDated = day === null || day >= -354_285;
          cells.push([words[at], ...(isDated ? [days[at]] : []), ...numbers.map((scaled) => scaled?.[at])]);
          wanted.push([
            word,
            ...(isDated ? [dated(day)] : []),
            ...names.map((name) => exact(name, of[name])),
          ]);
        }
        // A chunk at once: of a million cells, each asked for by itself, the asking is what takes long.
        expect(cells).toStrictEqual(wanted);
        seen += chunk.rows;
      }
      expect(seen).toBe(rows.length * times);
    }),
    { numRuns: runs(20) },
  );
});
