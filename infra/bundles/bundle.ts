import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { sqlFolder } from '../../functions/lake/catalogue/sql-files.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { resolvedCompany } from '../../functions/lake/company/resolved.ts';
import { ownFolder } from '../../functions/platform/own-folder.ts';
import { type FunctionName, functionNames } from '../access.ts';
import { ownMapsOnly, withoutUnused } from './plugins.ts';

/** Functions that read KPIs, views or checks find `sql/` beside their bundle. */
export const withSql: readonly FunctionName[] = ['check', 'measure', 'judge', 'report'];
/** The functions that know the company: `company.json` beside their bundle. */
export const withCompany: readonly FunctionName[] = functionNames.filter((name) => name !== 'load');
/** The one that draws PNGs. */
const withImages: readonly FunctionName[] = ['report'];

/**
 * Packages of CommonJS within an ES module ask for `require`. Source maps carry no sources: they name file and line,
 * which is what a stack trace needs.
 */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Bundles one function into a folder: offline, without Docker. Gives what went in, by file. */
export async function bundleFunction(name: FunctionName, folder: string): Promise<Metafile> {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ownFolder(),
    entryPoints: [join('functions', name, 'handler.ts')],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    banner: { js: BANNER },
    define: { 'process.env.NODE_ENV': '"production"' },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    plugins: [withoutUnused, ownMapsOnly],
    metafile: true,
    logLevel: 'warning',
  });
  if (withSql.includes(name)) await cp(sqlFolder(), join(folder, 'sql'), { recursive: true });
  if (withImages.includes(name)) {
    const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
    await writeFile(join(folder, 'resvg.wasm'), await readFile(wasm));
  }
  return metafile;
}

/** All bundles for a company, each in a folder of its name below `folder`. */
export async function writeBundles(folder: string, company: Company): Promise<void> {
  await Promise.all(functionNames.map((name) => bundleFunction(name, join(folder, name))));
  const text = resolvedCompany(company);
  await Promise.all(withCompany.map((name) => writeFile(join(folder, name, 'company.json'), text)));
}
