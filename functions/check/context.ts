import type { Kpi } from '../lake/catalogue/kpi.ts';
import type { Company } from '../lake/company/company.ts';
import type { Batch, LoadedState, PullReport } from '../lake/landing/batch.ts';
import type { Reach } from '../lake/landing/months.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import type { SnapshotRow } from '../lake/snapshot/snapshot.ts';
import type { Tables } from '../lake/tables/tables.ts';
import type { Dialect } from '../platform/engine.ts';
import type { FeedExpectation } from './expectations.ts';

/** What the checks of one run know. */
export interface CheckContext {
  readonly dialect: Dialect;
  readonly company: Company;
  readonly tables: Tables;
  readonly asOf: string;
  readonly run: string;
  /** Business date of the moment the check runs: later than `asOf` in a back-fill. */
  readonly today: string;
  readonly feeds: readonly FeedExpectation[];
  /** What of each source and table is in the lake. */
  readonly states: readonly LoadedState[];
  /** Batches of this run, in the order in which they were loaded. */
  readonly batches: readonly Batch[];
  /** Which months of its table each of them concerns, as the lake has it now; of one that is not here: all. */
  readonly reaches: ReadonlyMap<Batch, Reach>;
  readonly pulls: readonly PullReport[];
  /** Tables that some source feeds. */
  readonly fed: ReadonlySet<string>;
  /** Every KPI there is, with its dimensions; empty where nobody knows. */
  readonly catalogue: readonly Pick<Kpi, 'id' | 'dimensions'>[];
  /** Recorded day totals of the KPIs that checks compare with the lake. */
  readonly recorded: readonly SnapshotRow[];
  /** Records of sources that could not be read. */
  readonly unread: readonly Finding[];
}
