import { OTHER_MEMBERS, UNKNOWN_MEMBER } from '../../lake/catalogue/kpi.ts';
import { dimensionName, memberName } from '../letters/names.ts';
import type { KpiDay } from '../model/day.ts';
import { memberId } from './address.ts';
import { listedMembers } from './breakdown.tsx';
import type { Edition } from './edition.ts';

/** Who has lines on pages of a day, for the field that finds them: read by `findScript`. */
export interface MemberIndex {
  /** Ids of KPIs, in the order of the contents. */
  readonly kpis: readonly string[];
  /** Of each member: its dimension's name, its own, the anchor of its lines, and the places in `kpis` of those that have one. */
  readonly members: readonly (readonly [
    dimension: string,
    name: string,
    anchor: string,
    ...kpis: readonly number[],
  ])[];
}

/**
 * Every member that has a line on a page of the day, once: a page of its own for each KPI, and none may load a file, so that the
 * day's page alone has it. What no page shows is not in it
 * either, nor what is nobody (unknown, others).
 */
export function memberIndex({ data, language }: Edition): MemberIndex {
  const found = new Map<string, [string, string, string, ...number[]]>();
  for (const [place, sheet] of data.kpis.entries()) {
    for (const { dimension, member } of linesOf(sheet)) {
      const anchor = memberId(dimension, member);
      const { kpi } = sheet;
      const line = found.get(anchor);
      if (line) line.push(place);
      else {
        const name = memberName(data.labels, kpi, dimension, member, language);
        found.set(anchor, [dimensionName(kpi, dimension, language), name, anchor, place]);
      }
    }
  }
  return { kpis: data.kpis.map(({ kpi }) => kpi.id), members: [...found.values()] };
}

const linesOf = (sheet: KpiDay): { dimension: string; member: string }[] =>
  sheet.breakdowns.flatMap((breakdown) =>
    listedMembers(sheet, breakdown)
      .filter(({ member }) => member !== UNKNOWN_MEMBER && member !== OTHER_MEMBERS)
      .map(({ member }) => ({ dimension: breakdown.dimension, member })),
  );
