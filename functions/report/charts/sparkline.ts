import { pngOf } from '../../platform/png.ts';
import { type Course, dots, line } from './svg.ts';

export interface SparklineOptions {
  /** In CSS pixels; the PNG has twice as many. Default 120 × 32. */
  readonly width?: number;
  readonly height?: number;
  /** Of the line. The default has contrast enough on white and on black: mail clients turn backgrounds dark. */
  readonly colour?: string;
}

/** Pixels of the PNG for one CSS pixel. */
const DENSITY = 2;
const DEFAULT_COLOUR = '#3a82c4';
/** Room for the width of the line, and for the dot at its end. */
const MARGIN = { left: 3, right: 5, top: 4, bottom: 4 } as const;

/** A sparkline as PNG, on its transparent ground, at double density. */
export const sparklinePng = (svg: string): Promise<Uint8Array> => pngOf(svg, DENSITY);

/** A sparkline as an SVG file. A day without a value is a gap, never zero. */
export function sparklineSvg(values: readonly (number | null)[], options: SparklineOptions = {}): string {
  const { width = 120, height = 32 } = options;
  const frame = `xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg ${frame}>${sparklineShapes(values, options)}</svg>`;
}

/** What is inside of `sparklineSvg`, for a page that has its own `<svg>`. */
export function sparklineShapes(values: readonly (number | null)[], options: SparklineOptions = {}): string {
  const { width = 120, height = 32, colour = DEFAULT_COLOUR } = options;
  const course = courseOf(values, { width, height });
  return (
    line(course, { stroke: colour, 'stroke-width': 1.75 }) + dots(course, colour, { last: 2.5, alone: 1.5 })
  );
}

function courseOf(values: readonly (number | null)[], size: { width: number; height: number }): Course {
  const { min, max } = range(values);
  const step = (size.width - MARGIN.left - MARGIN.right) / Math.max(1, values.length - 1);
  const room = size.height - MARGIN.top - MARGIN.bottom;
  return values.map((value, index) =>
    value === null ? null : [MARGIN.left + index * step, MARGIN.top + room * ((max - value) / (max - min))],
  );
}

function range(values: readonly (number | null)[]): { min: number; max: number } {
  const known = values.filter((value) => value !== null);
  const min = Math.min(...known);
  const max = Math.max(...known);
  // A flat line runs through the middle.
  return min === max ? { min: min - 1, max: max + 1 } : { min, max };
}
