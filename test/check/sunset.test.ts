import { expect, test } from 'vitest';
import { sunsetFindings } from '../../functions/check/pull-findings.ts';

const pull = (sunset: string | null) => ({
  source: 'ads',
  status: 'ok' as const,
  batches: [],
  api: { title: 'Google Ads', version: 'v23', sunset },
});
const found = (sunset: string | null) => sunsetFindings({ pulls: [pull(sunset)], today: '2026-12-15' });

test('a version that ends within 60 days is warned of, with its day', () => {
  expect(found('2027-02-14')).toEqual([]);
  expect(found(null)).toEqual([]);
  expect(found('2027-02-13')[0]).toMatchObject({
    ...{ check: 'api_sunset', severity: 'warning', source: 'ads', table: null },
    message: 'ads is read over version v23 of Google Ads, which ends on 2027-02-13, in 60 days.',
  });
  expect(found('2026-12-01')[0]?.message).toContain('which ended on 2026-12-01');
});

test('files have no version', () => {
  expect(
    sunsetFindings({ pulls: [{ source: 'erp', status: 'ok', batches: [] }], today: '2026-12-15' }),
  ).toEqual([]);
});
