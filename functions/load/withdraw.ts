import type { Batch } from '../lake/landing/batch.ts';
import { countWithdrawn, withdrawStatement } from '../lake/landing/withdrawn.ts';
import type { TableDefinition } from '../lake/tables/table.ts';
import type { Tables } from '../lake/tables/tables.ts';
import type { Bucket } from '../platform/bucket.ts';
import { queryRows } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * After statements of what people agree to were loaded: what was taken back loses the hashes by which the person is found
 * elsewhere. It looks at all of the table, not at what the batch brought: an older grant that is delivered late, or again, is
 * emptied too, and repeating it changes nothing.
 */
export async function forgetWithdrawn(
  { engine, log }: Pick<Platform, 'engine' | 'log'>,
  batch: Pick<Batch, 'source' | 'run'>,
  table: TableDefinition,
): Promise<void> {
  const { withdrawal } = table;
  if (withdrawal === undefined) return;
  const label = `withdraw from ${table.name}`;
  const of = { table, withdrawal };
  const [row] = await queryRows(engine, countWithdrawn(engine.dialect, of), { label });
  if (Number(row?.['withdrawn']) === 0) return;
  await engine.execute(withdrawStatement(engine.dialect, of, batch), { label });
  log.info('withdrawn', { table: table.name, rows: Number(row?.['withdrawn']) });
}

/**
 * At the end of a run: removes what was landed of such tables. The hash of somebody who withdraws tomorrow would lie there for
 * 30 days; where the lake is lost, the source is read from its beginning.
 */
export async function forgetLanded(bucket: Bucket, tables: Pick<Tables, 'all'>): Promise<void> {
  for (const { name, withdrawal } of tables.all)
    if (withdrawal !== undefined)
      for await (const { key } of bucket.list(`landing/${name}/`)) await bucket.remove(key);
}
