import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = join(root, 'node_modules/dt-sql-parser');

export type TrinoGrammar = typeof import('antlr4ng') &
  typeof import('dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js') &
  typeof import('dt-sql-parser/dist/lib/trino/TrinoSqlParser.js');

let loading: Promise<TrinoGrammar> | undefined;

/**
 * The Trino grammar of dt-sql-parser. Its files import one another without extensions, which Node does not follow, so
 * the two that are needed are bundled once a version into node_modules/.cache.
 */
export function trinoGrammar(): Promise<TrinoGrammar> {
  loading ??= load();
  return loading;
}

async function load(): Promise<TrinoGrammar> {
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string };
  const bundle = join(root, `node_modules/.cache/vigie/trino-grammar-${version}.mjs`);
  if (!existsSync(bundle)) await makeBundle(bundle);
  return (await import(/* @vite-ignore */ pathToFileURL(bundle).href)) as TrinoGrammar;
}

async function makeBundle(file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const contents = ['antlr4ng', './dist/lib/trino/TrinoSqlLexer.js', './dist/lib/trino/TrinoSqlParser.js']
    .map((name) => `export * from '${name}';`)
    .join('\n');
  // Written aside and renamed: another test process may be reading.
  const draft = `${file}.${process.pid}`;
  await build({
    stdin: { contents, resolveDir: source },
    outfile: draft,
    bundle: true,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
  });
  renameSync(draft, file);
}
