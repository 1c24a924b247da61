import type { RecordReader } from '../../api/record-reader.ts';
import { isoInstant } from '../../api/values.ts';

/** A value from an instant on; null: it was cleared. */
export interface Since {
  readonly value: string | null;
  readonly at: string;
}

/**
 * The history of a property, the oldest first, without repetitions: HubSpot writes a version for each saving, whether or not the value is
 * another. Of two at one instant the later in the list is the older: lists come newest first.
 */
export function historyOf(record: RecordReader, property: string): Since[] {
  const versions = record.recordOrNull('propertiesWithHistory')?.records(property) ?? [];
  const all = versions
    .map((version) => ({ value: version.textOrNull('value'), at: version.as('timestamp', isoInstant) }))
    .toReversed()
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return all.filter(({ value }, index) => index === 0 || value !== all[index - 1]?.value);
}
