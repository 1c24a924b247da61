import { defineConfig, mergeConfig } from 'vitest/config';
import { shared } from './vitest.shared.ts';

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      include: ['test/**/*.test.{ts,tsx}'],
      // A busy machine is slow: what takes this long hangs. `npm run test:laws` tries each property many times.
      testTimeout: 300_000 * Number(process.env['VIGIE_PROPERTY_RUNS'] ?? 1),
      hookTimeout: 300_000,
      // Two cores on CI: more workers only contend for them.
      maxWorkers: 2,
      // Modules are read once a worker, not once a file: each file undoes what it changed for all.
      isolate: false,
    },
  }),
);
