import type { FigureKind, Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { figureValue } from '../../lake/snapshot/snapshot.ts';
import { wordIn } from '../../lake/values/language.ts';
import { comparisonName, formatDate, periodName } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatChange, formatHeadline, formatShare, judgement } from '../../languages/numbers.ts';
import type { Comparison, FigureBlock, TargetLine, Tone } from '../blocks.ts';
import { shownPeriod } from './choose-kpis.ts';
import { figureOf, rowOf } from './figure-of.ts';
import type { MailData } from './mail-data.ts';
import { isBeyondNoise, noiseKey, UNKNOWN_NOISE } from './noise.ts';
import { trendOf } from './trend.ts';
import { lastDateFor, whyNoValue } from './trust.ts';

/** A KPI of the day as a headline figure. A late one is shown with its date, and compared with nothing. */
export function figureBlock(data: MailData, kpi: Kpi, language: Language): FigureBlock {
  const period = shownPeriod(kpi, data.company);
  const value = figureOf(data, kpi, period);
  const quality = rowOf(data, kpi, period)?.quality ?? 'ok';
  const comparable = value !== null && quality !== 'stale';
  return {
    kind: 'figure',
    name: wordIn(kpi.names, language),
    period: periodName(period, language),
    value:
      value === null
        ? null
        : formatHeadline(value, kpi.unit, { language, currency: data.company.company.currency }),
    noValue: language.figures.noValue,
    note:
      value === null ? whyNoValue(data, kpi, period, language) : qualityNote(data, kpi, quality, language),
    comparisons: comparable ? comparisonsOf(data, kpi, period, language) : [],
    target: comparable ? targetOf(data, kpi, period, language) : null,
    chart: trendOf(data, kpi, period, language),
    sentence: null,
  };
}

function qualityNote(data: MailData, kpi: Kpi, quality: string, language: Language): string | null {
  if (quality === 'incomplete') return language.trust.incompleteNote;
  if (quality !== 'stale') return null;
  const date = lastDateFor(data, kpi);
  return language.trust.staleNote(date && formatDate(date, language, 'day'));
}

/** Of a year, the window before is the year before: said once. */
const sameAsLastYear = (period: PeriodName): boolean => period === 'ytd' || period === 'last_365d';

function comparisonsOf(data: MailData, kpi: Kpi, period: PeriodName, language: Language): Comparison[] {
  const kinds = sameAsLastYear(period) ? (['last_year'] as const) : (['last_year', 'previous'] as const);
  return kinds.flatMap(
    (kind) => against(data, kpi, period, kind, comparisonName(kind, period, language), language) ?? [],
  );
}

function targetOf(data: MailData, kpi: Kpi, period: PeriodName, language: Language): TargetLine | null {
  const target = figureOf(data, kpi, period, 'target');
  if (target === null) return null;
  const options = { language, currency: data.company.company.currency };
  const text = formatHeadline(target, kpi.unit, options);
  const [value, full] = [figureOf(data, kpi, period), figureOf(data, kpi, period, 'full_target')];
  const label = full === null ? language.mail.target(text) : language.mail.targetDue(text);
  const compared = against(data, kpi, period, 'target', label, language);
  const whole =
    full === null || full <= 0 || value === null
      ? null
      : language.mail.targetWhole(
          formatShare(value / full, language),
          formatHeadline(full, kpi.unit, options),
        );
  return compared && { ...compared, whole };
}

const TONES: Record<ReturnType<typeof judgement>, Tone> = { better: 'good', worse: 'bad', same: 'calm' };

function against(
  data: MailData,
  kpi: Kpi,
  period: PeriodName,
  kind: FigureKind,
  label: string,
  language: Language,
): Comparison | null {
  const [row, reference] = [rowOf(data, kpi, period), rowOf(data, kpi, period, kind)];
  if (!row || !reference) return null;
  const [value, before] = [figureValue(row, kpi.ratio), figureValue(reference, kpi.ratio)];
  const change = formatChange(value, before, kpi.unit, {
    language,
    currency: data.company.company.currency,
  });
  if (change === null) return null;
  // What rounds to nothing is neither good nor bad; nor is what the figure does anyway.
  const moved = /^[+−]/.test(change);
  if (!moved) return { change: language.mail.unchanged, label, tone: 'calm' };
  const noise = data.noise.get(noiseKey(kpi.id, period, kind)) ?? UNKNOWN_NOISE;
  const tone = isBeyondNoise(kpi, row, reference, noise) ? TONES[judgement(value, before, kpi.good)] : 'calm';
  return { change, label, tone };
}
