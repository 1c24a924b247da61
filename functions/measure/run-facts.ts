import type { Kpi } from '../lake/catalogue/kpi.ts';
import { problemOf } from '../lake/landing/batch.ts';
import { asOfsToMeasure, type RunRef } from '../lake/run/run.ts';
import { readStateIfSound } from '../lake/state/file.ts';
import { type Bucket, writeJson } from '../platform/bucket.ts';
import type { Engine } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';
import { filledOf } from './availability.ts';
import { type EarlierChecks, earlierChecks } from './day-quality.ts';
import { type TargetRow, targetRows } from './targets.ts';

/**
 * What every KPI of a run asks before it is measured, asked once for all, at `work/<run>/measure/_facts.json`. Athena bills
 * each statement 10 MB at least, and each waits its turn: with 67 KPIs two in three statements of a morning were these.
 */
export interface RunFacts {
  /** Tables that were looked into, and those of them that hold a row. */
  readonly asked: readonly string[];
  readonly filled: readonly string[];
  /** The targets of all KPIs; null where there are too many to hand to each. */
  readonly targets: readonly TargetRow[] | null;
  /** What the checks of the earlier days found that the run measures again. */
  readonly checks: EarlierChecks;
}

/** Tables in one statement: each is a stage or two. */
const TABLES_A_STATEMENT = 20;
const MOST_TARGETS = 5000;

const keyOf = ({ run }: Pick<RunRef, 'run'>): string => `work/${run}/measure/_facts.json`;

/** Asks, and keeps what is answered. Where that fails each KPI asks for itself, and tells by its own statement what is wrong. */
export async function keepRunFacts(
  { engine, bucket, log }: Pick<Platform, 'engine' | 'bucket' | 'log'>,
  run: RunRef,
  kpis: readonly Kpi[],
): Promise<void> {
  try {
    const checks = await earlierChecks(bucket, asOfsToMeasure(run).slice(0, -1));
    await writeJson(bucket, keyOf(run), await askRunFacts(engine, kpis, checks));
  } catch (error) {
    log.warn('each KPI asks for itself what all of them ask', { ...problemOf(error) });
  }
}

/** What was kept of this run; undefined where nothing was, or it is damaged. */
export const readRunFacts = (bucket: Bucket, run: Pick<RunRef, 'run'>): Promise<RunFacts | undefined> =>
  readStateIfSound<RunFacts>(bucket, keyOf(run));

export async function askRunFacts(
  engine: Engine,
  kpis: readonly Kpi[],
  checks: EarlierChecks = {},
): Promise<RunFacts> {
  const asked = [...new Set(kpis.flatMap(({ counts }) => counts))].sort();
  const filled: string[] = [];
  for (let first = 0; first < asked.length; first += TABLES_A_STATEMENT) {
    const some = asked.slice(first, first + TABLES_A_STATEMENT);
    filled.push(...(await filledOf(engine, some, 'which tables hold rows')));
  }
  const targets = await targetRows(engine, kpis, 'targets');
  return { asked, filled: filled.sort(), targets: targets.length > MOST_TARGETS ? null : targets, checks };
}
