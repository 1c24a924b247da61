import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { vigieFolder } from '../functions/platform/vigie-folder.ts';

const PAGE = /(?<![\w/.-])(?:docs|functions\/pull\/sources)\/[\w/-]+\.md/g;

/** A page of Vigie, from where the reader stands: in a company's folder `node_modules/vigie/docs/….md`. */
export function ownPage(page: string, from: string = process.cwd()): string {
  const place = join(vigieFolder(), page);
  return existsSync(place) ? relative(from, place) : page;
}

/** The same of every page that a text names. */
export const withOwnPages = (text: string): string => text.replace(PAGE, (page) => ownPage(page));
