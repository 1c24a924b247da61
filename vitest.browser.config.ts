import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from './vitest.shared.ts';

/** `npm run test:browser`: what people look at, in a real Chromium. */
export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['test/browser/*.browser.ts'],
      testTimeout: 300_000,
      hookTimeout: 300_000,
      maxWorkers: 1,
    },
  }),
);
