import pLimit from 'p-limit';
import type { Company } from '../../lake/company/company.ts';
import { isAmong, type Members } from '../../lake/company/members.ts';
import { readFigures } from '../../lake/snapshot/store.ts';
import { addDays } from '../../lake/values/day.ts';
import type { Bucket } from '../../platform/bucket.ts';
import type { Breakdown, Day, KpiDay } from './day.ts';
import { type FigureReader, headlinesOf } from './headlines.ts';
import { memberSketch, SKETCH_DAYS, sketchPeriod } from './kpi-day.ts';
import type { ReadPart } from './read-part.ts';

/** Whoever is told of members alone: people and places. */
export const followersOf = ({ recipients, channels }: Company): (FigureReader & { members: Members })[] =>
  [...recipients, ...channels].flatMap(({ members, ...reader }) => (members ? [{ ...reader, members }] : []));

const AT_ONCE = 4;

/** The small lines of members that somebody is told of, for the figures that they are shown: nobody else’s are read. */
export async function withMemberSketches(
  bucket: Bucket,
  day: Pick<Day, 'company' | 'asOf' | 'kpis' | 'themes' | 'knownAt'>,
  part: ReadPart,
): Promise<readonly KpiDay[]> {
  const wanted = followersOf(day.company).flatMap((reader) =>
    headlinesOf(day, reader).map((of) => ({ id: of.kpi.id, members: reader.members })),
  );
  const limit = pLimit(AT_ONCE);
  const sketched = async (of: KpiDay): Promise<KpiDay> => {
    const mine = wanted.filter(({ id }) => id === of.kpi.id).map(({ members }) => members);
    if (mine.length === 0) return of;
    const breakdowns = await Promise.all(
      of.breakdowns.map((breakdown) => limit(() => followed(bucket, day, of, breakdown, mine, part))),
    );
    return { ...of, breakdowns };
  };
  return Promise.all(day.kpis.map(sketched));
}

async function followed(
  bucket: Bucket,
  { company, asOf, knownAt }: Pick<Day, 'company' | 'asOf' | 'knownAt'>,
  { kpi, period, windows: lines }: KpiDay,
  breakdown: Breakdown,
  mine: readonly Members[],
  part: ReadPart,
): Promise<Breakdown> {
  const { dimension } = breakdown;
  const isMine = (member: string): boolean => mine.some((members) => isAmong(members, dimension, member));
  if (!breakdown.members.some(({ member }) => isMine(member))) return breakdown;
  const windows = lines.map((line) => line.period);
  const query = {
    ...{ kpis: [kpi.id], from: addDays(asOf, 1 - SKETCH_DAYS), to: asOf, dimension },
    periods: [sketchPeriod(period, windows)],
    comparisons: ['current' as const],
    ...(knownAt === null ? {} : { knownAt }),
  };
  const rows = await part(`last weeks of ${dimension} of ${kpi.id}`, () => readFigures(bucket, query), []);
  const shown = { kpi, company, asOf, period, windows };
  return {
    dimension,
    members: breakdown.members.map((line) =>
      isMine(line.member)
        ? { ...line, sketch: memberSketch(shown, { dimension, member: line.member }, rows) }
        : line,
    ),
  };
}
