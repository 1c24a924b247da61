import { defineConfig } from 'vitest/config';

/** `npm run test:engines`: what speaks SQL, on a real Trino. */
export default defineConfig({
  test: {
    include: ['test/engines/*.loopback.ts', 'test/platform/**/*.loopback.ts'],
    globalSetup: ['test/engines/servers.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
