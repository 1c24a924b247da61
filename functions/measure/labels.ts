import { problemOf } from '../lake/batch.ts';
import { namedDimensions as NAMED } from '../lake/kpis/dependencies.ts';
import { type Kpi, OTHER_MEMBERS, UNKNOWN_MEMBER } from '../lake/kpis/kpi.ts';
import { recordLabels } from '../lake/kpis/labels.ts';
import type { FigureColumns } from '../lake/snapshot/snapshot-columns.ts';
import { type Engine, queryRows } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';

type Named = keyof typeof NAMED;

/** Ids asked for by one statement: Athena takes 262,144 bytes. */
const CHUNK = 2000;

/** The members whose names a KPI needs, gathered while its figures pass by. */
export class MembersSeen {
  readonly #members = new Map<Named, Set<string>>();

  add({ dimension, member }: Pick<FigureColumns, 'dimension' | 'member'>): void {
    for (const [index, named] of dimension.entries()) {
      const id = member[index];
      if (id == null || id === UNKNOWN_MEMBER || id === OTHER_MEMBERS) continue;
      if (named == null || !Object.hasOwn(NAMED, named)) continue;
      const ids = this.#members.get(named as Named) ?? new Set();
      this.#members.set(named as Named, ids.add(id));
    }
  }

  entries(): (readonly [Named, string[]])[] {
    return [...this.#members].map(([named, ids]) => [named, [...ids].sort()] as const);
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
    for (const [named, ids] of seen.entries())
      names.set(named, await namesOf(platform.engine, kpi, named, ids));
    await recordLabels(platform.bucket, kpi, names, platform.clock.now().toISOString());
  } catch (error) {
    platform.log.warn('names of members not recorded', { kpi: kpi.id, ...problemOf(error) });
  }
}

async function namesOf(
  engine: Engine,
  kpi: Kpi,
  named: Named,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { table, id } = NAMED[named];
  const names = new Map<string, string>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const wanted = ids.slice(start, start + CHUNK).map((each) => `'${each.replaceAll("'", "''")}'`);
    const sql = `SELECT ${id} AS id, name FROM ${engine.dialect.table(table)} WHERE name IS NOT NULL AND ${id} IN (${wanted.join(', ')})`;
    for (const row of await queryRows(engine, sql, { label: `kpi ${kpi.id}: names of its ${named}s` }))
      names.set(String(row['id']), String(row['name']));
  }
  return names;
}
