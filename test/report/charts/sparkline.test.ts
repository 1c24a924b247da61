import { describe, expect, it } from 'vitest';
import { sparklinePng, sparklineSvg } from '../../../functions/report/charts/sparkline.ts';

const sizeOf = (png: Uint8Array): [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};
/** Vertical positions of the line's points, top of the picture first. */
const strokes = (svg: string): string[] =>
  [...svg.matchAll(/<path d="(M[^"]*)" fill="none"/g)].map((match) => match[1] as string);

describe('sparkline', () => {
  it('is a PNG at double density', async () => {
    const png = await sparklinePng(sparklineSvg([1, 2, 3], { width: 100, height: 20 }));
    expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join('')).toBe('PNG');
    expect(sizeOf(png)).toEqual([200, 40]);
  });

  it('is the same picture for the same values', async () => {
    const [one, same, other] = [
      [1, 5, 2],
      [1, 5, 2],
      [1, 5, 3],
    ].map((values) => sparklineSvg(values));
    expect(one).toBe(same);
    const [png, samePng, otherPng] = await Promise.all(
      [one, same, other].map((svg) => sparklinePng(svg as string)),
    );
    expect(png).toEqual(samePng);
    expect(png).not.toEqual(otherPng);
  });

  it('leaves a gap where there is no value, instead of drawing zero', () => {
    const [line] = strokes(sparklineSvg([4, 5, null, 5, 4]));
    expect(line?.match(/M/g)).toHaveLength(2);
    expect(strokes(sparklineSvg([4, 5, 0, 5, 4]))[0]?.match(/M/g)).toHaveLength(1);
  });

  it('marks a lone value between two gaps with a dot, and the last value', () => {
    const dots = (svg: string): number => svg.match(/<circle/g)?.length ?? 0;
    expect(dots(sparklineSvg([1, null, 3, null, 2, 4]))).toBe(3);
    expect(dots(sparklineSvg([1, 2, 3, 4, null]))).toBe(1);
  });

  it('draws nothing where nothing is known', () => {
    expect(strokes(sparklineSvg([null, null]))).toEqual([]);
    expect(strokes(sparklineSvg([]))).toEqual([]);
    expect(sparklineSvg([null])).not.toMatch(/NaN|Infinity/);
  });
});
