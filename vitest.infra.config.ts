import { defineConfig } from 'vitest/config';

/** `npm run test:infra`: the AWS stack of two companies, synthesised; nothing is deployed, nothing asked of AWS. */
export default defineConfig({
  test: {
    include: ['test/infra/*.infra.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One process, one copy of the CDK: a company is synthesised once for all files.
    isolate: false,
    maxWorkers: 1,
  },
});
