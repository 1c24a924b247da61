import { dirname, join } from 'node:path';
import { type Catalogue, readCatalogue } from './lake/catalogue/catalogue.ts';
import { sqlFolder } from './lake/yaml/folders.ts';
import { companyFile } from './step-handler.ts';

type Environment = Parameters<typeof companyFile>[0];

/** The company's own folder as it was deployed, beside `company.json`; there need not be one. */
export const ownFolderOf = (env: Environment): string => join(dirname(companyFile(env)), 'own');

/** What ships with Vigie, overlaid with the company's own folder, as both were deployed with this function. */
export const deployedCatalogue = (env: Environment): Catalogue =>
  readCatalogue([sqlFolder(), ownFolderOf(env)]);
