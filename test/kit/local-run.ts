import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, openContext } from '../../cli/context.ts';
import { silentProgress } from '../../cli/run/progress.ts';
import { runPipeline } from '../../cli/run/run-pipeline.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import type { Manifest } from '../../functions/lake/run/manifest.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { figureLines } from './aws/outcome.ts';

export interface LocalRun {
  readonly config: string;
  readonly state: string;
  readonly asOf: string;
  readonly from?: string;
  /** The instant at which the run starts. */
  readonly at: string;
  /** Puts something between the steps and their platform: a fuse, a fault. */
  readonly wrap?: (platform: Platform) => Platform;
  /** KPIs that this run leaves alone, beside those that the company does. */
  readonly without?: readonly string[];
}

/** A whole run as the command line makes it, with a clock that stands still. The database is closed whatever happens. */
export async function localRun(run: LocalRun): Promise<Manifest> {
  return withContext(run, (context) =>
    runPipeline(context, { asOf: run.asOf, from: run.from ?? run.asOf }, silentProgress),
  );
}

export async function withContext<T>(
  run: Omit<LocalRun, 'asOf'>,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const context = await openContext({ config: run.config, state: run.state }, silentLog);
  const platform = { ...context.platform, clock: frozenClock(run.at) };
  const company = run.without ? withoutKpis(context.company, run.without) : context.company;
  try {
    return await work({ ...context, company, platform: run.wrap ? run.wrap(platform) : platform });
  } finally {
    await context.close();
  }
}

const withoutKpis = (company: Company, ids: readonly string[]): Company => ({
  ...company,
  kpis: {
    ...company.kpis,
    off: { ...company.kpis.off, ...Object.fromEntries(ids.map((id) => [id, 'Not in this run.'])) },
  },
});

/** Every figure of some days, without who recorded it and when: equal after a repeated run. */
export const figuresOf = (run: Omit<LocalRun, 'asOf'>, from: string, to: string): Promise<string[]> =>
  withContext(run, ({ platform, catalogue }) =>
    figureLines(
      platform.bucket,
      catalogue.kpis.map((kpi) => kpi.id),
      from,
      to,
    ),
  );

/** The mails in a state folder, by name, with their bytes. */
export function mailsIn(state: string): Map<string, string> {
  const folder = join(state, 'mail');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.eml'),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
