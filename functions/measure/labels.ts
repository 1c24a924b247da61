import type { TableColumn } from '../lake/catalogue/dimension.ts';
import { type Kpi, OTHER_MEMBERS, UNKNOWN_MEMBER } from '../lake/catalogue/kpi.ts';
import { recordLabels } from '../lake/catalogue/labels.ts';
import { problemOf } from '../lake/landing/batch.ts';
import type { FigureColumns } from '../lake/snapshot/columns.ts';
import { sqlText } from '../lake/values/sql-text.ts';
import { type Engine, queryRows } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';

/** Ids asked for by one statement: Athena takes 262,144 bytes. */
const CHUNK = 2000;

/** The members whose names a KPI needs, gathered while its figures pass by: of dimensions whose members are ids. */
export class MembersSeen {
  readonly #members: ReadonlyMap<string, Set<string>>;

  constructor({ brokenDownBy }: Pick<Kpi, 'brokenDownBy'>) {
    this.#members = new Map(
      brokenDownBy.flatMap(({ id, label }) => (label ? [[id, new Set<string>()]] : [])),
    );
  }

  add({ dimension, member }: Pick<FigureColumns, 'dimension' | 'member'>): void {
    for (const [index, named] of dimension.entries()) {
      const id = member[index];
      if (id == null || id === UNKNOWN_MEMBER || id === OTHER_MEMBERS) continue;
      if (named != null) this.#members.get(named)?.add(id);
    }
  }

  /** The ids of a dimension, ascending. */
  of(dimension: string): string[] {
    return [...(this.#members.get(dimension) ?? [])].sort();
  }
}

/**
 * Records the names of the members in a KPI's figures, as the lake has them today. Names only please: where they
 * cannot be read the figures stand, and people see ids.
 */
export async function recordMemberNames(
  platform: Pick<Platform, 'engine' | 'bucket' | 'clock' | 'log'>,
  kpi: Kpi,
  seen: MembersSeen,
): Promise<void> {
  try {
    const names = new Map<string, Map<string, string>>();
    for (const { id, label } of kpi.brokenDownBy) {
      const ids = seen.of(id);
      if (label && ids.length > 0) names.set(id, await namesOf(platform.engine, kpi, label, ids));
    }
    await recordLabels(platform.bucket, kpi, names, platform.clock.now().toISOString());
  } catch (error) {
    platform.log.warn('names of members not recorded', { kpi: kpi.id, ...problemOf(error) });
  }
}

async function namesOf(
  engine: Engine,
  kpi: Kpi,
  label: TableColumn,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const wanted = ids.slice(start, start + CHUNK).map(sqlText);
    const sql = `SELECT id, name FROM (${membersOf(engine, label)}) m WHERE name IS NOT NULL AND id IN (${wanted.join(', ')})`;
    for (const row of await queryRows(engine, sql, { label: `kpi ${kpi.id}: names of its ${label.table}` }))
      names.set(String(row['id']), String(row['name']));
  }
  return names;
}

/** Members and their names. Of a table whose rows are their sources', a key that several have is a member of each: after its source. */
function membersOf({ dialect }: Engine, { table, key, column, source }: TableColumn): string {
  const rows = `SELECT ${key} AS id, ${column} AS name FROM ${dialect.table(table)}`;
  if (source === undefined) return rows;
  return `SELECT CASE WHEN sources > 1 THEN source || '/' || id ELSE id END AS id, name FROM (
  SELECT ${key} AS id, ${column} AS name, ${source} AS source, count(*) OVER (PARTITION BY ${key}) AS sources FROM ${dialect.table(table)}
) s`;
}
