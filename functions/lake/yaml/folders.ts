import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { vigieFolder } from '../../platform/vigie-folder.ts';

/** The folder of what ships with Vigie: KPIs, measures, checks … */
export const sqlFolder = (): string => join(vigieFolder(), 'sql');

/** What of a company's folder is laid over what ships with Vigie. */
export const OWN_PARTS = ['kpis', 'measures', 'views', 'checks', 'lists', 'tables', 'dimensions.yaml'];

/** What is overlaid for a company: what ships with Vigie, then the folder in which its vigie.yaml stands. */
export const foldersOf = (configFile: string): readonly string[] => [
  sqlFolder(),
  dirname(resolve(configFile)),
];

/** Whether these folders come to what ships with Vigie, and nothing of a company's own. */
export const isShippedAlone = ([first, ...others]: readonly string[]): boolean =>
  first === sqlFolder() && !others.some((own) => OWN_PARTS.some((part) => existsSync(join(own, part))));

/**
 * A file of such a folder as a person names it: `sql/kpis/net_revenue.sql` of Vigie's, `kpis/our_kpi.sql` of a company's,
 * which is found from where vigie.yaml stands.
 */
export const nameOfFile = (folder: string, path: string): string =>
  relative(basename(folder) === 'sql' ? resolve(folder, '..') : folder, path);
