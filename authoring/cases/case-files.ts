import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { mistakesError } from '../../functions/lake/yaml/mistake.ts';
import { schemaMistakes } from '../../functions/lake/yaml/schema-mistakes.ts';
import { readYaml } from '../../functions/lake/yaml/source.ts';
import { type CaseFolder, shippedCases, shippedListCases } from '../folder.ts';
import { type KpiCase, kpiCaseFile, type ListCase, listCaseFile } from './case-file.ts';

/** A case, and the line of its file on which it begins. */
export type Placed<Case> = Case & { readonly line: number };

/** The ids of the KPIs, or lists, that have a case file. */
export const caseIds = ({ path }: CaseFolder = shippedCases()): string[] =>
  existsSync(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => basename(name, '.yaml'))
        .sort()
    : [];

/** Reads and checks the case file of a KPI. Throws CASE_INVALID with every mistake, its line and column. */
export const readCaseFile = (id: string, folder: CaseFolder = shippedCases()): readonly Placed<KpiCase>[] =>
  casesIn(id, folder, 'kpi', kpiCaseFile);

/** The same of a list. */
export const readListCaseFile = (
  id: string,
  folder: CaseFolder = shippedListCases(),
): readonly Placed<ListCase>[] => casesIn(id, folder, 'list', listCaseFile);

function casesIn<Kind extends string, Case extends object>(
  id: string,
  folder: CaseFolder,
  kind: Kind,
  schema: z.ZodType<{ readonly cases: readonly Case[] } & Readonly<Record<Kind, string>>>,
): readonly Placed<Case>[] {
  const file = `${folder.name}/${id}.yaml`;
  const source = readYaml(readFileSync(join(folder.path, `${id}.yaml`), 'utf8'));
  if (source.syntax.length > 0) throw mistakesError(file, source.syntax, 'CASE_INVALID');
  const found = schemaMistakes(schema, source.data);
  const parsed = found.length > 0 ? undefined : schema.parse(source.data);
  const misnamed = {
    path: [kind],
    message: `\`${parsed?.[kind]}\`; the file is called like its ${NAMES[kind] ?? kind}, and would be ${parsed?.[kind]}.yaml`,
  };
  const mistakes = parsed && parsed[kind] !== id ? [misnamed] : found;
  if (!parsed || mistakes.length > 0) throw mistakesError(file, mistakes.map(source.place), 'CASE_INVALID');
  return parsed.cases.map((kase, at) => {
    const { line } = source.place({ path: ['cases', at, 'name'], message: '' });
    return { ...kase, line };
  });
}

const NAMES: Readonly<Record<string, string>> = { kpi: 'KPI' };
