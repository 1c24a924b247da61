import type { Course, Place } from './svg.ts';

/** A stroke with round ends between two places; a dot where they are one. */
export interface Stretch {
  readonly from: Place;
  readonly to: Place;
  readonly radius: number;
}

/** The stretches between neighbours of a course, as `line` draws them. */
export const stretchesOf = (course: Course, radius: number): Stretch[] =>
  course.flatMap((to, index) => {
    const from = course[index - 1] ?? null;
    return from === null || to === null ? [] : [{ from, to, radius }];
  });

/** How much of each point the stretches cover, 0 to 255, at `density` points a CSS pixel. */
export function paint(
  stretches: readonly Stretch[],
  size: { readonly width: number; readonly height: number },
  density: number,
): Uint8Array {
  const [width, height] = [size.width * density, size.height * density];
  const opacity = new Uint8Array(width * height);
  for (const { from, to, radius } of stretches) {
    const reach = radius * density + 1;
    const [x1, y1, x2, y2] = [from[0], from[1], to[0], to[1]].map((each) => each * density) as Box;
    const [left, right] = within(Math.min(x1, x2) - reach, Math.max(x1, x2) + reach, width);
    const [top, bottom] = within(Math.min(y1, y2) - reach, Math.max(y1, y2) + reach, height);
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1) {
        // An edge that runs through a point covers part of it: as much as it is near to its middle.
        const share = radius * density + 0.5 - distance(x + 0.5 - x1, y + 0.5 - y1, x2 - x1, y2 - y1);
        const covered = Math.round(255 * Math.min(1, Math.max(0, share)));
        if (covered > (opacity[y * width + x] as number)) opacity[y * width + x] = covered;
      }
  }
  return opacity;
}

type Box = [x1: number, y1: number, x2: number, y2: number];

const within = (from: number, to: number, size: number): [number, number] => [
  Math.max(0, Math.floor(from)),
  Math.min(size, Math.ceil(to)),
];

/** From a point to the nearest one of a stretch, both as seen from where that begins. */
function distance(x: number, y: number, dx: number, dy: number): number {
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / square));
  const [a, b] = [x - along * dx, y - along * dy];
  return Math.sqrt(a * a + b * b);
}
