import type { Kpi } from '../catalogue/kpi.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';
import { isRecord } from '../yaml/words.ts';

/** What is asked for of somebody and would never come: members of dimensions that no KPI has, digests of closed days. */
export const toldMistakes = (data: unknown, kpis: readonly Kpi[] | undefined): Mistake[] =>
  everybody(data).flatMap((path) => [
    ...(kpis ? dimensionMistakes(data, [...path, 'members'], kpis) : []),
    ...weekdayMistakes(data, [...path, 'weekdays']),
  ]);

/** Hours of roles that nobody has: nobody would be told at them. */
export function hourMistakes(data: unknown): Mistake[] {
  const hours = valueAt(data, ['delivery', 'hours']);
  const known = [...new Set(everybody(data).flatMap((path) => listAt(data, [...path, 'roles']).map(String)))];
  return (isRecord(hours) ? Object.keys(hours) : [])
    .filter((role) => known.length > 0 && !known.includes(role))
    .map((role) => ({
      path: ['delivery', 'hours', role],
      atKey: true,
      message: `nobody has the role "${role}"; ${suggestion(role, known.toSorted())}`,
    }));
}

/** Everybody and every place that is told, those of stages too. */
export function everybody(data: unknown): Path[] {
  const stages = valueAt(data, ['aws', 'stages']);
  const lists: Path[] = [
    ['recipients'],
    ['channels'],
    ...(isRecord(stages) ? Object.keys(stages) : []).map(
      (stage): Path => ['aws', 'stages', stage, 'recipients'],
    ),
  ];
  return lists.flatMap((list) => listAt(data, list).map((_, index): Path => [...list, index]));
}

function dimensionMistakes(data: unknown, path: Path, kpis: readonly Kpi[]): Mistake[] {
  const members = valueAt(data, path);
  const known = [...new Set(kpis.flatMap(({ dimensions }) => Object.keys(dimensions)))].toSorted();
  return (isRecord(members) ? Object.keys(members) : [])
    .filter((dimension) => !known.includes(dimension))
    .map((dimension) => ({
      path: [...path, dimension],
      atKey: true,
      message: `no KPI is broken down by "${dimension}"; ${suggestion(dimension, known)}`,
    }));
}

function weekdayMistakes(data: unknown, path: Path): Mistake[] {
  if (valueAt(data, ['delivery', 'on_closed_days']) === true) return [];
  const closed = listAt(data, ['company', 'closed', 'weekdays']);
  return listAt(data, path).flatMap((weekday, index): Mistake[] =>
    closed.includes(weekday)
      ? [
          {
            path: [...path, index],
            message: `no digest is sent of a ${weekday}, on which the company is closed; a digest is of a day and goes out the morning after. Take it out, or set \`delivery.on_closed_days\``,
          },
        ]
      : [],
  );
}
