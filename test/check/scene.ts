import { type CheckInput, runChecks } from '../../functions/check/run-checks.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import type { Batch, PullReport } from '../../functions/lake/landing/batch.ts';
import type { Finding } from '../../functions/lake/snapshot/finding.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { tables } from '../kit/tables.ts';
import { type LandedRow, land } from '../load/landing.ts';
import { localWorld } from '../load/world.ts';

export const AS_OF = '2026-11-20';
export const RUN = `${AS_OF}.20261121T060000Z`;

type Feed = { readonly table: string; readonly path?: string; readonly max_age_days?: number | null };

/** A company with one source `erp` that feeds these tables; closed at weekends. */
export const companyOf = (feeds: readonly Feed[]) =>
  companySchema.parse({
    company: {
      name: 'Test',
      time_zone: 'Europe/Paris',
      currency: 'EUR',
      closed: { weekdays: ['saturday', 'sunday'] },
    },
    sources: [
      {
        kind: 'files',
        name: 'erp',
        feeds: feeds.map((feed) => ({ path: 'files/*.csv', columns: {}, ...feed })),
      },
    ],
  });

interface Told {
  readonly asOf?: string;
  readonly pulls?: readonly PullReport[];
  readonly kpis?: readonly { id: string }[];
  readonly catalogue?: CheckInput['catalogue'];
}

const { checks } = loadCatalogue();

/** A lake of its own, to put rows into and to check. */
export function scene() {
  const world = localWorld();
  const filled = new Set<string>();
  let ready: Promise<void> | undefined;
  return {
    ...world,
    async reset() {
      ready ??= ensureTables(world, tables.all);
      await ready;
      for (const table of filled) await world.engine.execute(`DELETE FROM lake.${table}`);
      filled.clear();
      for (const prefix of ['state/', 'snapshot/'])
        for await (const { key } of world.bucket.list(prefix)) await world.bucket.remove(key);
    },
    async load(table: string, rows: readonly LandedRow[], about: Partial<Batch> = {}): Promise<Batch> {
      const batch = await land(world.bucket, table, rows, { run: RUN, ...about });
      await loadBatch(world, batch, tables);
      filled.add(table);
      return batch;
    },
    async check(
      feeds: readonly Feed[],
      { asOf = AS_OF, pulls = [], kpis = [], catalogue = [] }: Told = {},
    ): Promise<readonly Finding[]> {
      const company = companyOf(feeds);
      return (await runChecks(world, { tables, company, asOf, run: RUN, pulls, kpis, catalogue, checks }))
        .findings;
    },
  };
}

export const pulled = (...batches: Batch[]): PullReport => ({ source: 'erp', status: 'ok', batches });

export const order = (order_id: string, extra: LandedRow = {}): LandedRow => ({
  order_id,
  kind: 'order',
  status: 'completed',
  ordered_on: AS_OF,
  customer_id: 'C1',
  ...extra,
});
export const line = (order_id: string, line_id: string, extra: LandedRow = {}): LandedRow => ({
  order_id,
  line_id,
  ordered_on: AS_OF,
  quantity: '1',
  net_amount: '10.00',
  currency: 'EUR',
  ...extra,
});
export const session = (session_id: string, started_on: string, extra: LandedRow = {}): LandedRow => ({
  session_id,
  started_on,
  property: 'shop',
  session_count: 1,
  ordering_session_count: 0,
  bounced_session_count: 0,
  ...extra,
});
