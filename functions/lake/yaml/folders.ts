import { basename, dirname, join, relative, resolve } from 'node:path';
import { vigieFolder } from '../../platform/vigie-folder.ts';

/** The folder of what ships with Vigie: KPIs, measures, checks … */
export const sqlFolder = (): string => join(vigieFolder(), 'sql');

/** What is overlaid for a company: what ships with Vigie, then the folder in which its vigie.yaml stands. */
export const foldersOf = (configFile: string): readonly string[] => [
  sqlFolder(),
  dirname(resolve(configFile)),
];

/**
 * A file of such a folder as a person names it: `sql/kpis/net_revenue.sql` of Vigie's, `kpis/our_kpi.sql` of a company's,
 * which is found from where vigie.yaml stands.
 */
export const nameOfFile = (folder: string, path: string): string =>
  relative(basename(folder) === 'sql' ? resolve(folder, '..') : folder, path);
