import { type ComparisonName, comparisonNames, type Kpi, kpiOutput } from '../lake/catalogue/kpi.ts';
import { FIGURE_SCALE, type GrowingColumns, noFigures, textToScaled } from '../lake/snapshot/columns.ts';
import { suggestion } from '../lake/values/nearest.ts';
import type { Cell, ColumnChunk, ResultColumn } from '../platform/engine.ts';
import { VigieError } from '../platform/errors.ts';

/** The figures of one as-of date, as the SELECT returned them. */
export interface MeasuredDay {
  readonly asOf: string;
  readonly figures: GrowingColumns;
}

/** What a KPI's statement returned, by column. */
export interface KpiResult {
  readonly columns: readonly ResultColumn[];
  readonly chunks: AsyncIterable<ColumnChunk>;
}

type Place = Readonly<Record<(typeof kpiOutput)[number], number>>;

/**
 * Reads the rows of a KPI's statement, which arrive in order of as-of date, day by day; a day without rows comes too.
 * Throws KPI_OUTPUT where the SELECT does not keep its promise: columns, windows, dimensions, one row a figure.
 */
export async function* readDays(
  kpi: Kpi,
  windows: readonly string[],
  asOfs: readonly string[],
  result: KpiResult,
): AsyncGenerator<MeasuredDay> {
  const place = placeOf(kpi, result.columns);
  const pending = [...asOfs];
  let figures = noFigures();
  let before: Key | undefined;
  for await (const chunk of result.chunks) {
    const read = readChunk(kpi, place, chunk);
    for (let row = 0; row < chunk.rows; row += 1) {
      const key = keyAt(read, row);
      while (pending[0] !== key.asOf) {
        const done = pending.shift();
        if (done === undefined)
          throw output(
            kpi,
            `returned the as_of ${key.asOf}, which was not asked for`,
            'Take as_of from `periods`.',
          );
        yield { asOf: done, figures };
        figures = noFigures();
      }
      checkKey(kpi, windows, key, before);
      addFigure(figures, key, read.numerator[row] ?? null, read.denominator[row] ?? null);
      before = key;
    }
  }
  for (const asOf of pending) {
    yield { asOf, figures };
    figures = noFigures();
  }
}

