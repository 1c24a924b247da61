import { problemOf } from '../../lake/landing/batch.ts';
import type { BrokenPart } from '../../lake/run/manifest.ts';

/** Does one part of the reading; where that fails, the part is noted as broken and `otherwise` stands for it. */
export type ReadPart = <T>(item: string, work: () => Promise<T>, otherwise: T) => Promise<T>;

/** Parts that fail by themselves, and what became of those that did. */
export function partsOf(): { readonly part: ReadPart; readonly broken: BrokenPart[] } {
  const broken: BrokenPart[] = [];
  const part: ReadPart = async (item, work, otherwise) => {
    try {
      return await work();
    } catch (error) {
      broken.push({ step: 'report', item, problem: problemOf(error) });
      return otherwise;
    }
  };
  return { part, broken };
}
