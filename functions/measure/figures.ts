import { type ComparisonName, comparisonNames, type Kpi, kpiOutput, selectOutput } from '../lake/kpi.ts';
import { suggestion } from '../lake/nearest.ts';
import { type GrowingColumns, noFigures, textToScaled } from '../lake/snapshot-columns.ts';
import type { Cell, Result, ResultColumn } from '../platform/engine.ts';
import { VigieError } from '../platform/errors.ts';

/** The figures of one as-of date, as the SELECT returned them. */
export interface MeasuredDay {
  readonly asOf: string;
  readonly figures: GrowingColumns;
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
  result: Result,
): AsyncGenerator<MeasuredDay> {
  const place = placeOf(kpi, result.columns);
  const pending = [...asOfs];
  let figures = noFigures();
  let previous: readonly Cell[] | undefined;
  for await (const chunk of result.chunks) {
    for (const row of chunk) {
      const asOf = row[place.as_of];
      while (pending[0] !== asOf) {
        const done = pending.shift();
        if (done === undefined)
          throw output(
            kpi,
            `returned the as_of ${asOf}, which was not asked for`,
            'Take as_of from `periods`.',
          );
        yield { asOf: done, figures };
        figures = noFigures();
      }
      checkRow(kpi, windows, place, row, previous);
      addRow(kpi, place, row, figures);
      previous = row;
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
  const hint =
    kpi.grain === 'day'
      ? `A KPI of grain day returns ${selectOutput(kpi).join(', ')}: one row a day, dimension and member.`
      : `A KPI returns exactly ${kpiOutput.join(', ')}; a count without denominator returns CAST(NULL AS decimal(18,4)) AS denominator.`;
  return output(
    kpi,
    `does not return the column ${missing.map((name) => `\`${name}\``).join(', ')}${near}`,
    hint,
  );
};

function checkRow(
  kpi: Kpi,
  windows: readonly string[],
  place: Place,
  row: readonly Cell[],
  previous: readonly Cell[] | undefined,
): void {
  const [period, comparison, dimension, member] = [
    place.period,
    place.comparison,
    place.dimension,
    place.member,
  ].map((at) => row[at]);
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
  if (dimension !== null && !Object.hasOwn(kpi.dimensions, String(dimension))) {
    throw output(
      kpi,
      `returned the dimension \`${dimension}\`; ${suggestion(String(dimension), Object.keys(kpi.dimensions))}`,
      'List it under `dimensions`, with its names.',
    );
  }
  if ((dimension === null) !== (member === null)) {
    throw output(
      kpi,
      `returned dimension ${quoted(dimension)} with member ${quoted(member)}`,
      "A total has neither; a member nobody knows is '(unknown)'.",
    );
  }
  const key = kpiOutput.slice(0, 5).map((name) => place[name]);
  if (previous && key.every((at) => row[at] === previous[at])) {
    const which = key.map((at) => row[at] ?? 'total').join(', ');
    throw output(
      kpi,
      `returned two rows for ${which}`,
      'One figure is one row: is a GROUP BY missing a column, or does a join repeat rows?',
    );
  }
}

const quoted = (value: Cell | undefined): string => (value == null ? 'null' : `\`${value}\``);

function addRow(kpi: Kpi, place: Place, row: readonly Cell[], figures: GrowingColumns): void {
  const denominator = scaled(kpi, 'denominator', row[place.denominator]);
  if (!kpi.ratio && denominator !== null) {
    throw output(
      kpi,
      'returned a denominator, but its front matter says `ratio: false`',
      'Return NULL, or say `ratio: true`.',
    );
  }
  figures.period.push(row[place.period] as string);
  figures.comparison.push(row[place.comparison] as string);
  figures.dimension.push(row[place.dimension] as string | null);
  figures.member.push(memberText(row[place.member]));
  figures.numerator.push(scaled(kpi, 'numerator', row[place.numerator]));
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
