import type { Kpi } from '../catalogue/kpi.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';

/** What an event names: a KPI, and a dimension of one. */
export interface EventNames {
  readonly kpi: string | undefined;
  readonly dimension: string | undefined;
}

/** What is wrong with the KPI and the dimension that an event names; empty where nothing is. */
export function eventNameMistakes(
  { kpi: id, dimension }: EventNames,
  kpis: readonly Kpi[],
): { readonly field: 'kpi' | 'dimension'; readonly message: string }[] {
  const ids = kpis.map((each) => each.id);
  const kpi = kpis.find((each) => each.id === id);
  if (id !== undefined && kpi === undefined)
    return [{ field: 'kpi', message: `there is no KPI "${id}"; ${suggestion(id, ids)}` }];
  // What a KPI with a mistake in its file offers is not known.
  if (dimension === undefined || kpi?.problem) return [];
  const known = [
    ...new Set((kpi ? [kpi] : kpis).flatMap(({ dimensions }) => Object.keys(dimensions))),
  ].toSorted();
  if (known.includes(dimension)) return [];
  const who = kpi ? `${kpi.id} is not` : 'no KPI is';
  return [
    { field: 'dimension', message: `${who} broken down by "${dimension}"; ${suggestion(dimension, known)}` },
  ];
}

/** KPIs and dimensions of `events` that do not exist. */
export const eventMistakes = (data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] =>
  listAt(data, ['events']).flatMap((raw, index) => {
    const named = (key: string): string | undefined => {
      const value = valueAt(raw, [key]);
      return typeof value === 'string' ? value : undefined;
    };
    const names = { kpi: named('kpi'), dimension: named('dimension') };
    return (kpis ? eventNameMistakes(names, kpis) : []).map(
      ({ field, message }): Mistake => ({ path: ['events', index, field], message }),
    );
  });
