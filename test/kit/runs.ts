import fc from 'fast-check';

/** `VIGIE_PROPERTY_RUNS=20`: every property with twenty times its usual number of runs (`npm run test:laws`). */
const TIMES = Number(process.env['VIGIE_PROPERTY_RUNS'] ?? 1);

/** How often a property is tried that costs more, or needs more, than fast-check's hundred. */
export const runs = (usual: number): number => usual * TIMES;

/** For the properties that name no number of their own. A failing one prints its seed and path whatever they are. */
export const usualRuns = (): void => fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: runs(100) });
