import type { ViteUserConfig } from 'vitest/config';

/** Suites that render mails and reports run what people run: React's other half checks more and is slower. */
export const shared: ViteUserConfig = {
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: { env: { NODE_ENV: 'production' }, setupFiles: ['test/kit/runs-setup.ts'] },
};
