import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '../functions/lake/catalogue/catalogue.ts';
import type { SourceKind } from '../functions/lake/company/api-source.ts';
import type { Company } from '../functions/lake/company/company.ts';
import { readCompany } from '../functions/lake/company/file.ts';
import { VigieError } from '../functions/platform/errors.ts';
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

/**
 * The company of a vigie.yaml, with this process's environment. Only the kinds of sources that the file names are loaded;
 * where it has a mistake, all of them, to say which there are. Throws CONFIG_MISSING or CONFIG_INVALID.
 */
export async function readCompanyHere(configFile: string, catalogue: Catalogue): Promise<Company> {
  const read = async (kinds: readonly string[]): Promise<Company> =>
    readCompany(configFile, {
      tables: catalogue.tables,
      catalogue,
      kinds: await loadKinds(kinds),
      env: process.env,
    });
  const text = existsSync(configFile) ? readFileSync(configFile, 'utf8') : '';
  const named = kindNames().filter((kind) => text.includes(kind));
  try {
    return await read(named);
  } catch (error) {
    if (!(error instanceof VigieError) || error.code !== 'CONFIG_INVALID') throw error;
    return read(kindNames());
  }
}
