import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mistakesError } from '../../functions/lake/yaml/mistake.ts';
import { schemaMistakes } from '../../functions/lake/yaml/schema-mistakes.ts';
import { readYaml } from '../../functions/lake/yaml/source.ts';
import { type CaseFolder, shippedCases } from '../folder.ts';
import { type KpiCase, kpiCaseFile } from './case-file.ts';

/** A case, and the line of its file on which it begins. */
export type PlacedCase = KpiCase & { readonly line: number };

/** The ids of the KPIs that have a case file. */
export const caseIds = ({ path }: CaseFolder = shippedCases()): string[] =>
  existsSync(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => basename(name, '.yaml'))
        .sort()
    : [];

/** Reads and checks a case file. Throws CASE_INVALID with every mistake, its line and column. */
export function readCaseFile(id: string, folder: CaseFolder = shippedCases()): readonly PlacedCase[] {
  const file = `${folder.name}/${id}.yaml`;
  const source = readYaml(readFileSync(join(folder.path, `${id}.yaml`), 'utf8'));
  if (source.syntax.length > 0) throw mistakesError(file, source.syntax, 'CASE_INVALID');
  const found = schemaMistakes(kpiCaseFile, source.data);
  const parsed = found.length > 0 ? undefined : kpiCaseFile.parse(source.data);
  const misnamed = {
    path: ['kpi'],
    message: `\`${parsed?.kpi}\`; the file is called like its KPI, and would be ${parsed?.kpi}.yaml`,
  };
  const mistakes = parsed && parsed.kpi !== id ? [misnamed] : found;
  if (!parsed || mistakes.length > 0) throw mistakesError(file, mistakes.map(source.place), 'CASE_INVALID');
  return parsed.cases.map((kase, at) => {
    const { line } = source.place({ path: ['cases', at, 'name'], message: '' });
    return { ...kase, line };
  });
}
