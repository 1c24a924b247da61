import { dayTicks, type Scale, scaleOf } from './scales.ts';
import { type Course, dots, line, onPixel, px, rules, type Stroke } from './svg.ts';

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
  /** Days on which something happened that people noted. */
  readonly events: readonly TrendSpan[];
  /** Where a window that runs on is to end on the last of its dates, and where it will; absent of a window that is over. */
  readonly end?: TrendEnd;
}

export type TrendEnd = Readonly<Record<'target' | 'forecast' | 'low' | 'high', number | null>>;

/** How the axes are labelled in a language. */
export interface AxisWords {
  readonly value: (value: number) => string;
  readonly day: (date: string) => string;
}

export interface TrendOptions {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly words: readonly AxisWords[];
}

/** A chart in two parts, as the inside of an `<svg>`: what is the same in every language, and the labels of each. */
export interface Drawing {
  readonly shapes: string;
  readonly labels: readonly string[];
  /** Where its first and its last day stand, as parts of the width. */
  readonly ends: readonly [number, number];
}

/** CSS variables of the page: the same picture serves light and dark, screen and paper. */
const INK = {
  line: 'var(--line)',
  faint: 'var(--faint)',
  rule: 'var(--rule)',
  alert: 'var(--alert)',
  event: 'var(--event)',
  paper: 'var(--paper)',
  text: 'var(--soft)',
};
/** Mean width of a character of the labels, which the style sheet sets at 11 px: nobody measures text without a browser. */
const CHARACTER_WIDTH = 6.4;
const MARGIN = { left: 2, top: 8, bottom: 22 } as const;
/** Half the width of the mark of an event, and its height: seen where its days are a hair. */
const FLAG = { half: 4, height: 6 } as const;
/** From the end of the rules to their labels, from the axis to the middle of its labels, and the length of its ticks. */
const GAP = { value: 6, day: 13.5, tick: 5 } as const;

/** A line over days, with last year's, the target's and the days of open alerts. */
export function drawTrend(trend: Trend, options: TrendOptions): Drawing {
  const frame = frameOf(trend, options);
  const { course } = frame;
  const current = course(trend.values);
  return {
    shapes: [
      grid(frame),
      areas(trend, trend.spans, frame, { fill: INK.alert, opacity: 0.16 }),
      areas(trend, trend.events, frame, { fill: INK.event, opacity: 0.2 }),
      line(course(trend.lastYear), { stroke: INK.faint, 'stroke-width': 1.25 }),
      line(course(trend.targets), { stroke: INK.text, 'stroke-width': 1.25, 'stroke-dasharray': '4,3' }),
      ahead(trend, frame),
      line(current, { stroke: INK.line, 'stroke-width': options.width < 500 ? 1.5 : 2 }),
      dots(current, INK.line, { last: 3, alone: 3 }),
      flags(trend, frame),
    ].join(''),
    labels: options.words.map((words) => labels(trend.dates, frame, words)),
    ends: [MARGIN.left / options.width, frame.right / options.width],
  };
}

/** Where things stand in the picture. */
interface Frame {
  readonly scale: Scale;
  /** Places of `dates` that are named. */
  readonly days: readonly number[];
  readonly right: number;
  readonly bottom: number;
  x(day: number): number;
  y(value: number): number;
  course(values: readonly (number | null)[]): Course;
}

/** A line shows how a figure moves, so its axis is that of its values; only bars, whose length is read, begin at zero. */
function frameOf(trend: Trend, { width, height, words }: TrendOptions): Frame {
  const { values, lastYear, targets, end } = trend;
  const known = [...values, ...lastYear, ...targets, ...Object.values(end ?? {})];
  const scale = scaleOf(known.filter((value) => value !== null));
  const longest = Math.max(...words.flatMap(({ value }) => scale.rules.map((rule) => value(rule).length)));
  const right = width - Math.ceil(longest * CHARACTER_WIDTH) - 10;
  const bottom = height - MARGIN.bottom;
  const x = (day: number): number => MARGIN.left + (day / lastDay(trend)) * (right - MARGIN.left);
  const y = (value: number): number =>
    MARGIN.top + ((scale.max - value) / (scale.max - scale.min)) * (bottom - MARGIN.top);
  const course = (values: readonly (number | null)[]): Course =>
    values.map((value, day) => (value === null ? null : [x(day), y(value)]));
  return { scale, days: dayTicks(trend.dates, width), right, bottom, x, y, course };
}

