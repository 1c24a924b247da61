import { mappingFingerprint } from '../mapping-fingerprint.ts';
import type { SourceDefinition } from './source.ts';

/** Changes when the machinery would give other rows for the same answer: raise it with such a change. */
const MACHINERY_VERSION = 1;

/** Where a vendor is and how one is let in changes no row. */
const ADDRESS = /(^|_)(url|secret)$/;

/**
 * The fingerprint of a mapping: when it changes, everything is read again. Made of the version that the source's author
 * raises, the settings that change rows, and what mappings know of the company.
 */
export function mappingHash(
  definition: SourceDefinition,
  settings: Readonly<Record<string, unknown>>,
  company: { readonly time_zone: string; readonly currency: string },
): string {
  const without = new Set<string>(definition.settingsWithoutRows ?? []);
  const relevant = Object.entries(settings)
    .filter(([key]) => !without.has(key) && !ADDRESS.test(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { kind, mappingVersion = 1 } = definition;
  const { time_zone: zone, currency } = company;
  return mappingFingerprint([MACHINERY_VERSION, kind, mappingVersion, zone, currency, relevant]);
}
