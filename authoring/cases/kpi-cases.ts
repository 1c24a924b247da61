import { type Catalogue, loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { kpiOutput } from '../../functions/lake/catalogue/kpi.ts';
import { explainSqlProblem } from '../../functions/measure/sql-problem.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import { type Cell, type Engine, queryRows } from '../../functions/platform/engine.ts';
import type { ExpectedRow, KpiCase } from './case-file.ts';
import { completeRows, type Given } from './given-rows.ts';
import { withInlineTables } from './inline-tables.ts';

/** A row as text that can be compared and read: `2026-03-15 mtd current region=north 12.5 / 3`. */
type Line = string;

/** The rows expected and returned, as sorted lines: equal when the case holds. */
export interface CaseResult {
  readonly expected: readonly Line[];
  readonly returned: readonly Line[];
}

/** Runs one case on an engine. Throws when the SQL fails or does not return the seven columns. */
export async function runKpiCase(
  engine: Engine,
  id: string,
  kase: KpiCase,
  catalogue: Catalogue = loadCatalogue(),
): Promise<CaseResult> {
  const asOfs = [...kase.as_of].sort();
  const { currency, time_zone: timeZone } = kase.company;
  const { tables } = catalogue;
  const asOf = asOfs.at(-1) as string;
  const given = completeRows(kase.given as Given, { tables, currency, timeZone, asOf });
  const inline = withInlineTables(engine, given, tables);
  const statements = kpiStatements({
    dialect: inline.dialect,
    catalogue,
    kpi: catalogue.kpi(id),
    asOfs,
    company: kase.company,
  });
  const wanted = filterOf(kase);
  const returned: Line[] = [];
  for (const statement of statements) {
    const rows = await queryRows(inline, statement.sql, { label: `kpi ${id}` }).catch((error: unknown) => {
      // The author of a case is told what the author of a run is: file, line, remedy.
      throw explainSqlProblem(error, statement, catalogue.kpi(id), catalogue);
    });
    for (const row of rows) {
      checkColumns(id, Object.keys(row));
      if (wanted(row)) returned.push(lineOf(row));
    }
  }
  const expected = kase.expect.map((row) => lineOf({ ...row, as_of: row.as_of ?? onlyDay(asOfs, row) }));
  return { expected: expected.sort(), returned: returned.sort() };
}

function checkColumns(id: string, names: readonly string[]): void {
  const missing = kpiOutput.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !(kpiOutput as readonly string[]).includes(name));
  if (missing.length + unknown.length === 0) return;
  throw new Error(`kpi ${id} returns ${names.join(', ')}; wanted exactly ${kpiOutput.join(', ')}`);
}

function onlyDay(asOfs: readonly string[], row: ExpectedRow): string {
  if (asOfs.length > 1) throw new Error(`expect: ${JSON.stringify(row)} needs as_of, the case has several`);
  return asOfs[0] as string;
}

/** Expecting nothing means: no row at all. */
function filterOf({ expect, only }: KpiCase): (row: Record<string, Cell>) => boolean {
  const named = <T>(given: readonly T[] | undefined, values: readonly T[]) =>
    given ?? (expect.length === 0 ? undefined : values);
  const periods = named<unknown>(
    only.periods,
    expect.map((row) => row.period),
  );
  const comparisons = named<unknown>(
    only.comparisons,
    expect.map((row) => row.comparison),
  );
  const dimensions = named<unknown>(
    only.dimensions,
    expect.map((row) => row.dimension),
  );
  const within = (values: readonly unknown[] | undefined, value: unknown) =>
    values === undefined || values.includes(value);
  return (row) =>
    within(periods, row['period']) &&
    within(comparisons, row['comparison']) &&
    within(dimensions, row['dimension']);
}

function lineOf(row: Readonly<Record<string, Cell | undefined>>): Line {
  const member = row['dimension'] == null ? 'total' : `${row['dimension']}=${row['member']}`;
  const stray =
    row['dimension'] == null && row['member'] != null ? ` (member ${row['member']} without dimension)` : '';
  return `${row['as_of']} ${row['period']} ${row['comparison']} ${member}${stray}: ${exact(row['numerator'])} / ${exact(row['denominator'])}`;
}

/** Canonical text of an exact number: no trailing zeros, no exponent. */
function exact(value: Cell | undefined): string {
  if (value === null || value === undefined) return 'null';
  const [whole = '0', decimals = ''] = String(value).split('.');
  const rest = decimals.replace(/0+$/, '');
  const text = rest === '' ? whole : `${whole}.${rest}`;
  return text === '-0' ? '0' : text;
}
