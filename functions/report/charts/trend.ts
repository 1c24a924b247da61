import { type ChartSize, renderSvg } from './render-svg.ts';

export interface TrendSpan {
  /** Places in `dates`, both included. */
  readonly from: number;
  readonly to: number;
}

export interface Trend {
  /** Every day of the axis, ascending, without gaps. */
  readonly dates: readonly string[];
  /** A value for each date; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly lastYear: readonly (number | null)[];
  readonly targets: readonly (number | null)[];
  /** Days on which an alert was open. */
  readonly spans: readonly TrendSpan[];
}

/** Stands between the forms of a label in several languages: a chart is drawn once for all of them. */
export const LABEL_SEPARATOR = '\u241f';

export interface TrendOptions extends ChartSize {
  /** Starts the value axis at zero: amounts and counts, whose height means something. */
  readonly fromZero: boolean;
  /** The label of a value; in several languages, with `LABEL_SEPARATOR` between them. */
  readonly formatValue: (value: number) => string;
  readonly formatDay: (date: string) => string;
}

/** CSS variables of the page: the same picture serves light and dark, screen and paper. */
const INK = {
  line: 'var(--line)',
  faint: 'var(--faint)',
  rule: 'var(--rule)',
  alert: 'var(--alert)',
  text: 'var(--soft)',
};
const FONT_SIZE = 11;
/** Mean width of a digit at this size; ECharts cannot measure text without a browser. */
const CHARACTER_WIDTH = 6.4;

/** A line over days, with last year's, the target's and the days of open alerts. */
export function trendSvg(trend: Trend, options: TrendOptions): string {
  const extent = extentOf(trend, options.fromZero);
  return renderSvg(
    {
      textStyle: { fontFamily: 'inherit', fontSize: FONT_SIZE },
      // ECharts would shrink the grid to what it believes the labels need.
      grid: {
        ...{ left: 2, right: labelRoom(extent, options), top: 8, bottom: 22 },
        outerBoundsMode: 'none',
      },
      xAxis: dayAxis(trend.dates, options),
      yAxis: valueAxis(extent, options),
      series: [
        line(trend.lastYear, { color: INK.faint, width: 1.25 }),
        line(trend.targets, { color: INK.text, width: 1.25, type: [4, 3] }),
        {
          ...line(trend.values, { color: INK.line, width: options.width < 500 ? 1.5 : 2 }),
          data: withDots(trend.values),
          markArea: alertAreas(trend),
        },
      ],
    },
    options,
  );
}

const known = (trend: Trend): number[] =>
  [...trend.values, ...trend.lastYear, ...trend.targets].filter((value) => value !== null);

interface Extent {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** Round limits with three to six rules between them. */
function extentOf(trend: Trend, fromZero: boolean): Extent {
  const values = known(trend);
  const low = Math.min(...values, ...(fromZero || values.length === 0 ? [0] : []));
  const high = Math.max(...values, ...(fromZero ? [0] : []), low);
  const span = high - low || Math.abs(high) || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const min = Math.floor(low / step) * step;
  const max = Math.ceil(high / step) * step;
  return max === min ? { min: min - step, max: max + step, step } : { min, max, step };
}

const labelRoom = ({ min, max, step }: Extent, { formatValue }: TrendOptions): number => {
  const longest = Math.max(
    ...[min, max, min + step].flatMap((value) =>
      formatValue(value)
        .split(LABEL_SEPARATOR)
        .map((label) => label.length),
    ),
  );
  return Math.ceil(longest * CHARACTER_WIDTH) + 10;
};

const line = (values: readonly (number | null)[], lineStyle: Record<string, unknown>) => ({
  type: 'line',
  clip: false,
  silent: true,
  symbol: 'none',
  data: values.map((value, index) => [index, value]),
  lineStyle: { cap: 'round', join: 'round', ...lineStyle },
});

/** A dot on the last value, and on each that stands alone between two gaps. */
function withDots(values: readonly (number | null)[]) {
  const last = values.findLastIndex((value) => value !== null);
  return values.map((value, index) => {
    const alone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    const dot = value !== null && (index === last || alone);
    return {
      value: [index, value],
      symbol: dot ? 'circle' : 'none',
      symbolSize: 6,
      itemStyle: { color: INK.line },
    };
  });
}

function alertAreas({ spans, dates }: Trend) {
  const end = Math.max(1, dates.length - 1);
  const data = spans.map(({ from, to }) => [
    { xAxis: Math.max(0, from - 0.5) },
    { xAxis: Math.min(end, to + 0.5) },
  ]);
  return { silent: true, itemStyle: { color: INK.alert, opacity: 0.16 }, label: { show: false }, data };
}

function dayAxis(dates: readonly string[], { width, formatDay }: TrendOptions) {
  return {
    type: 'value',
    min: 0,
    max: Math.max(1, dates.length - 1),
    axisLine: { show: true, lineStyle: { color: INK.rule } },
    axisTick: { show: true, customValues: dayTicks(dates, width), lineStyle: { color: INK.rule } },
    splitLine: { show: false },
    axisLabel: {
      color: INK.text,
      fontSize: FONT_SIZE,
      customValues: dayTicks(dates, width),
      formatter: (index: number) => formatDay(dates[index] ?? ''),
    },
  };
}

/** Months' first days where there is more than a quarter, else Mondays; thinned until the labels have room. */
export function dayTicks(dates: readonly string[], width: number): number[] {
  const isMonday = (date: string): boolean => new Date(`${date}T00:00:00Z`).getUTCDay() === 1;
  const candidates = dates.flatMap((date, index) =>
    (dates.length > 92 ? date.endsWith('-01') : dates.length < 10 || isMonday(date)) ? [index] : [],
  );
  const room = Math.max(2, Math.floor(width / 64));
  const every = Math.ceil(candidates.length / room);
  const margin = (dates.length - 1) * 0.03;
  return candidates.filter(
    (index, place) => place % every === 0 && index >= margin && index <= dates.length - 1 - margin,
  );
}

const valueAxis = ({ min, max, step }: Extent, { formatValue }: TrendOptions) => ({
  type: 'value',
  position: 'right',
  min,
  max,
  interval: step,
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: INK.rule, width: 1 } },
  axisLabel: { color: INK.text, fontSize: FONT_SIZE, margin: 6, formatter: formatValue },
});
