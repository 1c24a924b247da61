import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from './vitest.shared.ts';

/**
 * `npm run test:long`: a year of the made-up company against what its generators know (`test:stories`), a run killed
 * at every single effect (`test:crash`), a file of every kind of the state folder cut, emptied and
 * overwritten (`test:damage`; `VIGIE_DAMAGE=files` takes every file), a hundred seeds of vendors that misbehave (`test:chaos`;
 * `VIGIE_CHAOS_SEEDS` is how many).
 */
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: [
        'test/stories/*.stories.ts',
        'test/cli/killed-run.test.ts',
        'test/faults/*.test.ts',
        'test/chaos/*.test.ts',
      ],
      env: {
        VIGIE_KILL_EVERYWHERE: '1',
        VIGIE_DAMAGE: process.env['VIGIE_DAMAGE'] ?? 'kinds',
        VIGIE_CHAOS_SEEDS: process.env['VIGIE_CHAOS_SEEDS'] ?? '100',
      },
      testTimeout: 600_000,
      // A year is lived before the first test, on whatever machine.
      hookTimeout: 1_800_000,
      maxWorkers: 2,
      // As in `npm test`: what a file has compiled serves the next one, too.
      isolate: false,
    },
  }),
);
