import { pngOf } from '../../platform/png.ts';
import { renderSvg } from './render-svg.ts';

export interface SparklineOptions {
  /** In CSS pixels; the PNG has twice as many. Default 120 × 32. */
  readonly width?: number;
  readonly height?: number;
  /** Of the line. The default has contrast enough on white and on black: mail clients turn backgrounds dark. */
  readonly colour?: string;
  /** Draws a dashed line at this value. */
  readonly target?: number | null;
}

/** Pixels of the PNG for one CSS pixel. */
const DENSITY = 2;
const DEFAULT_COLOUR = '#3a82c4';
const TARGET_COLOUR = '#8d949b';

/** A sparkline as PNG, on its transparent ground, at double density. */
export const sparklinePng = (svg: string): Promise<Uint8Array> => pngOf(svg, DENSITY);

/** A sparkline without what ECharts adds for browsers and counts up: the same values give the same text. */
export const stillSparkline = (values: readonly (number | null)[], options?: SparklineOptions): string =>
  sparklineSvg(values, options)
    .replace(/<style[^>]*>[\s\S]*?<\/style>| class="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, 'zr-');

/** A sparkline as SVG text. A day without a value is a gap, never zero. */
export function sparklineSvg(values: readonly (number | null)[], options: SparklineOptions = {}): string {
  const { width = 120, height = 32, colour = DEFAULT_COLOUR, target = null } = options;
  const points = values.map((value, index) => point(value, index, values));
  return renderSvg(
    {
      grid: { left: 3, right: 5, top: 4, bottom: 4 },
      xAxis: { type: 'category', show: false, boundaryGap: false },
      yAxis: { type: 'value', show: false, ...range(values, target) },
      series: [
        {
          type: 'line',
          clip: false,
          data: points,
          // ECharts drops the symbols of long lines otherwise, and with them the dot at the end.
          showAllSymbol: true,
          lineStyle: { width: 1.75, color: colour, cap: 'round', join: 'round' },
          itemStyle: { color: colour },
          ...(target === null ? {} : { markLine: targetLine(target) }),
        },
      ],
    },
    { width, height },
  );
}

/** The last value carries a dot; so does a value between two gaps, which has no line of its own. */
function point(value: number | null, index: number, values: readonly (number | null)[]) {
  const last = index === values.findLastIndex((candidate) => candidate !== null);
  const alone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
  const symbol = value !== null && (last || alone) ? 'circle' : 'none';
  return { value, symbol, symbolSize: last ? 5 : 3 };
}

function range(values: readonly (number | null)[], target: number | null): { min: number; max: number } {
  const known = [...values, target].filter((value) => value !== null);
  if (known.length === 0) return { min: 0, max: 1 };
  const min = Math.min(...known);
  const max = Math.max(...known);
  // A flat line runs through the middle.
  return min === max ? { min: min - 1, max: max + 1 } : { min, max };
}

const targetLine = (target: number) => ({
  silent: true,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: TARGET_COLOUR, width: 1, type: [3, 2] },
  data: [{ yAxis: target }],
});
