import type { Moment } from '../../../kit/calendar.ts';
import type { TimedRecord, Version } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import type { Removal } from '../business/deal.ts';
import { dayAt } from '../exports/output.ts';

/** A property that is set at a moment; null: it is cleared. What is later than the last day is not known. */
export type Setting = readonly [name: string, at: Moment, value: string | null];

interface About {
  readonly id: string;
  readonly createdAt: Moment;
  readonly removal: Removal | null;
  /** What it is merged into, where it is. */
  readonly into: string | undefined;
}

/** Milliseconds since 1970 of a moment of the company. */
export function millisOf(company: Company, { day, second }: Moment): number {
  const { utcMidnight, offset } = dayAt(company, day);
  return utcMidnight + (second - offset) * 1000;
}

/** As HubSpot writes a date in a property. */
export const instantText = (company: Company, at: Moment): string =>
  new Date(millisOf(company, at)).toISOString();

/** A record whose properties are worked out when they are asked for. */
export function recordOf(company: Company, about: About, settings: () => readonly Setting[]): TimedRecord {
  const { id, createdAt, removal, into } = about;
  const known = (): (readonly [string, Version])[] =>
    settings()
      .filter(([, at]) => at.day <= company.last)
      .map(([name, at, value]) => [name, { at: millisOf(company, at), value: value ?? '' }]);
  const born = millisOf(company, createdAt);
  const gone = removal && removal.day <= company.last ? millisOf(company, removedAt(removal)) : null;
  const isMerged = removal?.as === 'merged' && into !== undefined;
  const isErased = removal?.as === 'erased';
  const changes = new Set([born, ...known().map(([, { at }]) => at)]);
  return {
    ...{ id, createdAt: born, erasedAt: isErased ? gone : null },
    changes: [...changes].toSorted((one, other) => one - other),
    archivedAt: isMerged || isErased ? null : gone,
    merged: isMerged && gone !== null ? { at: gone, into } : null,
    versions() {
      const versions: Record<string, Version[]> = {};
      for (const [name, version] of known()) {
        const list = versions[name] ?? [];
        list.push(version);
        versions[name] = list;
      }
      for (const list of Object.values(versions)) list.sort((one, other) => one.at - other.at);
      return versions;
    },
  };
}

/** Doubles and tests are cleaned up in the evening. */
export const removedAt = ({ day }: Removal): Moment => ({ day, second: 23 * 3600 });

interface Removable {
  readonly id: string;
  readonly createdAt: Moment;
  readonly removal: Removal | null;
}

/** Which record takes in each one that is merged: the one before it that stays. By number; and the other way round. */
export function mergersOf<T extends Removable>(records: readonly T[], last: number) {
  const into = new Map<string, string>();
  const taken = new Map<string, T[]>();
  let stays: T | undefined;
  for (const record of records) {
    if (record.removal === null) stays = record;
    else if (record.removal.as === 'merged' && record.removal.day <= last && stays) {
      into.set(record.id, stays.id);
      taken.set(stays.id, [...(taken.get(stays.id) ?? []), record]);
    }
  }
  return { into, taken };
}

/** `hs_merged_object_ids` grows with each one that is taken in. */
export const mergedSettings = (taken: readonly Removable[]): Setting[] =>
  taken
    .toSorted((one, other) => (one.removal?.day ?? 0) - (other.removal?.day ?? 0))
    .map((each, place, all) => [
      'hs_merged_object_ids',
      removedAt(each.removal as Removal),
      all
        .slice(0, place + 1)
        .map(({ id }) => id)
        .join(';'),
    ]);
