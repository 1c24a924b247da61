import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: what people look at, in a real Chromium. */
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
});
