import { OTHER_MEMBERS } from '../../lake/catalogue/kpi.ts';
import { isAmong, type Member, type Members, membersOf } from '../../lake/company/members.ts';
import type { AlertOfDay } from './alerts.ts';
import type { Day, DayList, KpiDay, MemberFigures } from './day.ts';

/**
 * What of a day concerns some members: their figures of every KPI that knows them, the alerts on them, their entries of
 * lists. Nothing else is in it, so that nothing made of it can tell of anybody else: no total, no other member, no cause.
 * The day itself where nobody names members.
 */
export function dayForMembers(day: Day, members: Members | undefined): Day {
  if (members === undefined) return day;
  const isMine = ({ bound, member }: AlertOfDay): boolean => isAmong(members, bound.rule.dimension, member);
  return {
    ...day,
    of: members,
    kpis: day.kpis.flatMap((of) => membersOf(members).map((member) => kpiOfMember(of, member))),
    lists: day.lists.flatMap((each) => listOfMembers(each, members)),
    openAlerts: day.openAlerts.filter(isMine),
    alertNews: day.alertNews.filter(isMine),
    // A company’s own check may say nothing for readers; its message may name anybody’s rows.
    findings: day.findings.map((finding) => ({ ...finding, means: finding.means ?? {}, sample: null })),
    history: [],
    // What happened to everybody, or to them.
    events: day.events.filter(
      ({ dimension, member }) => member === null || isAmong(members, dimension, member),
    ),
  };
}

/** A KPI of one member, in the window shown first. */
function kpiOfMember(of: KpiDay, { dimension, member }: Member): KpiDay {
  const { kpi, period, quality, recorded, isMeasured } = of;
  const known = of.breakdowns.find((each) => each.dimension === dimension)?.members ?? [];
  const line = known.find((each) => each.member === member);
  const nothing = { causes: {}, trend: null, course: null, spans: [], breakdowns: [] };
  return {
    ...{ kpi, period, quality, recorded, isMeasured, ...nothing },
    of: { dimension, member, missing: line ? null : whyMissing(of, dimension, known) },
    windows: line ? [{ period, figures: line.figures, notable: line.notable, recent: [] }] : [],
    sketch: line?.sketch ?? { period, points: [] },
  };
}

function whyMissing({ kpi }: KpiDay, dimension: string, known: readonly MemberFigures[]) {
  if (!Object.hasOwn(kpi.dimensions, dimension)) return 'no dimension';
  return known.some(({ member }) => member === OTHER_MEMBERS) ? 'among others' : null;
}

/** A list that says whose its entries are: theirs alone. Any other has nothing for them. */
export function listOfMembers({ list, entries }: DayList, members: Members): DayList[] {
  const mine = entries.filter(({ values }) =>
    Object.entries(list.dimensions).some(([dimension, column]) => {
      const value = values[column];
      return value != null && isAmong(members, dimension, String(value));
    }),
  );
  return mine.length > 0 ? [{ list, entries: mine }] : [];
}

/** Members of which the day has no figure, in any window it is compared with, and no entry of a list: names that nobody writes so. */
export const unknownMembers = (day: Pick<Day, 'kpis' | 'lists'>, members: Members): readonly Member[] =>
  membersOf(members).filter(
    ({ dimension, member }) =>
      !day.kpis.some(({ breakdowns }) =>
        breakdowns.some(
          (each) => each.dimension === dimension && each.members.some((line) => line.member === member),
        ),
      ) && !day.lists.some((each) => listOfMembers(each, { [dimension]: [member] }).length > 0),
  );
