import { defineConfig } from 'vitest/config';

/** `npm run test:engines`: what speaks SQL, on a real Trino. */
export default defineConfig({
  test: {
    include: ['test/engines/*.loopback.ts', 'test/platform/**/*.loopback.ts'],
    globalSetup: ['test/engines/servers.ts'],
    // Everything takes as long as the machine is busy: a test that is slow is not wrong.
    testTimeout: 400_000,
    hookTimeout: 400_000,
    maxWorkers: 2,
    // Of each worker, so that neither core waits for the other's answers.
    maxConcurrency: 3,
  },
});
