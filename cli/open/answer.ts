import { type PeriodName, periodNames } from '../../functions/lake/catalogue/kpi.ts';
import { type FigureColumns, scaledToText } from '../../functions/lake/snapshot/columns.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { readFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { cutKpi, type MemberOf } from '../../functions/measure/cut/cut-kpi.ts';
import { countedNow } from '../../functions/measure/measure-kpi.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Day, Figure, KpiDay } from '../../functions/report/model/day.ts';
import { kpiDayOf, TREND_DAYS } from '../../functions/report/model/kpi-day.ts';
import type { Context } from '../context.ts';
import { askedDay, instantOf } from '../values/value-rows.ts';
import type { Question } from './question.ts';

/** The figures that answer a question. */
export interface Answer {
  readonly question: Question;
  /** What is recorded around it: alerts, findings, names. */
  readonly day: Day;
  /** The KPI as asked: of all rows, or of those of the members chosen. Breakdowns are those asked for, a crossing of two as a third. */
  readonly sheet: KpiDay;
  /** `recorded`: of the snapshot, as `vigie values` has it; `counted`: of the lake, as it is now. */
  readonly source: 'recorded' | 'counted';
  /** Of what is counted, the figure of the snapshot where there is one, and it differs. */
  readonly restated: { readonly recorded: Figure | undefined; readonly counted: Figure | undefined } | null;
}

/**
 * Answers a question about figures. What the snapshot has is read from it, by the functions of `vigie values`: all windows of
 * the total and of a member, and one dimension. More members at once, and more dimensions, are counted of the lake.
 */
export async function answerOf(context: Context, question: Question): Promise<Answer> {
  const { kpi, asOf, period, by, where, knownAt } = question;
  const whole = where.length === 0 && by.length < 2;
  const known = knownAt === undefined ? {} : { knownAt };
  const day = await askedDay(context, kpi, {
    date: asOf,
    period,
    ...known,
    ...(!whole && { brief: true as const }),
  });
  const found = day.kpis[0];
  if (found === undefined)
    throw new VigieError(`Nothing is recorded of ${kpi.id} on ${asOf}.`, {
      code: 'NO_FIGURES',
      hint: 'Choose another day, or run it: vigie run --date DAY.',
    });
  if (whole)
    return {
      question,
      day,
      source: 'recorded',
      restated: null,
      sheet: { ...found, breakdowns: only(found, by[0]) },
    };
  const [member] = where;
  const recorded = where.length === 1 && member ? await memberSheet(context, question, found, member) : found;
  if (where.length === 1 && by.length === 0)
    return { question, day, sheet: recorded, source: 'recorded', restated: null };
  if (knownAt !== undefined) throw notKept(question);
  const sheet = await countedSheet(context, question, found);
  return {
    ...{ question, day, sheet, source: 'counted' },
    restated: where.length > 1 ? null : differing(totalOf(recorded, period), totalOf(sheet, period)),
  };
}

const only = ({ breakdowns }: KpiDay, dimension: string | undefined): KpiDay['breakdowns'] =>
  dimension === undefined ? breakdowns : breakdowns.filter((each) => each.dimension === dimension);

const totalOf = ({ windows }: KpiDay, period: PeriodName): Figure | undefined =>
  windows.find((window) => window.period === period)?.figures.current;

const differing = (recorded: Figure | undefined, counted: Figure | undefined): Answer['restated'] =>
  recorded?.numerator === counted?.numerator && recorded?.denominator === counted?.denominator
    ? null
    : { recorded, counted };

const notKept = ({ by, where }: Question): VigieError =>
  new VigieError(
    `${[...where.map(({ dimension }) => dimension), ...by].join(' with ')}: figures as they were known then are kept by one dimension, not of two together.`,
    {
      code: 'NOT_KEPT',
      hint: 'Leave out the day on which they were known, or break down by one dimension, or choose one member.',
    },
  );

