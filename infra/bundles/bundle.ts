import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import type { BundleName } from '../access.ts';
import { ownMapsOnly, withoutUnused } from './plugins.ts';

/**
 * Packages of CommonJS within an ES module ask for `require`. Source maps carry no sources: they name file and line,
 * which is what a stack trace needs.
 */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Bundles the code of one function into a folder: offline, without Docker. Gives what went in, by file. */
export async function bundleFunction(name: BundleName, folder: string): Promise<Metafile> {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: vigieFolder(),
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
  return metafile;
}
