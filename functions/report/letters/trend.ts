import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatShort } from '../../languages/numbers.ts';
import { sha256 } from '../../platform/hash.ts';
import type { Day, KpiDay, Sketch } from '../model/day.ts';
import type { Chart } from './blocks.ts';
import { formatOf } from './names.ts';

const SIZE = { width: 132, height: 40 } as const;
/** Below this a line says nothing. */
const FEWEST = 5;

/** The small trend beside a figure, as picture and in words; null while there are too few days. */
export function trendOf(day: Day, { kpi, of, sketch }: KpiDay, language: Language): Chart | null {
  const known = sketch.points.filter((point): point is KnownPoint => point.value !== null);
  if (known.length < FEWEST) return null;
  const sorted = known.toSorted((a, b) => a.value - b.value);
  const [low, high, last] = [sorted[0], sorted.at(-1), known.at(-1)] as [KnownPoint, KnownPoint, KnownPoint];
  const said = (point: KnownPoint): string => formatShort(point.value, kpi.unit, formatOf(day, language));
  const on = (point: KnownPoint): string => formatDate(point.date, language, 'short');
  const alt = language.mail.chart({
    points: known.length,
    daily: sketch.period === 'day',
    ...{ low: said(low), lowDate: on(low), high: said(high), highDate: on(high) },
    ...{ last: said(last), lastDate: on(last) },
  });
  return {
    // A name within the mail: it holds nothing of anybody’s data.
    id: of === null ? kpi.id : `${kpi.id}-${sha256(JSON.stringify([of.dimension, of.member]), 8)}`,
    values: sketch.points.map(({ value }) => value),
    ...SIZE,
    alt,
  };
}

type Point = Sketch['points'][number];
type KnownPoint = Point & { readonly value: number };
