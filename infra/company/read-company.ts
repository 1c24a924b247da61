import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readCompanyHere } from '../../cli/source-kinds.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { foldersOf } from '../../functions/lake/yaml/folders.ts';
import { mistakesError } from '../../functions/lake/yaml/mistake.ts';
import { readYaml } from '../../functions/lake/yaml/source.ts';
import { awsMistakes } from './aws-mistakes.ts';

/**
 * The company in a folder, fit for AWS. Throws CONFIG_MISSING, or CONFIG_INVALID with every mistake, its line and
 * column: first those that hold everywhere, then those of AWS.
 */
export async function readAwsCompany(folder: string, today: string): Promise<Company> {
  const file = relative(process.cwd(), join(folder, 'vigie.yaml')) || 'vigie.yaml';
  const catalogue = loadCatalogue(foldersOf(file));
  const company = await readCompanyHere(file, catalogue);
  const source = readYaml(readFileSync(file, 'utf8'));
  const mistakes = awsMistakes(company, folder, today).map((mistake) => source.place(mistake));
  if (mistakes.length === 0) return company;
  throw mistakesError(
    file,
    mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column),
  );
}
