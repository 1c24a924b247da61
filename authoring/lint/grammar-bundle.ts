import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';

/** In a clone: the bundle of the grammar, made once a version. */
export async function cachedGrammar(): Promise<string> {
  const text = readFileSync(join(vigieFolder(), SOURCE, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  const file = join(vigieFolder(), `node_modules/.cache/vigie/trino-grammar-${version}.mjs`);
  if (existsSync(file)) return file;
  // Written aside and renamed: another process may be reading.
  const draft = `${file}.${process.pid}`;
  await writeGrammar(draft);
  renameSync(draft, file);
  return file;
}

const SOURCE = 'node_modules/dt-sql-parser';

/**
 * Writes the Trino grammar of dt-sql-parser as one file: its own files import one another without extensions, which Node
 * does not follow, and the package has ten more grammars, 20 MB that nobody needs. Gives what went in, by file.
 */
export async function writeGrammar(file: string): Promise<Metafile> {
  mkdirSync(dirname(file), { recursive: true });
  const contents = ['antlr4ng', './dist/lib/trino/TrinoSqlLexer.js', './dist/lib/trino/TrinoSqlParser.js']
    .map((name) => `export * from '${name}';`)
    .join('\n');
  const { metafile } = await build({
    absWorkingDir: vigieFolder(),
    stdin: { contents, resolveDir: join(vigieFolder(), SOURCE) },
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    metafile: true,
  });
  return metafile;
}
