import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FigureColumns } from '../../../functions/lake/snapshot/columns.ts';
import { encodeFigures } from '../../../functions/lake/snapshot/encode.ts';
import { openFigures, type RecordedFigures } from '../../../functions/lake/snapshot/file.ts';
import { addDays } from '../../../functions/lake/values/day.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { duckDbEngine } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { runs } from '../../kit/runs.ts';

let folder = '';
let engine: ReturnType<typeof duckDbEngine>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-encode-'));
  engine = duckDbEngine({ bucket: fileBucket(folder) });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const word = fc.constantFrom('north', 'é', '猫', '', "O'Neill & Söhne, since 1872", 'web');
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const figure = (largest: bigint) =>
  fc.record({
    period: fc.constantFrom('day', 'mtd', 'last_365d'),
    comparison: fc.constantFrom('current', 'previous'),
    dimension: optional(fc.constantFrom('region', 'channel')),
    member: optional(word),
    numerator: optional(fc.bigInt({ min: -largest, max: largest })),
    denominator: optional(fc.bigInt({ min: -largest, max: largest })),
  });

const columnsOf = (rows: readonly Record<keyof FigureColumns, unknown>[]): FigureColumns => {
  const column = (name: keyof FigureColumns) => rows.map((row) => row[name]);
  const names = ['period', 'comparison', 'dimension', 'member', 'numerator', 'denominator'] as const;
  return Object.fromEntries(names.map((name) => [name, column(name)])) as unknown as FigureColumns;
};

/** Days of no, some and many rows; numbers of up to 18 digits, or of 38. */
const recordings = fc
  .constantFrom(10n ** 18n - 1n, 10n ** 38n - 1n)
  .chain((largest) =>
    fc.array(
      fc.record({
        rows: fc.array(figure(largest), { maxLength: 6 }),
        times: fc.constantFrom(1, 1, 700),
        quality: fc.constantFrom('ok' as const, 'stale' as const),
        run: fc.constantFrom('a', 'b'),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map((days) =>
    days.map(
      ({ rows, times, quality, run }, at): RecordedFigures => ({
        recording: {
          ...{ asOf: addDays('2026-02-27', at), version: at + 1, run, unit: 'EUR', quality },
          ...{ recordedAt: `2026-03-0${at + 1}T05:00:00.000Z`, hash: 'h', members: null },
        },
        figures: columnsOf(Array.from({ length: times }, () => rows).flat()),
      }),
    ),
  );

test('a file holds what it was given, by two readers, however its rows are grouped', async () => {
  await fc.assert(
    fc.asyncProperty(
      recordings,
      fc.constantFrom('one' as const, 'a few recordings each' as const),
      async (parts, groups) => {
        const bytes = encodeFigures('orders', parts, groups);
        const opened = openFigures(bytes);
        expect(opened.recordings.map(({ start: _, rows: __, ...recording }) => recording)).toEqual(
          parts.map(({ recording }) => recording),
        );
        for (const [at, { start, rows }] of opened.recordings.entries())
          expect(await opened.read(start, rows)).toEqual(parts[at]?.figures);

        const file = join(folder, 'figures.parquet');
        writeFileSync(file, bytes);
        const told = await queryRows(
          engine,
          `SELECT kpi, as_of, period, comparison, dimension, member, numerator, denominator, unit, quality, run, epoch_ms(recorded_at) AS at
           FROM read_parquet('${file}', file_row_number = true) ORDER BY file_row_number`,
        );
        expect(told.map(canonical)).toEqual(parts.flatMap(rowsOf));
      },
    ),
    { numRuns: runs(30) },
  );
});

const canonical = (row: Record<string, unknown>) => ({
  ...row,
  numerator: digits(row['numerator']),
  denominator: digits(row['denominator']),
});

const digits = (cell: unknown): string | null =>
  cell === null ? null : String(BigInt(String(cell).replace('.', '')));

const NOTHING = {
  period: null,
  comparison: null,
  dimension: null,
  member: null,
  numerator: null,
  denominator: null,
};

function rowsOf({ recording, figures }: RecordedFigures): object[] {
  const { asOf, unit, quality, run, recordedAt } = recording;
  const of = { unit, quality, run, at: Date.parse(recordedAt) };
  const key = { kpi: 'orders', as_of: asOf };
  if (figures.period.length === 0) return [{ ...key, ...NOTHING, ...of }];
  return figures.period.map((period, at) => ({
    ...{ ...key, period, comparison: figures.comparison[at] },
    ...{ dimension: figures.dimension[at], member: figures.member[at] },
    ...{ numerator: text(figures.numerator[at]), denominator: text(figures.denominator[at]), ...of },
  }));
}

const text = (value: bigint | null | undefined): string | null => (value == null ? null : String(value));
