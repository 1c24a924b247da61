import type { Company, Source } from '../lake/company/company.ts';
import type { Tables } from '../lake/tables/tables.ts';

/** What pulling a source takes. */
export interface PullInput {
  readonly company: Company;
  readonly tables: Tables;
  readonly source: Source;
  /** What is dated later is left for later. */
  readonly asOf: string;
  readonly run: string;
  /** When to stop between two parts and report `unfinished`; absent: never. */
  readonly stopAt?: Date;
}
