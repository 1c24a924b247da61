import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { messageOf, VigieError } from '../../functions/platform/errors.ts';
import { caseIds, type PlacedCase, readCaseFile } from '../cases/case-files.ts';
import { type CaseResult, runKpiCase } from '../cases/kpi-cases.ts';
import type { AuthorFolder } from '../folder.ts';
import type { Detail, Outcome } from './outcome.ts';

/** Runs every case of the KPIs that are wanted, one after the other. */
export async function* caseOutcomes(
  engine: Engine,
  folder: AuthorFolder,
  catalogue: Catalogue,
  kpis: readonly Kpi[],
): AsyncGenerator<Outcome> {
  const withCases = caseIds(folder.cases);
  for (const kpi of kpis) {
    // What is wrong with its file is told with the definitions.
    if (kpi.problem) continue;
    if (withCases.includes(kpi.id)) yield* outcomesOf(engine, folder, catalogue, kpi);
    else yield withoutCase(kpi, folder);
  }
}

/** A case file of which there is no KPI is one that nobody runs. */
export const strayCases = (folder: AuthorFolder, catalogue: Catalogue): Outcome[] =>
  caseIds(folder.cases)
    .filter((id) => !catalogue.kpis.some((kpi) => kpi.id === id))
    .map((id) => failed(id, 'its cases', `${folder.cases.name}/${id}.yaml`, [`there is no KPI \`${id}\``]));

async function* outcomesOf(
  engine: Engine,
  folder: AuthorFolder,
  catalogue: Catalogue,
  kpi: Kpi,
): AsyncGenerator<Outcome> {
  const file = `${folder.cases.name}/${kpi.id}.yaml`;
  let cases: readonly PlacedCase[];
  try {
    cases = readCaseFile(kpi.id, folder.cases);
  } catch (error) {
    yield failed(kpi.id, 'its cases', file, wordsOf(error));
    return;
  }
  for (const kase of cases) {
    const place = `${file}:${kase.line}`;
    try {
      const result = await runKpiCase(engine, kpi.id, kase, catalogue);
      const details = diff(result);
      const holds = details.every(({ kind }) => kind === 'same');
      const status = holds ? 'ok' : 'failed';
      yield { group: kpi.id, name: kase.name, status, place, details: holds ? [] : details };
    } catch (error) {
      yield failed(kpi.id, kase.name, place, wordsOf(error));
    }
  }
}

const withoutCase = (kpi: Kpi, { cases }: AuthorFolder): Outcome =>
  failed(kpi.id, 'its cases', kpi.file, [
    `has no case: write ${cases.name}/${kpi.id}.yaml, rows in and rows out (docs/sql.md, "Cases")`,
  ]);

const failed = (group: string, name: string, place: string, lines: readonly string[]): Outcome => ({
  group,
  name,
  status: 'failed',
  place,
  details: lines.map((text) => ({ kind: 'text', text })),
});

const wordsOf = (error: unknown): string[] => [
  ...messageOf(error).split('\n'),
  ...(error instanceof VigieError && error.hint ? [error.hint] : []),
];

/** The rows of both, in order; each says on which side it is. */
export function diff({ expected, returned }: CaseResult): Detail[] {
  const left = [...returned];
  const rows = expected.map((text): Detail => {
    const at = left.indexOf(text);
    if (at < 0) return { kind: 'missing', text };
    left.splice(at, 1);
    return { kind: 'same', text };
  });
  const extra = left.map((text): Detail => ({ kind: 'extra', text }));
  return [...rows, ...extra].toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}
