import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import type { List } from '../../functions/lake/catalogue/list.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { messageOf, VigieError } from '../../functions/platform/errors.ts';
import { caseIds, readCaseFile, readListCaseFile } from '../cases/case-files.ts';
import { type CaseResult, runKpiCase } from '../cases/kpi-cases.ts';
import { runListCase } from '../cases/list-cases.ts';
import type { AuthorFolder, CaseFolder } from '../folder.ts';
import type { Detail, Outcome } from './outcome.ts';

/** Runs every case of the KPIs that are wanted, one after the other. */
export async function* caseOutcomes(
  engine: Engine,
  { cases }: AuthorFolder,
  catalogue: Catalogue,
  kpis: readonly Kpi[],
): AsyncGenerator<Outcome> {
  // What is wrong with a KPI's file is told with the definitions.
  const sound = kpis.filter(({ problem }) => !problem);
  yield* outcomesOf(cases, sound, readCaseFile, (id, kase) => runKpiCase(engine, id, kase, catalogue));
}

/** The same of lists. */
export async function* listCaseOutcomes(
  engine: Engine,
  { listCases }: AuthorFolder,
  catalogue: Catalogue,
  lists: readonly List[],
): AsyncGenerator<Outcome> {
  yield* outcomesOf(listCases, lists, readListCaseFile, (id, kase) =>
    runListCase(engine, id, kase, catalogue),
  );
}

/** A case file of which there is no KPI, or no list, is one that nobody runs. */
export const strayCases = ({ cases, listCases }: AuthorFolder, catalogue: Catalogue): Outcome[] => [
  ...stray(cases, catalogue.kpis, 'KPI'),
  ...stray(listCases, catalogue.lists, 'list'),
];

const stray = (folder: CaseFolder, known: readonly { readonly id: string }[], kind: string): Outcome[] =>
  caseIds(folder)
    .filter((id) => !known.some((each) => each.id === id))
    .map((id) => failed(id, 'its cases', `${folder.name}/${id}.yaml`, [`there is no ${kind} \`${id}\``]));

async function* outcomesOf<Case extends { readonly name: string; readonly line: number }>(
  folder: CaseFolder,
  things: readonly { readonly id: string; readonly file: string }[],
  read: (id: string, folder: CaseFolder) => readonly Case[],
  run: (id: string, kase: Case) => Promise<CaseResult>,
): AsyncGenerator<Outcome> {
  const withCases = caseIds(folder);
  for (const { id, file: ofThing } of things) {
    const file = `${folder.name}/${id}.yaml`;
    if (!withCases.includes(id)) {
      yield failed(id, 'its cases', ofThing, [
        `has no case: write ${file}, rows in and rows out (docs/sql.md, "Cases")`,
      ]);
      continue;
    }
    let cases: readonly Case[];
    try {
      cases = read(id, folder);
    } catch (error) {
      yield failed(id, 'its cases', file, wordsOf(error));
      continue;
    }
    for (const kase of cases) {
      const place = `${file}:${kase.line}`;
      try {
        const details = diff(await run(id, kase));
        const holds = details.every(({ kind }) => kind === 'same');
        const status = holds ? 'ok' : 'failed';
        yield { group: id, name: kase.name, status, place, details: holds ? [] : details };
      } catch (error) {
        yield failed(id, kase.name, place, wordsOf(error));
      }
    }
  }
}

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
