import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from './vitest.shared.ts';

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['test/**/*.test.{ts,tsx}'],
      // `npm run test:laws` tries each property many times.
      testTimeout: 60_000 * Number(process.env['VIGIE_PROPERTY_RUNS'] ?? 1),
      hookTimeout: 60_000,
      // Two cores on CI: more workers only contend for them.
      maxWorkers: 2,
      // Modules are read once a worker, not once a file: each file undoes what it changed for all.
      isolate: false,
    },
  }),
);
