import { defineConfig } from 'vitest/config';

/** `npm run test:package`: what `npm pack` makes, installed into an empty folder. The network is npm's registry. */
export default defineConfig({
  test: {
    include: ['test/package/*.package.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
