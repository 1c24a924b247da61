import { defineConfig } from 'vitest/config';

/** `npm run test:infra`: the AWS stack of two companies, synthesised; nothing is deployed, nothing asked of AWS. */
export default defineConfig({
  test: {
    include: ['test/infra/*.infra.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A company is synthesised once a worker; what starts `cdk` and cfn-lint waits for them meanwhile.
    isolate: false,
    maxWorkers: 2,
  },
});
