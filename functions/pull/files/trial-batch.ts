import type { RowBlock } from '../../lake/landing/block.ts';
import type { Rejection } from '../../lake/landing/rejects.ts';
import { rowAt } from '../../lake/landing/row.ts';
import { BatchWriter, type CanonicalRow } from '../../lake/landing/writer.ts';
import type { TableDefinition } from '../../lake/tables/table.ts';
import type { Bucket } from '../../platform/bucket.ts';

/** A batch of which nothing is kept: it remembers what it was given, for people to look at. */
export class TrialBatch extends BatchWriter {
  /** What became of each record that the feed wants, in order: its row, or null where it was refused. */
  readonly tried: (CanonicalRow | null)[] = [];
  /** How many records were refused. */
  refused = 0;

  override commit(block: RowBlock): void {
    for (let index = 0; index < block.count; index += 1)
      this.tried.push(block.dropped[index] === 1 ? null : rowAt(block, index, this.columns));
    super.commit(block);
  }

  get accepted(): readonly CanonicalRow[] {
    return this.tried.filter((row) => row !== null);
  }

  override async reject(_: Rejection): Promise<void> {
    this.refused += 1;
  }
}

/** A batch of a few rows; it must not be closed, for there is nowhere to write to. */
export function openTrialBatch(table: TableDefinition, timeZone: string): TrialBatch {
  const options = { table, source: 'trial', run: 'trial', asOf: '', mappingHash: '', timeZone };
  return new TrialBatch({ bucket: nowhere }, options);
}

const never = (): never => {
  throw new Error('a trial writes nothing');
};

const nowhere: Bucket = {
  read: never,
  stream: never,
  write: never,
  writeStream: never,
  create: never,
  remove: never,
  list: never,
  folders: never,
  exists: never,
  locate: never,
};
