import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '../functions/lake/company/api-source.ts';
import { vigieFolder } from '../functions/platform/vigie-folder.ts';
import { loadKinds } from '../functions/pull/source-kinds.ts';

/** Set where the command was built (build/build.js): a built file has no folders beside it. */
declare const VIGIE_SOURCE_KINDS: readonly string[] | undefined;

/** The kinds of sources over APIs: the folders that have a definition. */
export const kindNames = (): readonly string[] =>
  typeof VIGIE_SOURCE_KINDS === 'undefined' ? foldersWithSource() : VIGIE_SOURCE_KINDS;

function foldersWithSource(): string[] {
  const folder = join(vigieFolder(), 'functions/pull/sources');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'source.ts')))
    .sort();
}

/** All kinds there are, for reading vigie.yaml. */
export const allKinds = (): Promise<SourceKind[]> => loadKinds(kindNames());
