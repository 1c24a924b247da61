import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { problemOf, type ReportedProblem } from '../../functions/lake/landing/batch.ts';
import type { Definitions } from '../../functions/lake/run/definitions.ts';
import { type FigureChange, figureChanges } from '../../functions/lake/snapshot/compare.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { figuresOfDay } from '../../functions/measure/measure-kpi.ts';
import type { Context } from '../context.ts';

/**
 * What became of a KPI since its figures of a day were recorded: `same` or `changed` definition; `new`: no run has
 * measured it; `gone`: it was measured, and is no more (its file went, or it is off).
 */
export interface KpiDiff {
  readonly kpi: string;
  readonly definition: 'same' | 'changed' | 'new' | 'gone';
  /** Figures recorded of the day. */
  readonly figures: number;
  readonly changes: readonly FigureChange[];
  /** Why it could not be measured now. */
  readonly problem?: ReportedProblem;
}

export interface DiffInput {
  readonly asOf: string;
  readonly recorded: readonly SnapshotRow[];
  readonly definitions: Definitions | undefined;
}

/** Measures a KPI again, as it is defined now, and holds its figures against those recorded. Records nothing. */
export async function diffOf(context: Context, kpi: Kpi, input: DiffInput): Promise<KpiDiff> {
  const { platform, company, catalogue } = context;
  const { asOf, recorded, definitions } = input;
  const own = recorded.filter((row) => row.kpi === kpi.id && row.period != null);
  const known = definitions?.kpis.get(kpi.id);
  const changed = known === kpi.version ? 'same' : 'changed';
  const facts = {
    kpi: kpi.id,
    definition: known === undefined ? 'new' : changed,
    figures: own.length,
  } as const;
  try {
    if (kpi.problem) throw kpi.problem;
    const now = await figuresOfDay(platform, { company, catalogue, kpi, asOf, findings: [] });
    if ('figures' in now) return { ...facts, changes: figureChanges(own, now.figures) };
    // Of a KPI that has no figures either way nothing needs to be said.
    return own.length === 0 ? { ...facts, changes: [] } : { ...facts, changes: [], problem: now.unavailable };
  } catch (error) {
    return { ...facts, changes: [], problem: problemOf(error) };
  }
}

/** A KPI that is measured no more: what was recorded stays. */
export const goneKpi = (kpi: string, recorded: readonly SnapshotRow[]): KpiDiff => ({
  kpi,
  definition: 'gone',
  figures: recorded.filter((row) => row.kpi === kpi && row.period != null).length,
  changes: [],
});

/** Whether somebody should look at it. */
export const differs = ({ definition, changes, problem }: KpiDiff): boolean =>
  (definition !== 'same' && (definition !== 'new' || changes.length > 0)) ||
  changes.length > 0 ||
  problem !== undefined;