const lastDay = ({ dates }: Trend): number => Math.max(1, dates.length - 1);

function grid({ scale, days, right, bottom, x, y }: Frame): string {
  const across = scale.rules.map((value) => `M${MARGIN.left} ${onPixel(y(value))}H${px(right)}`);
  const ticks = days.map((day) => `M${onPixel(x(day))} ${bottom}v${GAP.tick}`);
  return rules([...across, ...ticks].join(''), INK.rule);
}

/** From the last day that is known to the end: the target's way, and the forecast's with its range. */
function ahead({ values, targets, end }: Trend, { course, x, y }: Frame): string {
  if (!end) return '';
  const way = (from: readonly (number | null)[], to: number | null, stroke: Stroke): string => {
    const last = course(from).findLast((place) => place !== null);
    return to === null || !last ? '' : line([last, [x(from.length - 1), y(to)]], stroke);
  };
  const place = x(values.length - 1);
  const range =
    end.low === null || end.high === null
      ? ''
      : line(
          [
            [place, y(end.low)],
            [place, y(end.high)],
          ],
          { stroke: INK.line, 'stroke-width': 5, 'stroke-opacity': 0.28 },
        );
  const mark = (value: number | null, fill: string, stroke: string): string =>
    value === null
      ? ''
      : `<circle cx="${px(place)}" cy="${px(y(value))}" r="3.5" fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`;
  return [
    way(targets, end.target, { stroke: INK.text, 'stroke-width': 1.25, 'stroke-dasharray': '4,3' }),
    way(values, end.forecast, { stroke: INK.line, 'stroke-width': 1.5, 'stroke-dasharray': '1,4' }),
    range,
    mark(end.target, INK.paper, INK.text),
    mark(end.forecast, INK.paper, INK.line),
  ].join('');
}

function areas(
  trend: Trend,
  spans: readonly TrendSpan[],
  { x, bottom }: Frame,
  { fill, opacity }: { readonly fill: string; readonly opacity: number },
): string {
  const shapes = spans.map(({ from, to }) => {
    const start = x(Math.max(0, from - 0.5));
    const end = x(Math.min(lastDay(trend), to + 0.5));
    return `M${px(start)} ${MARGIN.top}H${px(end)}V${bottom}H${px(start)}Z`;
  });
  return shapes.length === 0 ? '' : `<path d="${shapes.join('')}" fill="${fill}" fill-opacity="${opacity}"/>`;
}

/** A mark above the middle of each event: one day of a year is narrower than a line. */
function flags({ events }: Trend, { x }: Frame): string {
  const { half, height } = FLAG;
  const marks = events.map(
    ({ from, to }) =>
      `M${px(x((from + to) / 2) - half)} ${MARGIN.top - height}h${2 * half}l${-half} ${height}Z`,
  );
  return marks.length === 0 ? '' : `<path d="${marks.join('')}" fill="${INK.event}"/>`;
}

function labels(
  dates: readonly string[],
  { scale, days, right, bottom, x, y }: Frame,
  words: AxisWords,
): string {
  const values = scale.rules.map(
    (rule) => `<text x="${px(right + GAP.value)}" y="${px(y(rule))}">${escaped(words.value(rule))}</text>`,
  );
  const named = days.map((day) => {
    const place = `x="${px(x(day))}" y="${px(bottom + GAP.day)}" text-anchor="middle"`;
    return `<text ${place}>${escaped(words.day(dates[day] ?? ''))}</text>`;
  });
  return [...values, ...named].join('');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
