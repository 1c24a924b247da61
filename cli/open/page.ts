import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import type { SnapshotQuery } from '../../functions/lake/snapshot/snapshot.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { languageOf, languages } from '../../functions/languages/languages.ts';
import type { Day, KpiDay } from '../../functions/report/model/day.ts';
import type { Place } from '../../functions/report/site/address.ts';
import { policyOf, renderPage, type View } from '../../functions/report/site/document.tsx';
import { type Drawings, drawingsOf } from '../../functions/report/site/drawings.ts';
import type { Context } from '../context.ts';
import { instantOf } from '../values/value-rows.ts';
import { addressOfQuestion, changed, type Question } from './question.ts';
import type { Reply } from './server.ts';
import { askStyles } from './styles.ts';

/** The days with figures just before and after one. */
export interface NextDays {
  readonly before: string | null;
  readonly after: string | null;
}

export async function nextDays(context: Context, { kpi, asOf, knownAt }: Question): Promise<NextDays> {
  const known = knownAt === undefined ? {} : { knownAt: instantOf(knownAt) };
  const days = await recordedDays(context, {
    kpis: [kpi.id],
    periods: [kpi.headline],
    ...near(asOf),
    ...known,
  });
  return nextTo(days, asOf);
}

/** Days with figures of some KPIs, ascending. */
export async function recordedDays({ platform }: Context, query: SnapshotQuery): Promise<string[]> {
  const rows = await readFigures(platform.bucket, { ...query, dimension: null, comparisons: ['current'] });
  return [...new Set(rows.map(({ asOf }) => asOf))].toSorted();
}

/** Days around one in which the day before and the day after are looked for. */
const NEAR = 45;
export const near = (asOf: string): { readonly from: string; readonly to: string } => ({
  from: addDays(asOf, -NEAR),
  to: addDays(asOf, NEAR),
});

export const nextTo = (days: readonly string[], asOf: string): NextDays => ({
  before: days.findLast((day) => day < asOf) ?? null,
  after: days.find((day) => day > asOf) ?? null,
});

/** What every page of a question stands in. */
export interface Frame {
  readonly context: Context;
  /** KPIs of which anything is recorded, for the contents. */
  readonly listed: readonly Kpi[];
  /** Pages of whole days, which take longest to read, by day: with the runs that they tell of. */
  readonly kept: Map<string, { readonly runs: string; readonly page: Reply }>;
}

/** A page about a question, in every language: with the report's own parts, whose links become questions. */
export function questionPage(
  frame: Frame,
  question: Question,
  { day, sheet, near }: { readonly day: Day; readonly sheet: KpiDay; readonly near: NextDays },
  view: View,
): Reply {
  const { context, listed } = frame;
  const { kpi, asOf } = question;
  const drawings = drawingsOf(sheet, day.events, context.company.company.currency, languages);
  const before = near.before === null ? null : { asOf: near.before, kpis: new Set([kpi.id]) };
  const address = addressing(question, listed);
  return pageOf(
    frame,
    { day, here: { asOf, kpi: kpi.id }, drawings, before, next: near.after, address },
    view,
  );
}

interface Placed {
  readonly day: Day;
  readonly here: Place;
  readonly drawings: Drawings;
  readonly before: { readonly asOf: string; readonly kpis: ReadonlySet<string> } | null;
  readonly next: string | null;
  readonly address: (place: Place) => string;
}

/** Any page of the app. */
export function pageOf(
  { context, listed }: Pick<Frame, 'context' | 'listed'>,
  { day, ...placed }: Placed,
  view: View,
): Reply {
  const first = languageOf(context.company.recipients[0]?.language);
  const asking: View = { ...view, asks: true, styles: askStyles };
  return {
    ...{ status: 200, type: 'text/html', policy: policyOf(asking) },
    body: renderPage({ ...placed, data: day, first, languages, listed }, asking),
  };
}

/** Another KPI or day keeps of the question what fits it. */
const addressing =
  (question: Question, listed: readonly Kpi[]) =>
  ({ asOf, kpi, dimension, member }: Place): string => {
    if (asOf === undefined) return '/';
    const other = listed.find(({ id }) => id === kpi) ?? (kpi === question.kpi.id ? question.kpi : undefined);
    if (other === undefined) return `/${asOf}`;
    const where = dimension === undefined || member === undefined ? [] : [{ dimension, member }];
    const asked = changed(question, { asOf, where: [...question.where, ...where] });
    return addressOfQuestion(other.id === question.kpi.id ? asked : fitting(asked, other));
  };

function fitting(question: Question, kpi: Kpi): Question {
  const has = (dimension: string): boolean => Object.hasOwn(kpi.dimensions, dimension);
  const isChosen = question.period !== question.kpi.headline && kpi.windows.includes(question.period);
  return changed(question, {
    ...{ kpi, period: isChosen ? question.period : kpi.headline, table: undefined },
    by: question.by.filter(has),
    where: question.where.filter(({ dimension }) => has(dimension)),
  });
}

/** The addresses of days and KPIs, from where nothing is asked yet. */
export const plainAddress = ({ asOf, kpi }: Place): string =>
  asOf === undefined ? '/' : `/${asOf}${kpi === undefined ? '' : `/${kpi}`}`;
