import { defineConfig } from 'vitest/config';

/** `npm run test:stories`: a year of the made-up company, against what its generators know. */
export default defineConfig({
  test: {
    include: ['test/stories/*.stories.ts'],
    testTimeout: 60_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
