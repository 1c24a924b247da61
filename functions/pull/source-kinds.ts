import { z } from 'zod';
import type { SourceKind } from '../lake/company/api-source.ts';
import { VigieError } from '../platform/errors.ts';
import type { SourceDefinition } from './api/source.ts';

const KIND = /^[a-z][a-z0-9-]*$/;

/** The definition of a kind of source, found by its folder. Throws SOURCE_KIND_UNKNOWN where there is no such folder. */
export async function definitionOf(kind: string): Promise<SourceDefinition> {
  if (!KIND.test(kind) || kind === 'files') throw unknownKind(kind);
  let loaded: { readonly source?: SourceDefinition };
  try {
    // A pattern that a bundler can follow, too.
    loaded = await import(`./sources/${kind}/source.ts`);
  } catch (error) {
    if (isMissing(error, kind)) throw unknownKind(kind);
    throw error;
  }
  if (loaded.source?.kind === kind) return loaded.source;
  throw new VigieError(`functions/pull/sources/${kind}/source.ts exports no \`source\` of kind "${kind}"`, {
    code: 'SOURCE_KIND_INVALID',
    hint: 'Export `source = defineSource({ kind, … })` with the name of its folder as kind.',
  });
}

const isMissing = (error: unknown, kind: string): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'ERR_MODULE_NOT_FOUND') ||
    /cannot find|failed to load|not found in bundle|unknown variable dynamic import/i.test(error.message)) &&
  error.message.includes(`sources/${kind}/source`);

const unknownKind = (kind: string): VigieError =>
  new VigieError(`there is no kind of source "${kind}"`, {
    code: 'SOURCE_KIND_UNKNOWN',
    where: { field: 'kind', sample: kind },
    hint: 'Every kind has a folder under functions/pull/sources; docs/sources/README.md lists them.',
  });

/** A kind as the company's file needs it. */
export function sourceKind(definition: SourceDefinition): SourceKind {
  const { kind, settings } = definition;
  if (!(settings instanceof z.ZodObject))
    throw new Error(`the settings of ${kind} have to be an object (z.strictObject)`);
  return { kind, settings, tables: (own) => tablesOf(definition, own) };
}

/** The tables that a source fills with these settings, in the order of its entities. */
export const tablesOf = (definition: SourceDefinition, settings: unknown): readonly string[] => [
  ...new Set(definition.entities(settings).flatMap((entity) => entity.tables)),
];

/** Several kinds at once, for reading a company's file. */
export const loadKinds = (kinds: readonly string[]): Promise<SourceKind[]> =>
  Promise.all(kinds.map(async (kind) => sourceKind(await definitionOf(kind))));
