import { requireThere } from '../../api/kit/there.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import { isoInstant } from '../../api/values.ts';
import type { Wanted } from './client.ts';

/** A value from an instant on; null: it was cleared. */
export interface Since {
  readonly value: string | null;
  readonly at: string;
}

/**
 * HubSpot gives every property that is asked for and exists, null where nothing is in it. One that was never set may have no history: one that was asked for and has none, beside another that nobody asked for, was renamed.
 */
export function checkAsked(record: RecordReader, { properties, history: asked }: Wanted): void {
  requireThere(
    record,
    properties.map((name) => `properties.${name}`),
  );
  const there = record.record('propertiesWithHistory');
  const stranger = Object.keys(there.raw).find((name) => !asked.includes(name));
  const missing = asked.find((name) => there.value(name) === undefined);
  if (stranger !== undefined && missing !== undefined)
    throw there.error(missing, `is missing, and \`${stranger}\`, which was not asked for, is there`);
}

/**
 * The history of a property, the oldest first, without repetitions: HubSpot writes a version for each saving, whether or not the value is
 * another. Of two at one instant the later in the list is the older: lists come newest first.
 */
export function historyOf(record: RecordReader, property: string): Since[] {
  const versions = record.record('propertiesWithHistory').records(property);
  const all = versions
    .map((version) => {
      requireThere(version, ['value']);
      return { value: version.textOrNull('value'), at: version.as('timestamp', isoInstant) };
    })
    .toReversed()
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return all.filter(({ value }, index) => index === 0 || value !== all[index - 1]?.value);
}
