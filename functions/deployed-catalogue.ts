import { deployedFolders } from './deployed-tables.ts';
import { type Catalogue, readCatalogue } from './lake/catalogue/catalogue.ts';

/** What ships with Vigie, overlaid with the company's own folder, as both were deployed with this function. */
export const deployedCatalogue = (env: Parameters<typeof deployedFolders>[0]): Catalogue =>
  readCatalogue(deployedFolders(env));
