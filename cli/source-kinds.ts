import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceKind } from '../functions/lake/company/api-source.ts';
import { loadKinds } from '../functions/pull/source-kinds.ts';

const folder = fileURLToPath(new URL('../functions/pull/sources/', import.meta.url));

/** The kinds of sources over APIs: the folders that have a definition. */
export const kindNames = (): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${folder}${entry.name}/source.ts`))
    .map((entry) => entry.name)
    .sort();

/** All kinds there are, for reading vigie.yaml. */
export const allKinds = (): Promise<SourceKind[]> => loadKinds(kindNames());
