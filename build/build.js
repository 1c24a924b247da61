// What the command is built of, and how: for a clone (fresh.js) and for the package (package.js).
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

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

/** How a file of the command is made, whichever. */
const COMMON = {
  absWorkingDir: root,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
};

/** What the YAML of sql/ comes to: read by the same code as ever, once instead of at each start. */
async function knownYaml(esbuild, outdir) {
  const reader = join(outdir, 'known-yaml.js');
  await esbuild.build({ ...COMMON, entryPoints: ['build/known-yaml.ts'], outfile: reader });
  const { knownYamlOf } = await import(pathToFileURL(reader).href);
  rmSync(reader);
  return knownYamlOf(join(root, 'sql'));
}

/** Puts it where the sources have nothing. */
const withKnownYaml = (known) => ({
  name: 'known-yaml',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]functions[\\/]lake[\\/]yaml[\\/]known\.ts$/ }, () => ({
      contents: `export const knownYaml = JSON.parse(${JSON.stringify(JSON.stringify(known))});`,
    })),
});

/**
 * Builds the command into a folder. Packages stay packages: npm installs them, under their own licences. Every command
 * is a file of its own, loaded when it is called; source maps name file and line. `entries`: something else, built as the command is.
 */
export async function build(outdir, entries = ENTRIES) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    ...COMMON,
    entryPoints: entries,
    outdir,
    splitting: true,
    jsx: 'automatic',
    plugins: [withKnownYaml(await knownYaml(esbuild, outdir))],
    sourcemap: 'linked',
    sourcesContent: false,
    chunkNames: 'chunks/[name]-[hash]',
    define: {
      VIGIE_SOURCE_KINDS: JSON.stringify(foldersWith('functions/pull/sources', 'source.ts')),
      VIGIE_VENDOR_KINDS: JSON.stringify(foldersWith('sandbox/vendors', 'vendor.ts')),
    },
  });
}
