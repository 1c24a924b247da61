import { defineConfig } from 'vitest/config';

/** `npm run test:aws`: the Lambda functions in the order of the state machine, on moto, Trino and a stand-in for Athena. */
export default defineConfig({
  test: {
    include: ['test/aws/*.loopback.ts'],
    globalSetup: ['test/engines/servers.ts'],
    testTimeout: 900_000,
    hookTimeout: 2_400_000,
    // A stack waits more than it computes; two of them fill two cores.
    maxWorkers: 2,
  },
});
