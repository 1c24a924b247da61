import { type Batch, type Conflict, inputAt } from '../lake/landing/batch.ts';
import {
  clashingScopes,
  conflictingScopes,
  fileConflicts,
  heldScopes,
  keyConflicts,
  measuresOf,
} from '../lake/landing/conflicts.ts';
import type { MergeInput, Superseding } from '../lake/landing/merge.ts';
import { type Cell, type Engine, queryRows } from '../platform/engine.ts';

/** So many scopes of a conflict are remembered, to know when all of them were delivered anew. */
const MOST_SCOPES = 500;

type Row = Readonly<Record<string, Cell>>;

/** The rows of a batch that cannot all be right: of one key in one input, or of one scope in files of one day. */
export async function findConflicts(
  engine: Engine,
  merge: MergeInput,
  superseding: Superseding,
  batch: Batch,
): Promise<Conflict[]> {
  const label = `conflicts in ${batch.table} from ${batch.source}`;
  const found: Conflict[] = [];
  const ask = async (kind: Conflict['kind'], sql: string, scopes: string): Promise<void> => {
    const [row] = await queryRows(engine, sql, { label });
    if (!row) return;
    const held = (await queryRows(engine, scopes, { label })).map(({ scope }) => String(scope));
    found.push(conflictOf(kind, row, held, batch, merge));
  };
  if (superseding.keys) {
    const scopes = conflictingScopes(merge, superseding, MOST_SCOPES + 1);
    await ask('key', keyConflicts(merge, superseding), scopes);
  }
  const { rivals = [] } = batch;
  if (superseding.scopes && rivals.length > 0)
    await ask('files', fileConflicts(merge, rivals), clashingScopes(merge, rivals, MOST_SCOPES + 1));
  return found;
}

function conflictOf(
  kind: Conflict['kind'],
  row: Row,
  scopes: readonly string[],
  batch: Batch,
  { table }: MergeInput,
): Conflict {
  const shares = measuresOf(table).flatMap((name) => {
    const share = row[`share_${name}`];
    return share === null || share === undefined ? [] : [[name, Number(share)] as const];
  });
  const inputs = [row['sample_input'], row['other_input']].map(
    (place) => inputAt(batch, Number(place))?.name ?? batch.source,
  );
  const lines = [row['first_row'], row['last_row']];
  return {
    kind,
    run: batch.run,
    rows: Number(row['lost_rows']),
    inputs: Number(row['inputs']),
    shares: Object.fromEntries(shares),
    sample: {
      key: String(row['sample_key']),
      inputs: [...new Set(inputs)],
      lines: kind === 'key' ? lines.map(Number) : [],
    },
    firstDate: textOrNull(row['first_on']),
    lastDate: textOrNull(row['last_on']),
    scopes: scopes.slice(0, MOST_SCOPES),
    ...(scopes.length > MOST_SCOPES ? { more: true as const } : {}),
  };
}

const textOrNull = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);

/** Earlier conflicts, less what this batch delivers anew. */
export async function unresolved(
  engine: Engine,
  merge: MergeInput,
  earlier: readonly Conflict[],
): Promise<Conflict[]> {
  const scopes = [...new Set(earlier.flatMap((conflict) => conflict.scopes))];
  if (scopes.length === 0 || merge.batch.files.length === 0) return [...earlier];
  const rows = await queryRows(engine, heldScopes(merge, scopes), { label: 'conflicts delivered anew' });
  const anew = new Set(rows.map(({ scope }) => String(scope)));
  return earlier
    .map((conflict) => ({ ...conflict, scopes: conflict.scopes.filter((scope) => !anew.has(scope)) }))
    .filter(({ scopes: left, more }) => left.length > 0 || more);
}
