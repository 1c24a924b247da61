import type { Batch } from '../../lake/landing/batch.ts';
import { type BatchWriter, openBatch } from '../../lake/landing/writer.ts';
import type { TableDefinition } from '../../lake/tables/table.ts';
import { understood, type VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Input } from './inputs.ts';
import type { Lander } from './land-file.ts';
import { firstOfKey, numberFromEnd, numberOfKnown } from './mapping/first-of-key.ts';
import { sumOfKey } from './mapping/sum-of-key.ts';
import type { FileReading, TablePlan } from './plan-table.ts';
import { refuseTooManyRows } from './rejected-share.ts';

/** A table while its files are landed. */
export interface OpenTable {
  /** Begins a file; one lander for each feed that reads it, in order. None when the table has failed already. */
  begin(input: Input, isBlank: boolean): Lander[];
  /** The finished batch, or why there is none; nothing is handed over then. */
  end(): Promise<Batch | VigieError>;
  /** Gives up, after an error that nobody foresaw. */
  discard(): Promise<void>;
}

export function openTable(platform: Platform, plan: TablePlan): OpenTable {
  const batch = openBatch(platform, plan.batch);
  // Of the current file only: each remembers keys.
  let landers: Lander[] = [];
  const failure = (): VigieError | undefined => landers.find((lander) => lander.failure)?.failure;
  return {
    begin(input, isBlank) {
      const reading = plan.readings.find((each) => placeOf(each.input) === placeOf(input));
      if (!reading || failure()) return [];
      const { size: _, ...file } = reading.input;
      platform.log.info('pull.file', {
        source: plan.source.name,
        table: plan.batch.table.name,
        file: file.name,
      });
      batch.startInput(isBlank ? { ...file, blank: true } : file);
      if (isBlank) return [];
      landers = landersOf(reading, batch, plan.batch.table);
      return landers;
    },
    async end() {
      try {
        const failed = failure();
        if (failed) throw failed;
        const feeds = [...new Set(plan.readings.flatMap((reading) => reading.feeds.map(({ feed }) => feed)))];
        refuseTooManyRows(batch, { ...plan.batch, source: plan.source, feeds });
      } catch (error) {
        await batch.discard();
        return understood(error);
      }
      return batch.close();
    },
    discard: () => batch.discard(),
  };
}

/** The same for a file of two tables only where both order it alike: by the date in its name, then by name. */
export const placeOf = ({ date, name }: Pick<Input, 'date' | 'name'>): string => `${date ?? ''} ${name}`;

const asIs = (line: number): number => line;

const landersOf = ({ input, feeds }: FileReading, batch: BatchWriter, table: TableDefinition): Lander[] =>
  feeds.map((feed) => {
    const wanted = feed.feed.one_row_per_key;
    const dedupe = wanted === true || wanted === 'first' ? firstOfKey(table) : undefined;
    const numbering = dedupe ? numberFromEnd : wanted === 'last' ? numberOfKnown : asIs;
    const sums = feed.feed.sum_rows_per_key ? sumOfKey(table) : undefined;
    return {
      file: input.name,
      feed,
      batch,
      dedupe,
      numbering,
      sums,
      lastNumber: 0,
      lastRecord: 0,
      failure: undefined,
    };
  });
