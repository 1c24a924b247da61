import { pngOf } from '../../platform/png.ts';
import { paint, stretchesOf } from './paint.ts';
import { type Course, dots, dotted, line } from './svg.ts';

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

const STROKE = 1.75;
const DOTS = { last: 2.5, alone: 1.5 } as const;

/** A sparkline as PNG, on its transparent ground, at double density. A day without a value is a gap, never zero. */
export function sparklinePng(values: readonly (number | null)[], options: SparklineOptions = {}): Uint8Array {
  const { width = 120, height = 32, colour = DEFAULT_COLOUR } = options;
  const course = courseOf(values, { width, height });
  const spots = dotted(course, DOTS).map(({ place, r }) => ({ from: place, to: place, radius: r }));
  const stretches = [...stretchesOf(course, STROKE / 2), ...spots];
  const [red = 0, green = 0, blue = 0] = [...Buffer.from(colour.slice(1), 'hex')];
  return pngOf({
    ...{ width: width * DENSITY, height: height * DENSITY, colour: [red, green, blue] },
    opacity: paint(stretches, { width, height }, DENSITY),
  });
}

/** A sparkline as the inside of an `<svg>`. */
export function sparklineShapes(values: readonly (number | null)[], options: SparklineOptions = {}): string {
  const { width = 120, height = 32, colour = DEFAULT_COLOUR } = options;
  const course = courseOf(values, { width, height });
  return line(course, { stroke: colour, 'stroke-width': STROKE }) + dots(course, colour, DOTS);
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
