import { readCommands } from '../../lake/alerts/commands.ts';
import { readAlertHistory } from '../../lake/alerts/store.ts';
import type { AlertCommand, AlertReport } from '../../lake/catalogue/alert.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import type { Company } from '../../lake/company/company.ts';
import { type ReviewSpan, reviewOf, reviewSpans } from '../../lake/company/readers.ts';
import { figureValue } from '../../lake/snapshot/snapshot.ts';
import { readFigures } from '../../lake/snapshot/store.ts';
import { addDays } from '../../lake/values/day.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { type Day, figureValueOf, headlineOf } from './day.ts';
import { type DayInput, readDay } from './read-day.ts';

/** A week or a month that is over, as its last day tells it: figures in that window, what was open, what was foreseen. */
export interface Review {
  readonly span: ReviewSpan;
  readonly from: string;
  /** Its last day as a day of the report, figures in the window that is as long as the review where the KPI has it. */
  readonly day: Day;
  /** What was judged of its days, ascending. */
  readonly reports: readonly AlertReport[];
  /** What people said of alerts up to its end, oldest first. */
  readonly commands: readonly AlertCommand[];
  readonly forecasts: readonly PastForecast[];
}

/** What was foreseen of a month, and what came of it: of a month that is not over, what is foreseen now. */
export interface PastForecast {
  readonly kpi: Kpi;
  /** The day on which it was foreseen. */
  readonly on: string;
  readonly foreseen: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What came, or is foreseen now. */
  readonly now: number;
  readonly isOver: boolean;
}

/** The window that is as long as a review. */
const WINDOW: Readonly<Record<ReviewSpan, PeriodName>> = { weekly: 'last_7d', monthly: 'mtd' };
/** Days of a month on which its forecasts are held against what came. */
const FORECAST_DAYS = ['10', '20'];

/** The reviews that end on a day and that somebody wants. Throws what reading the day throws. */
export async function readReviews(bucket: Bucket, input: DayInput): Promise<Review[]> {
  const wanted = reviewSpans.filter((span) => isWanted(input.company, span));
  const ended = wanted.flatMap((span) => reviewOf(input.asOf, span) ?? []);
  return Promise.all(ended.map(({ span, from }) => readReview(bucket, input, span, from)));
}

const isWanted = ({ recipients, channels }: Company, span: ReviewSpan): boolean =>
  [...recipients, ...channels].some(({ summary }) => summary === span);

/** What a review tells, whoever wants it. */
export async function readReview(
  bucket: Bucket,
  input: DayInput,
  span: ReviewSpan,
  from: string,
): Promise<Review> {
  const { asOf } = input;
  const [day, reports, commands] = await Promise.all([
    readDay(bucket, { ...input, prefer: WINDOW[span] }),
    readAlertHistory(bucket, from, asOf),
    readCommands(bucket),
  ]);
  const upToNow = commands.filter(({ after }) => after === null || after <= asOf);
  return {
    span,
    from,
    day,
    reports,
    commands: upToNow,
    forecasts: await pastForecasts(bucket, day, span, from),
  };
}

/** Of a month that is over, what the days 10 and 20 foresaw; within one, what was foreseen a week ago. */
async function pastForecasts(
  bucket: Bucket,
  { asOf, kpis }: Day,
  span: ReviewSpan,
  from: string,
): Promise<PastForecast[]> {
  const isOver = span === 'monthly';
  const days = isOver ? FORECAST_DAYS.map((day) => `${asOf.slice(0, 8)}${day}`) : [addDays(from, -1)];
  // A month that began within the week was not foreseen before.
  const asked = days.filter((day) => day.slice(0, 7) === asOf.slice(0, 7));
  if (asked.length === 0) return [];
  const wanted = kpis.filter(
    ({ kpi, isMeasured }) => isMeasured && kpi.windows.includes('mtd') && !kpi.forecasts,
  );
  const found = await Promise.all(
    wanted.map(async (of): Promise<PastForecast[]> => {
      const { kpi } = of;
      const line = of.windows.find(({ period }) => period === 'mtd') ?? headlineOf(of);
      const now = figureValueOf(line, isOver ? 'current' : 'forecast');
      if (now === null || line?.period !== 'mtd') return [];
      const rows = await readFigures(bucket, {
        ...{ kpis: [kpi.id], from: asked[0] ?? asOf, to: asOf, asOfs: asked, dimension: null },
        periods: ['mtd'],
        comparisons: ['forecast', 'forecast_low', 'forecast_high'],
      });
      return asked.flatMap((on): PastForecast[] => {
        const foreseenValue = (kind: string): number | null => {
          const row = rows.find(({ asOf: day, comparison }) => day === on && comparison === kind);
          return row ? figureValue(row, kpi.ratio) : null;
        };
        const foreseen = foreseenValue('forecast');
        const range = { low: foreseenValue('forecast_low'), high: foreseenValue('forecast_high') };
        return foreseen === null ? [] : [{ kpi, on, foreseen, ...range, now, isOver }];
      });
    }),
  );
  return found.flat();
}
