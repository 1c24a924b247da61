import type { FunctionName } from '../access.ts';

/** Memory of each function in MB; Lambda gives processor time with it, a whole processor at 1,769. */
export const memory: Readonly<Record<FunctionName, number>> = {
  run: 512,
  pull: 1769, // parsing and Parquet
  load: 512,
  check: 512,
  measure: 1024,
  judge: 1024,
  report: 1769, // charts
};
