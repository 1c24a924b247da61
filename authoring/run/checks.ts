import { tryChecks } from '../../functions/check/try-checks.ts';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Check } from '../../functions/lake/catalogue/check.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { withInlineTables } from '../cases/inline-tables.ts';
import type { Outcome } from './outcome.ts';

/**
 * Runs checks on the tables of a company as if nothing was in them: what they name is there, and they say nothing of
 * nothing. A check that no table of the company calls for was not run, and is said so.
 */
export async function checkOutcomes(
  platform: Pick<Platform, 'engine' | 'bucket' | 'clock' | 'log'>,
  { company, catalogue, checks }: { company: Company; catalogue: Catalogue; checks: readonly Check[] },
): Promise<Outcome[]> {
  const engine = withInlineTables(platform.engine, new Map(), catalogue.tables);
  const tried = await tryChecks({ ...platform, engine }, { company, catalogue, checks });
  return tried.map(({ check, subjects, problem }) => {
    const status = problem ? 'failed' : subjects === 0 ? 'note' : 'ok';
    const words = problem
      ? [problem.message, ...(problem.hint ? [problem.hint] : [])]
      : subjects === 0
        ? ['was not run: no source of vigie.yaml fills a table that it is for']
        : [];
    return {
      group: 'checks',
      name: check.id,
      status,
      place: `${check.file}:${check.sqlLine}`,
      details: words.flatMap((text) =>
        text.split('\n').map((line) => ({ kind: 'text', text: line }) as const),
      ),
    };
  });
}
