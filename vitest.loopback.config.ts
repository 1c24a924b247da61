import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from './vitest.shared.ts';

/**
 * `npm run test:loopback`, on moto, Trino and a stand-in for Athena: what speaks SQL, as on DuckDB (`test:engines`), and
 * the Lambda functions in the order of the state machine (`test:aws`).
 */
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['test/engines/*.loopback.ts', 'test/platform/**/*.loopback.ts', 'test/aws/*.loopback.ts'],
      globalSetup: ['test/kit/loopback-suite.ts'],
      // Everything takes as long as the machine is busy: a test that is slow is not wrong.
      testTimeout: 900_000,
      hookTimeout: 2_400_000,
      // A stack waits more than it computes; two of them fill two cores.
      maxWorkers: 2,
      // As in `npm test`: modules are read once a worker.
      isolate: false,
      // Of each worker, so that neither core waits for the other's answers.
      maxConcurrency: 3,
    },
  }),
);
