import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of Vigie itself, which has `sql/` in it: the clone, the installed package, or the bundle of a Lambda
 * function. It is found from wherever this module was put, as sources, bundles and the built command lie at different
 * depths.
 */
export function vigieFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, MARK))) {
    const above = dirname(folder);
    if (above === folder) throw new Error(`no folder above ${fileURLToPath(import.meta.url)} has ${MARK}`);
    folder = above;
  }
  return folder;
}

const MARK = 'sql/dimensions.yaml';
