// What the command is built of, and how: for a clone (fresh.js) and for the package (package.js).
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** What bin/ starts: name of the built file, without `.js`, and its source. */
const ENTRIES = { vigie: 'cli/main.ts', stack: 'infra/app.ts', vendors: 'sandbox/vendors/child.ts' };

/** Folders of which each has the file: the built command cannot look for them, as it has no folders. */
const foldersWith = (place, file) =>
  readdirSync(`${root}${place}`, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(`/${file}`))
    .map(dirname)
    .sort();

/**
 * Builds the command into a folder. Packages stay packages: npm installs them, under their own licences. Every command
 * is a file of its own, loaded when it is called; source maps name file and line.
 */
export async function build(outdir) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    jsx: 'automatic',
    sourcemap: 'linked',
    sourcesContent: false,
    chunkNames: 'chunks/[name]-[hash]',
    define: {
      VIGIE_SOURCE_KINDS: JSON.stringify(foldersWith('functions/pull/sources', 'source.ts')),
      VIGIE_VENDOR_KINDS: JSON.stringify(foldersWith('sandbox/vendors', 'vendor.ts')),
    },
    logLevel: 'warning',
  });
}
