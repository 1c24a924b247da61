import type { Bucket } from '../../platform/bucket.ts';
import type { Company } from '../company/company.ts';
import { allFedTables } from '../company/fed-tables.ts';
import type { ReportedProblem } from '../landing/batch.ts';
import { type CheckReport, checkReportKey, type Finding } from '../snapshot/finding.ts';
import { readState } from '../state/file.ts';
import { readStage } from './record.ts';
import type { RunRef } from './run.ts';

/** What the checks of a run found. Where they broke off, every table is found unchecked: no figure passes for checked. */
export async function findingsOfRun(
  bucket: Bucket,
  run: RunRef,
  company: Pick<Company, 'sources'>,
): Promise<readonly Finding[]> {
  const problem = (await readStage(bucket, run, 'check'))?.find((record) => record.problem)?.problem;
  if (problem) return uncheckedFindings(company, problem);
  return (await readState<CheckReport>(bucket, checkReportKey(run.asOf)))?.findings ?? [];
}

/** One finding for each table that a source feeds: nobody has looked at it. */
export const uncheckedFindings = (
  { sources }: Pick<Company, 'sources'>,
  { message, hint }: ReportedProblem,
): Finding[] =>
  [...allFedTables(sources)].map((table) => ({
    check: 'unchecked',
    means: { en: 'could not be checked', fr: 'les données n’ont pas pu être contrôlées' },
    severity: 'error',
    table,
    source: null,
    message: `${table} was not checked: ${message}`,
    lastDate: null,
    sample: null,
    hint: hint ?? 'Run the day again.',
  }));
