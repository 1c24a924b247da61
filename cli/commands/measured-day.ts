import { isRecorded, latestAsOf, readFigures } from '../../functions/lake/snapshot/store.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { type Context, runCommand } from '../context.ts';
import { refuseFuture } from '../past-day.ts';

/** The as-of date to show: the wanted one, or the latest that any KPI was measured for. Throws NO_FIGURES when there is none. */
export async function measuredDay(context: Context, wanted?: string): Promise<string> {
  refuseFuture(context, { '--date': wanted });
  const latest = await latestOfAll(context);
  if (latest === undefined)
    throw noFigures('Nothing has been measured yet.', `Run \`${runCommand(context)}\` first.`);
  if (wanted === undefined || wanted === latest || (await hasFigures(context, wanted)))
    return wanted ?? latest;
  throw noFigures(
    `${wanted} has not been measured; the latest day is ${latest}.`,
    `Run \`${runCommand(context)} --date ${wanted}\` first, or several days with --from and --to.`,
  );
}

/** Whether any KPI was measured for a day, be it that it had no figure; without one, for any day. */
export async function isMeasured(context: Context, day: string | undefined): Promise<boolean> {
  if (day === undefined) return (await latestOfAll(context)) !== undefined;
  const { catalogue, platform } = context;
  const recorded = await Promise.all(catalogue.kpis.map(({ id }) => isRecorded(platform.bucket, id, day)));
  return recorded.includes(true);
}

async function latestOfAll({ catalogue, platform }: Context): Promise<string | undefined> {
  const days = await Promise.all(catalogue.kpis.map((kpi) => latestAsOf(platform.bucket, kpi.id)));
  return days
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
}

const noFigures = (message: string, hint: string): VigieError =>
  new VigieError(message, { code: 'NO_FIGURES', hint });

async function hasFigures({ platform, catalogue }: Context, day: string): Promise<boolean> {
  const rows = await readFigures(platform.bucket, {
    kpis: catalogue.kpis.map((kpi) => kpi.id),
    from: day,
    to: day,
    comparisons: ['current'],
    dimension: null,
  });
  return rows.length > 0;
}
