import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { caseIds } from '../cases/case-files.ts';
import type { AuthorFolder } from '../folder.ts';
import { lintFolder } from '../lint/lint.ts';
import { caseOutcomes, listCaseOutcomes, strayCases } from './cases.ts';
import { checkOutcomes } from './checks.ts';
import { brokenOutcomes, wordsOutcomes } from './definitions.ts';
import type { Outcome } from './outcome.ts';

export interface FolderToTest {
  readonly folder: AuthorFolder;
  readonly catalogue: Catalogue;
  /** Whose tables the checks are run for; null: the checks are not run. */
  readonly company: Company | null;
  /** Ids of KPIs; none: everything in the folder. Throws KPI_UNKNOWN. */
  readonly kpis: readonly string[];
}

/**
 * Tests what somebody wrote: that it can be read, that every engine takes its SQL, that checks run, and every case. The same
 * code tests what ships with Vigie.
 */
export async function* testFolder(
  platform: Pick<Platform, 'engine' | 'bucket' | 'clock' | 'log'>,
  { folder, catalogue, company, kpis }: FolderToTest,
): AsyncGenerator<Outcome> {
  const isOwn = (file: string): boolean => folder.configFile === null || !file.startsWith('sql/');
  const wanted = kpis.map((id) => catalogue.kpi(id));
  if (wanted.length > 0) {
    const broken = catalogue.broken.filter(({ kind, name }) => kind === 'KPI' && kpis.includes(name));
    yield* brokenOutcomes(broken);
    yield* lintOutcomes(folder, (file) => wanted.some((kpi) => kpi.file === file));
    yield* caseOutcomes(platform.engine, folder, catalogue, wanted);
    return;
  }
  yield* brokenOutcomes(catalogue.broken);
  yield* wordsOutcomes(catalogue, isOwn);
  yield* lintOutcomes(folder, () => true);
  const checks = catalogue.checks.filter(({ file }) => isOwn(file));
  if (company) yield* await checkOutcomes(platform, { company, catalogue, checks });
  yield* strayCases(folder, catalogue);
  const held = caseIds(folder.cases);
  const mine = catalogue.kpis.filter(({ id, file }) => isOwn(file) || held.includes(id));
  yield* caseOutcomes(platform.engine, folder, catalogue, mine);
  const lists = catalogue.lists.filter(({ file }) => isOwn(file));
  yield* listCaseOutcomes(platform.engine, folder, catalogue, lists);
}

/** What the SQL of a folder must not say; one outcome a mistake, or one for all where there is none. */
async function* lintOutcomes(
  folder: AuthorFolder,
  isWanted: (file: string) => boolean,
): AsyncGenerator<Outcome> {
  const mistakes = (await lintFolder(folder.own)).filter(({ file }) => isWanted(file));
  for (const { file, line, column, message, rule } of mistakes)
    yield {
      group: 'lint',
      name: rule,
      status: 'failed',
      place: `${file}:${line}:${column}`,
      details: [{ kind: 'text', text: message }],
    };
  if (mistakes.length === 0)
    yield {
      group: 'lint',
      name: 'every engine takes the SQL',
      status: 'ok',
      place: null,
      details: [],
    };
}
