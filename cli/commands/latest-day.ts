import { latestAsOf } from '../../functions/lake/snapshot-store.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Context } from '../context.ts';

/** The latest as-of date that any KPI was measured for. */
export async function latestDay(context: Context): Promise<string> {
  const days = await Promise.all(
    context.catalogue.kpis.map((kpi) => latestAsOf(context.platform.bucket, kpi.id)),
  );
  const latest = days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
  if (latest) return latest;
  throw new VigieError('Nothing has been measured yet.', {
    code: 'NO_FIGURES',
    hint: 'Run `vigie run` first.',
  });
}
