import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { sqlFolder } from '../../functions/lake/yaml/folders.ts';
import type { SqlMistake } from './sql-mistakes.ts';

/** The catalogue with the mistake in it, and the whole text of the file that holds it. Throws where its words are gone. */
export function mistaken({ file, replace, by }: SqlMistake): { catalogue: Catalogue; text: string } {
  const text = readFileSync(join(sqlFolder(), `${file}.sql`), 'utf8');
  const catalogue = loadCatalogue();
  const change = <T extends { readonly file: string; readonly sql: string }>(part: T): T =>
    part.file === `sql/${file}.sql` ? { ...part, sql: replaced(part.sql) } : part;
  const replaced = (sql: string): string => {
    if (!sql.includes(replace)) throw new Error(`sql/${file}.sql does not say \`${replace}\` any more`);
    return sql.replace(replace, () => by);
  };
  return {
    text: replaced(text),
    catalogue: {
      ...catalogue,
      kpi: (id) => change(catalogue.kpi(id)),
      viewsOf: (kpi) => catalogue.viewsOf(kpi).map(change),
    },
  };
}