function placeOf(kpi: Kpi, columns: readonly ResultColumn[]): Place {
  const names = columns.map((column) => column.name.toLowerCase());
  const missing = kpiOutput.filter((name) => !names.includes(name));
  if (missing.length > 0) throw missingColumns(kpi, missing, names);
  const unknown = names.find((name) => !(kpiOutput as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw output(
      kpi,
      `returns the column \`${unknown}\`; ${suggestion(unknown, kpiOutput)}`,
      `A KPI returns exactly ${kpiOutput.join(', ')}.`,
    );
  }
  if (names.length > kpiOutput.length)
    throw output(kpi, 'returns a column twice', `A KPI returns exactly ${kpiOutput.join(', ')}.`);
  return Object.fromEntries(kpiOutput.map((name) => [name, names.indexOf(name)])) as unknown as Place;
}

export const missingColumns = (
  kpi: Kpi,
  missing: readonly string[],
  returned: readonly string[] = [],
): VigieError => {
  const near = returned.length === 0 ? '' : ` (it returns ${returned.join(', ')})`;
  const hint = `A KPI returns exactly ${kpiOutput.join(', ')}; a count without denominator returns CAST(NULL AS decimal(18,4)) AS denominator.`;
  return output(
    kpi,
    `does not return the column ${missing.map((name) => `\`${name}\``).join(', ')}${near}`,
    hint,
  );
};

/** Which figure a row is. */
interface Key {
  readonly asOf: Cell;
  readonly period: Cell;
  readonly comparison: Cell;
  readonly dimension: Cell;
  readonly member: Cell;
}

type KeyColumns = { readonly [Name in keyof Key]: readonly Cell[] };

interface ReadChunk {
  readonly keys: KeyColumns;
  readonly numerator: readonly (bigint | null)[];
  readonly denominator: readonly (bigint | null)[];
}

const keyAt = ({ keys }: ReadChunk, row: number): Key => ({
  asOf: keys.asOf[row] ?? null,
  period: keys.period[row] ?? null,
  comparison: keys.comparison[row] ?? null,
  dimension: keys.dimension[row] ?? null,
  member: keys.member[row] ?? null,
});

function readChunk(kpi: Kpi, place: Place, chunk: ColumnChunk): ReadChunk {
  const numbers = (column: 'numerator' | 'denominator') =>
    chunk.scaled(place[column], FIGURE_SCALE) ??
    chunk.column(place[column]).map((cell) => scaled(kpi, column, cell));
  const denominator = numbers('denominator');
  if (!kpi.ratio && denominator.some((value) => value !== null)) {
    throw output(
      kpi,
      'returned a denominator, but its front matter says `ratio: false`',
      'Return NULL, or say `ratio: true`.',
    );
  }
  const cells = (name: keyof Place) => chunk.column(place[name]);
  const keys = {
    asOf: cells('as_of'),
    period: cells('period'),
    comparison: cells('comparison'),
    dimension: cells('dimension'),
    member: cells('member'),
  };
  return { keys, numerator: numbers('numerator'), denominator };
}

/** Rows come in order of their keys, so that most name the same window and dimension as the one before. */
function checkKey(kpi: Kpi, windows: readonly string[], key: Key, before: Key | undefined): void {
  const { period, comparison, dimension, member } = key;
  const isLikeBefore =
    period === before?.period && comparison === before.comparison && dimension === before.dimension;
  if (!isLikeBefore) checkNames(kpi, windows, key);
  if ((dimension === null) !== (member === null)) {
    throw output(
      kpi,
      `returned dimension ${quoted(dimension)} with member ${quoted(member)}`,
      "A total has neither; a member nobody knows is '(unknown)'.",
    );
  }
  if (isLikeBefore && member === before.member && key.asOf === before.asOf) {
    const which = [key.asOf, period, comparison, dimension, member].map((cell) => cell ?? 'total').join(', ');
    throw output(
      kpi,
      `returned two rows for ${which}`,
      'One figure is one row: is a GROUP BY missing a column, or does a join repeat rows?',
    );
  }
}

function checkNames(kpi: Kpi, windows: readonly string[], { period, comparison, dimension }: Key): void {
  if (!windows.includes(String(period))) {
    throw output(
      kpi,
      `returned the window \`${period}\`; it offers ${windows.join(', ')}`,
      'Take period from `periods`, or add the window to `windows`.',
    );
  }
  if (!comparisonNames.includes(comparison as ComparisonName)) {
    throw output(
      kpi,
      `returned the comparison \`${comparison}\`; allowed: ${comparisonNames.join(', ')}`,
      'Take comparison from `periods`.',
    );
  }
  if (dimension != null && !Object.hasOwn(kpi.dimensions, String(dimension))) {
    throw output(
      kpi,
      `returned the dimension \`${dimension}\`; ${suggestion(String(dimension), Object.keys(kpi.dimensions))}`,
      'List it under `dimensions`, with its names.',
    );
  }
}

const quoted = (value: Cell | undefined): string => (value == null ? 'null' : `\`${value}\``);

function addFigure(
  figures: GrowingColumns,
  { period, comparison, dimension, member }: Key,
  numerator: bigint | null,
  denominator: bigint | null,
): void {
  figures.period.push(period as string);
  figures.comparison.push(comparison as string);
  figures.dimension.push(dimension as string | null);
  figures.member.push(memberText(member));
  figures.numerator.push(numerator);
  figures.denominator.push(denominator);
}

const memberText = (value: Cell | undefined): string | null => (value == null ? null : String(value));

/** Exact: decimals come as text, whole numbers as they are; 6 decimals are kept. */
function scaled(kpi: Kpi, column: string, value: Cell | undefined): bigint | null {
  if (value == null) return null;
  if (typeof value === 'bigint') return value * 1_000_000n;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) * 1_000_000n;
  const number = typeof value === 'boolean' ? undefined : textToScaled(String(value));
  if (number !== undefined) return number;
  throw output(
    kpi,
    `returned ${JSON.stringify(value)} as ${column}, which is not a number`,
    'Cast it to a decimal, or guard a division with NULLIF(…, 0).',
  );
}

const output = (kpi: Kpi, what: string, hint: string): VigieError =>
  new VigieError(`${kpi.file}:${kpi.sqlLine}: the SELECT ${what}`, {
    code: 'KPI_OUTPUT',
    hint,
    where: { file: kpi.file, line: kpi.sqlLine },
  });
