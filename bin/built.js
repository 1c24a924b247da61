// Where the built command is: in a package under dist/; in a clone, which has what builds it, built of its sources.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Loads a built module: `vigie`, `stack` or `vendors` (build/build.js). */
export async function load(name) {
  // React is quicker so.
  process.env.NODE_ENV ??= 'production';
  // Errors name the lines of the sources.
  process.setSourceMapsEnabled(true);
  const builder = join(root, 'build', 'fresh.js');
  const folder = existsSync(builder)
    ? await (await import(pathToFileURL(builder).href)).freshBuild()
    : join(root, 'dist');
  return import(pathToFileURL(join(folder, `${name}.js`)).href);
}
