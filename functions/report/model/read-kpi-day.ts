import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import type { Company } from '../../lake/company/company.ts';
import { readChange } from '../../lake/drivers/read-change.ts';
import type { SnapshotRow } from '../../lake/snapshot/snapshot.ts';
import { readFigures } from '../../lake/snapshot/store.ts';
import { addDays } from '../../lake/values/day.ts';
import type { Bucket } from '../../platform/bucket.ts';
import type { AlertSpan } from './alert-spans.ts';
import type { Causes, KpiDay } from './day.ts';
import { shownPeriod } from './headlines.ts';
import { type KpiFacts, kpiDayOf, SKETCH_DAYS, TREND_DAYS } from './kpi-day.ts';
import { NOISE_DAYS, noiseOfAll } from './noise.ts';
import type { ReadPart } from './read-part.ts';

export interface KpiDayInput {
  readonly company: Company;
  readonly asOf: string;
  readonly kpi: Kpi;
  readonly knownAt?: string | undefined;
  /** The window to show first, instead of the company's. */
  readonly period?: PeriodName | undefined;
  /** Without a year's trend, what is usual, and causes. */
  readonly brief?: true | undefined;
  readonly spans: readonly AlertSpan[];
  /** Windows to explain beside the one shown: those of alerts that are open. */
  readonly alerting: readonly PeriodName[];
}

/** Reads what is told of one KPI: its figures of the day, its totals of a year, what moved it. */
export async function readKpiDay(bucket: Bucket, input: KpiDayInput, part: ReadPart): Promise<KpiDay> {
  const { company, asOf, kpi, period, spans, knownAt } = input;
  const known = knownAt === undefined ? {} : { knownAt };
  const figures = await readFigures(bucket, { kpis: [kpi.id], from: asOf, to: asOf, ...known });
  const facts = { company, kpi, asOf, period, figures, spans, history: [], noise: new Map(), causes: {} };
  const history = await historyIfSound(bucket, input, part);
  if (input.brief) return kpiDayOf({ ...facts, history });
  const noise = noiseOfAll(kpi, asOf, history);
  return kpiDayOf({ ...facts, history, noise, causes: await causesOf(bucket, input, facts, part) });
}

/** What is left of a KPI whose figures cannot be read: its definition. */
export const unreadKpiDay = ({ company, asOf, kpi, period, spans }: KpiDayInput): KpiDay =>
  kpiDayOf({ company, kpi, asOf, period, spans, figures: [], history: [], noise: new Map(), causes: {} });

/** An older month that cannot be read takes its days from the trend, and nothing from the day. */
async function historyIfSound(bucket: Bucket, input: KpiDayInput, part: ReadPart): Promise<SnapshotRow[]> {
  const weeks = () => historyOf(bucket, { ...input, brief: true });
  const year = () => historyOf(bucket, input);
  const found = input.brief ? null : await part(`earlier figures of ${input.kpi.id}`, year, null);
  return found ?? part(`last weeks’ figures of ${input.kpi.id}`, weeks, []);
}

async function historyOf(bucket: Bucket, { kpi, asOf, knownAt, brief }: KpiDayInput): Promise<SnapshotRow[]> {
  const totals = {
    kpis: [kpi.id],
    to: addDays(asOf, -1),
    dimension: null,
    ...(knownAt === undefined ? {} : { knownAt }),
  };
  if (brief)
    return readFigures(bucket, {
      ...totals,
      from: addDays(asOf, 1 - SKETCH_DAYS),
      comparisons: ['current'],
    });
  const year = await readFigures(bucket, {
    ...totals,
    from: addDays(asOf, 1 - TREND_DAYS),
    comparisons: ['current', 'last_year', 'target'],
  });
  const quarter = await readFigures(bucket, {
    ...totals,
    from: addDays(asOf, -NOISE_DAYS),
    comparisons: ['previous'],
  });
  return [...year, ...quarter];
}

/** Late figures are not explained: they are compared with nothing. What cannot be explained keeps no figure back. */
async function causesOf(
  bucket: Bucket,
  input: KpiDayInput,
  { figures }: Pick<KpiFacts, 'figures'>,
  part: ReadPart,
): Promise<KpiDay['causes']> {
  const { kpi, company } = input;
  if (figures[0]?.quality === 'stale') return {};
  const causes: Partial<Record<PeriodName, Causes>> = {};
  for (const period of new Set([input.period ?? shownPeriod(kpi, company), ...input.alerting])) {
    const found = await part(`cause of ${kpi.id}`, () => causeOf(bucket, input, period, figures), null);
    if (found) causes[period] = found;
  }
  return causes;
}

/** Which comparison is explained first: running totals are compared with last year's, short windows with the one before. */
export function explainedFirst(
  period: PeriodName,
): readonly ['previous' | 'last_year', 'previous' | 'last_year'] {
  return period === 'day' || period === 'last_7d' || period === 'last_28d'
    ? ['previous', 'last_year']
    : ['last_year', 'previous'];
}

/** What moved a figure, against the comparison that says most. */
async function causeOf(
  bucket: Bucket,
  { company, asOf, kpi, knownAt }: KpiDayInput,
  period: PeriodName,
  figures: readonly SnapshotRow[],
): Promise<Causes | null> {
  const totals = figures.filter((row) => row.period === period && row.dimension === null);
  if (!totals.some((row) => row.comparison === 'current')) return null;
  const against = explainedFirst(period).find((kind) =>
    totals.some((row) => row.comparison === kind && row.numerator !== null),
  );
  if (against === undefined) return null;
  const compared = { asOf, period, against };
  return { against, explanation: await readChange(bucket, company.company, kpi, compared, knownAt) };
}
