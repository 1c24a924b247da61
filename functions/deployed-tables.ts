import { dirname, join } from 'node:path';
import { loadTables } from './lake/tables/load-tables.ts';
import type { Tables } from './lake/tables/tables.ts';
import { sqlFolder } from './lake/yaml/folders.ts';
import { companyFile } from './step-handler.ts';

type Environment = Parameters<typeof companyFile>[0];

/** The company's own folder as it was deployed, beside `company.json`; there need not be one. */
export const ownFolderOf = (env: Environment): string => join(dirname(companyFile(env)), 'own');

/** What is overlaid in a function: what ships with Vigie, then the company's own folder. */
export const deployedFolders = (env: Environment): readonly string[] => [sqlFolder(), ownFolderOf(env)];

/** The tables as they were deployed with this function, for those that need no more of `sql/`. */
export const deployedTables = (env: Environment): Tables => loadTables(deployedFolders(env));
