import type { ViteUserConfig } from 'vitest/config';

/**
 * Suites that render mails and reports run what people run: React's other half checks more and is slower. Two workers fill two
 * processors: DuckDB's own threads would only take turns.
 */
export const shared: ViteUserConfig = {
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: { env: { NODE_ENV: 'production', VIGIE_THREADS: '1' }, setupFiles: ['test/kit/runs-setup.ts'] },
};
