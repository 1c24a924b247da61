import type { CubeQuantity } from '../../functions/lake/catalogue/cube.ts';
import { comparisonNames, type Kpi, type PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { type Labels, labelWithId } from '../../functions/lake/catalogue/labels.ts';
import { spanOf } from '../../functions/lake/company/calendar.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { viewStatement } from '../../functions/measure/statement.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import type { Context } from '../context.ts';

/** Of a KPI that says what is `unknown`: from which day on its windows may begin, where one of them begins before. Else nothing. */
export async function knownFrom(
  context: Context,
  kpi: Kpi,
  date: string,
  period: PeriodName,
  labels: Labels,
): Promise<string[]> {
  const unknown = kpi.cube?.unknown;
  if (unknown === undefined) return [];
  const spans = comparisonNames.map((comparison) =>
    spanOf(context.company.company, date, period, comparison),
  );
  const days = await knownDays(context, kpi, date, unknown);
  const never = days.filter(({ day }) => day === null);
  const last = days
    .flatMap(({ day }) => day ?? [])
    .sort()
    .at(-1);
  const why = `  ${context.catalogue.viewsOf({ views: [unknown.rows] }).at(-1)?.describes ?? ''}`;
  if (never.length > 0) {
    const who = never.map(({ dimension, member }) => labelWithId(labels, dimension, member)).join(', ');
    return [`  No window has a total yet, for not all that it counts is known: ${who}.`, why];
  }
  if (last === undefined || spans.every(({ startsOn }) => startsOn >= last)) return [];
  return [
    `  Windows have a figure where they begin on ${last} or later: before, not all that they count was known.`,
    why,
  ];
}

interface KnownDay {
  readonly dimension: string;
  readonly member: string;
  /** First day of a window in which all is known; null: there is none yet. */
  readonly day: string | null;
}

/** Of each member the day after the last change to the better; the members are those of the first dimension that is told. */
async function knownDays(
  { platform, catalogue, company }: Context,
  kpi: Kpi,
  date: string,
  { rows, column, dimensions }: CubeQuantity,
): Promise<KnownDay[]> {
  const { engine } = platform;
  const input = { dialect: engine.dialect, catalogue, kpi, asOfs: [date], company: company.company };
  const select = viewStatement(input, rows);
  if (select === null) return [];
  const [first] = dimensions;
  const found = await queryRows(engine, select, { label: `explain ${rows}` });
  const members = new Map<string, { left: number; day: string | null }>();
  for (const row of found) {
    const member = String(first === undefined ? 'total' : (row[first.column] ?? '(unknown)'));
    const before = members.get(member) ?? { left: 0, day: null };
    const change = Number(row[column]);
    const day = change < 0 ? addDays(String(row['day']), 1) : null;
    members.set(member, {
      left: before.left + change,
      day: day !== null && (before.day === null || day > before.day) ? day : before.day,
    });
  }
  return [...members].map(([member, { left, day }]) => ({
    dimension: first?.id ?? '',
    member,
    day: left > 0 ? null : day,
  }));
}
