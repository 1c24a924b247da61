import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { newFolder } from './measure-platform.ts';
import { tables } from './tables.ts';

export interface CubeFiles {
  /** `dimensions.yaml`. */
  readonly dimensions?: string;
  /** Whole files of `measures/`, by name. */
  readonly measures?: Readonly<Record<string, string>>;
  /** What the front matter of the KPI `counted` says beside its words. */
  readonly counted: string;
  readonly sql?: string;
}

const HEAD = `names: { en: Counted, fr: Compté }
describes: { en: Counted., fr: Compté. }
unit: count
good: up
audience: [sales]`;

/** A folder `sql/` with one KPI, \`counted\`, and what it names. Its own fields begin on line 7. */
export function cubeCatalogue({ dimensions = '', measures = {}, counted, sql = '' }: CubeFiles): Catalogue {
  const folder = join(newFolder(), 'sql');
  for (const kind of ['kpis', 'measures']) mkdirSync(join(folder, kind), { recursive: true });
  writeFileSync(join(folder, 'dimensions.yaml'), dimensions);
  for (const [name, text] of Object.entries(measures))
    writeFileSync(join(folder, 'measures', `${name}.sql`), text);
  writeFileSync(join(folder, 'kpis', 'counted.sql'), `/*theme: sales\n${HEAD}\n${counted}\n*/\n${sql}\n`);
  return loadCatalogue([folder], tables);
}
