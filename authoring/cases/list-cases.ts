import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { ListEntry } from '../../functions/lake/snapshot/list-entries.ts';
import { queryEntries } from '../../functions/measure/lists.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import type { ListCase } from './case-file.ts';
import { completeRows, type Given } from './given-rows.ts';
import { withInlineTables } from './inline-tables.ts';
import type { CaseResult } from './kpi-cases.ts';

/** Runs one case of a list on an engine. Throws LIST_SQL, with the file. */
export async function runListCase(
  engine: Engine,
  id: string,
  kase: ListCase,
  catalogue: Catalogue,
): Promise<CaseResult> {
  const list = catalogue.lists.find((each) => each.id === id);
  if (!list) throw new Error(`there is no list \`${id}\``);
  const { as_of: asOf, company } = kase;
  const { tables } = catalogue;
  const context = { tables, currency: company.currency, timeZone: company.time_zone, asOf };
  const inline = withInlineTables(engine, completeRows(kase.given as Given, context), tables);
  const limits = { rows: kase.rows ?? list.rows, at_least: kase.at_least ?? list.at_least };
  const entries = await queryEntries(inline, { catalogue, company }, list, { asOf, ...limits });
  const columns = [...new Set(kase.expect.flatMap((row) => Object.keys(row)))];
  const unknown = columns.filter((column) => column !== 'why' && !(column in list.columns));
  if (unknown.length > 0) throw new Error(`expect: ${unknown.join(', ')}: no column of the list`);
  const line = (row: Readonly<Record<string, unknown>>, at: number): string =>
    `${String(at + 1).padStart(3)} ${columns.map((column) => `${column}=${row[column] ?? 'null'}`).join(' ')}`;
  return {
    expected: kase.expect.map(line),
    returned: entries.map((entry) => ({ ...entry.values, why: whyOf(entry) })).map(line),
  };
}

const whyOf = ({ reasons }: ListEntry): string =>
  reasons.map(({ reason, points, most }) => `${reason} ${points}/${most}`).join(', ');
