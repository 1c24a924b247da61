import { expect, test } from 'vitest';
import type { Context } from '../../../cli/context.ts';
import { examineFeeds } from '../../../cli/doctor/feeds.ts';
import { parseCompany } from '../../../functions/lake/company/file.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { tables } from '../../kit/tables.ts';

const company = parseCompany(
  `company: { name: Tiny, time_zone: Europe/Paris, currency: EUR }
sources:
  - kind: files
    name: erp
    feeds:
      - table: budgets
        path: budgets.csv
        columns: { budget_id: B, starts_on: F, ends_on: T, amount: A, currency: C }
`,
  'vigie.yaml',
  { tables },
);

const look = (code: string) => {
  const inbox = {
    list: async () => {
      throw new VigieError('looking for s3://b/inbox/budgets.csv: Forbidden', { code, hint: 'Do this.' });
    },
  };
  const clock = frozenClock('2026-11-22T08:00:00Z');
  return examineFeeds({ company, tables, platform: { inbox, clock } } as unknown as Context);
};

test('who may not read what systems drop is told so, and that nothing was looked at', async () => {
  expect(await look('AWS_ACCESS_DENIED')).toEqual([
    {
      what: 'erp → budgets',
      status: 'warning',
      finding: expect.stringMatching(/not looked at: .*inbox/),
      remedy: expect.stringContaining('docs/operations/company-account.md#systems-that-drop-files'),
    },
  ]);
});

test('anything else that keeps files from being read is a failure', async () => {
  expect(await look('AWS_UNREACHABLE')).toMatchObject([{ status: 'failed', remedy: 'Do this.' }]);
});
