import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';

export type TrinoGrammar = typeof import('antlr4ng') &
  typeof import('dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js') &
  typeof import('dt-sql-parser/dist/lib/trino/TrinoSqlParser.js');

/** Where a package has the grammar, in one file (infra/bundles/ship.ts). */
export const shippedGrammar = (): string => join(vigieFolder(), 'dist/trino-grammar.mjs');

/** The Trino grammar of dt-sql-parser: as it was shipped, or in a clone, where nothing is, as it is installed there. */
export async function trinoGrammar(): Promise<TrinoGrammar> {
  const file = existsSync(join(vigieFolder(), 'functions/pipeline.ts'))
    ? await (await import('./grammar-bundle.ts')).cachedGrammar()
    : shippedGrammar();
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as TrinoGrammar;
}
