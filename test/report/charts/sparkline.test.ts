import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sparklinePng, sparklineShapes } from '../../../functions/report/charts/sparkline.ts';

const sizeOf = (png: Uint8Array): [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};
/** Vertical positions of the line's points, top of the picture first. */
const strokes = (svg: string): string[] =>
  [...svg.matchAll(/<path d="(M[^"]*)" fill="none"/g)].map((match) => match[1] as string);

describe('sparkline', () => {
  /** Opacity by row and column, from a PNG without filters. */
  const opacityOf = (png: Uint8Array): number[][] => {
    const [width, height] = sizeOf(png);
    const length = new DataView(png.buffer, png.byteOffset).getUint32(33);
    const rows = inflateSync(png.subarray(41, 41 + length));
    return Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (__, x) => rows[y * (1 + 4 * width) + 1 + 4 * x + 3] as number),
    );
  };

  it('is a PNG at double density, the same for the same values', () => {
    const png = sparklinePng([1, 2, 3], { width: 100, height: 20 });
    expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
    expect(sizeOf(png)).toEqual([200, 40]);
    expect(sparklinePng([1, 2, 3], { width: 100, height: 20 })).toEqual(png);
    expect(sparklinePng([1, 2, 4], { width: 100, height: 20 })).not.toEqual(png);
  });

  it('draws the line where it belongs, and nothing beside it', () => {
    // A flat line runs through the middle: 10 of 20 pixels, point 20 of 40, 1.75 pixels wide.
    const rows = opacityOf(sparklinePng([5, 5, 5], { width: 100, height: 20 }));
    const column = rows.map((row) => row[100] as number);
    expect(column.findIndex((covered) => covered > 0)).toBe(18);
    expect(column.reduce((sum, covered) => sum + covered, 0) / 255).toBeCloseTo(3.5, 1);
    expect(rows[20]?.[2]).toBe(0);
    const gap = opacityOf(sparklinePng([5, 5, null, 5, 5], { width: 100, height: 20 }));
    expect(gap.every((row) => row[100] === 0)).toBe(true);
  });

  it('leaves a gap where there is no value, instead of drawing zero', () => {
    const [line] = strokes(sparklineShapes([4, 5, null, 5, 4]));
    expect(line?.match(/M/g)).toHaveLength(2);
    expect(strokes(sparklineShapes([4, 5, 0, 5, 4]))[0]?.match(/M/g)).toHaveLength(1);
  });

  it('marks a lone value between two gaps with a dot, and the last value', () => {
    const dots = (svg: string): number => svg.match(/<circle/g)?.length ?? 0;
    expect(dots(sparklineShapes([1, null, 3, null, 2, 4]))).toBe(3);
    expect(dots(sparklineShapes([1, 2, 3, 4, null]))).toBe(1);
  });

  it('draws nothing where nothing is known', () => {
    expect(strokes(sparklineShapes([null, null]))).toEqual([]);
    expect(strokes(sparklineShapes([]))).toEqual([]);
    expect(sparklineShapes([null])).not.toMatch(/NaN|Infinity/);
  });
});
