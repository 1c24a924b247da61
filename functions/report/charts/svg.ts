/** A place in a picture: CSS pixels from its left and from its top. */
export type Place = readonly [x: number, y: number];

/** A day without a value has no place: it is a gap, never zero. */
export type Course = readonly (Place | null)[];

/** A length as SVG writes it: a tenth of a pixel is finer than a screen shows. */
export const px = (length: number): string => String(Math.round(length * 10) / 10);

const isGap = (course: Course, index: number): boolean => (course[index] ?? null) === null;

/** A line through places, broken at each gap, as the data of a path. A place alone between two gaps draws nothing. */
export const lineData = (course: Course): string =>
  course
    .map((place, index) => {
      if (place === null || (isGap(course, index - 1) && isGap(course, index + 1))) return '';
      return `${isGap(course, index - 1) ? 'M' : 'L'}${px(place[0])} ${px(place[1])}`;
    })
    .join('');

/** Attributes of a stroke: colour, width, dashes. */
export interface Stroke {
  readonly stroke: string;
  readonly 'stroke-width': number;
  readonly 'stroke-dasharray'?: string;
  readonly 'stroke-opacity'?: number;
}

const attributes = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

/** The line of a course with round ends; nothing where it has no two places side by side. */
export function line(course: Course, stroke: Stroke): string {
  const d = lineData(course);
  const round = { 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return d === '' ? '' : `<path${attributes({ d, fill: 'none', ...round, ...stroke })}/>`;
}

/** Horizontal and vertical rules, one CSS pixel wide and sharp on a screen, in one path. */
export const rules = (data: string, stroke: string): string =>
  data === '' ? '' : `<path${attributes({ d: data, fill: 'none', stroke })}/>`;

/** The middle of the pixel that a rule is to fill. */
export const onPixel = (length: number): string => `${Math.round(length)}.5`;

/** Dots on the last place and on each that stands alone between two gaps, which has no line of its own. */
export function dotted(
  course: Course,
  radius: { last: number; alone: number },
): { place: Place; r: number }[] {
  const last = course.findLastIndex((place) => place !== null);
  return course.flatMap((place, index) => {
    const isAlone = isGap(course, index - 1) && isGap(course, index + 1);
    if (place === null || (index !== last && !isAlone)) return [];
    return [{ place, r: index === last ? radius.last : radius.alone }];
  });
}

export const dots = (course: Course, fill: string, radius: { last: number; alone: number }): string =>
  dotted(course, radius)
    .map(({ place: [x, y], r }) => `<circle${attributes({ cx: px(x), cy: px(y), r, fill })}/>`)
    .join('');
