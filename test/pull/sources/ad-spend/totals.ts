import type { CanonicalRow } from '../../../../functions/lake/landing/writer.ts';
import type { SourceDefinition } from '../../../../functions/pull/api/source.ts';
import { type Mapped, mapPage, pageOf, sliceOf, totalOf } from './asking.ts';

/** Maps an answer of which it is not known which days were asked for: all of them. */
export const mapAll = (
  source: SourceDefinition,
  keys: object,
  account: string,
  body: unknown,
  facts: Readonly<Record<string, string>> = {},
): Mapped =>
  mapPage(
    source,
    { accounts: [account], ...keys },
    pageOf(body, facts),
    sliceOf(account, '2015-01-01', '2026-12-31'),
  );

/** What the rows add up to. */
export const totals = (rows: readonly CanonicalRow[]): Record<string, string> =>
  Object.fromEntries(
    ['impressions', 'clicks', 'cost', 'conversions', 'conversion_value'].map((column) => [
      column,
      totalOf(rows, column),
    ]),
  );