/** One member's figures in every window, and its year, of the snapshot. */
async function memberSheet(
  context: Context,
  { kpi, asOf, period, knownAt, by }: Question,
  found: KpiDay,
  { dimension, member }: MemberOf,
): Promise<KpiDay> {
  const rows = await readFigures(context.platform.bucket, {
    ...{ kpis: [kpi.id], from: by.length > 0 ? asOf : addDays(asOf, 1 - TREND_DAYS), to: asOf, dimension },
    ...(knownAt !== undefined && { knownAt: instantOf(knownAt) }),
  });
  const own = rows.flatMap((row) =>
    row.dimension === dimension && row.member === member ? [{ ...row, dimension: null, member: null }] : [],
  );
  const facts = { company: seen(context), kpi, asOf, period, spans: [], noise: new Map(), causes: {} };
  const sheet = kpiDayOf({
    ...facts,
    figures: own.filter((row) => row.asOf === asOf),
    history: own.filter((row) => row.asOf < asOf),
  });
  return { ...sheet, quality: found.quality, recorded: found.recorded };
}

/** A window that the company leaves out may be asked for by name. */
const seen = ({ company }: Context): Context['company'] => ({
  ...company,
  kpis: { ...company.kpis, off: {}, windows_off: [] },
});

/** Figures of some rows, by one or two dimensions, in one window, counted of the lake by the KPI's own statement. */
async function countedSheet(context: Context, question: Question, found: KpiDay): Promise<KpiDay> {
  const { kpi, asOf, period, by, where } = question;
  const { platform, catalogue } = context;
  const company = seen(context);
  const cut = cutKpi(kpi, { by, where, shown: await shownMembers(context, question) });
  const figures = await countedNow(platform, {
    company: {
      ...company,
      kpis: { ...company.kpis, windows_off: periodNames.filter((each) => each !== period) },
    },
    ...{ catalogue, kpi: cut, asOf },
  });
  const rows = rowsOf(figures, {
    kpi: kpi.id,
    asOf,
    unit: kpi.unit,
    quality: found.quality,
    ...recordedNow(context),
  });
  const shown = { ...kpi, dimensions: cut.dimensions };
  const facts = { company, kpi: shown, asOf, period, figures: rows, spans: [], noise: new Map(), causes: {} };
  const sheet = kpiDayOf({ ...facts, history: [] });
  return { ...sheet, kpi, windows: sheet.windows.filter((window) => window.period === period) };
}

const recordedNow = ({ platform }: Context): Pick<SnapshotRow, 'version' | 'run' | 'recordedAt'> => ({
  // Counted now, and recorded nowhere.
  version: 0,
  run: 'open',
  recordedAt: platform.clock.now().toISOString(),
});

/** Of each dimension that shows its largest members only: those it showed on the day. */
async function shownMembers(
  { platform }: Context,
  { kpi, asOf, by, where }: Question,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = new Set([...by, ...where.map(({ dimension }) => dimension)]);
  const ranked = kpi.brokenDownBy.filter(({ id, top }) => top !== null && asked.has(id));
  const found = await Promise.all(
    ranked.map(async ({ id }) => {
      const rows = await readFigures(platform.bucket, {
        kpis: [kpi.id],
        from: asOf,
        to: asOf,
        dimension: id,
      });
      const members = rows.flatMap(({ dimension, member }) =>
        dimension === id && member !== null ? [member] : [],
      );
      return [id, [...new Set(members)].filter((member) => member !== '(other)')] as const;
    }),
  );
  return new Map(found);
}

function rowsOf(
  figures: FigureColumns,
  facts: Pick<SnapshotRow, 'kpi' | 'asOf' | 'unit' | 'quality' | 'version' | 'run' | 'recordedAt'>,
): SnapshotRow[] {
  const text = (value: bigint | null | undefined): string | null =>
    value == null ? null : scaledToText(value);
  return figures.period.map((period, at) => ({
    ...facts,
    period: period as PeriodName,
    comparison: figures.comparison[at] as SnapshotRow['comparison'],
    dimension: figures.dimension[at] ?? null,
    member: figures.member[at] ?? null,
    numerator: text(figures.numerator[at]),
    denominator: text(figures.denominator[at]),
  }));
}
