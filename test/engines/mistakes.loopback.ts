import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readCaseFile } from '../../authoring/cases/case-files.ts';
import { runKpiCase } from '../../authoring/cases/kpi-cases.ts';
import { lintText } from '../../authoring/lint/lint.ts';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { mistaken } from '../kit/mistaken.ts';
import { type SqlMistake, sqlMistakes, type Verdict } from '../kit/sql-mistakes.ts';
import { testEngine } from '../kit/test-engine.ts';
import { trinoEngine } from '../kit/trino-engine.ts';

const trino = trinoEngine({ url: inject('trinoUrl') });
let duckdb: Engine;
beforeAll(async () => {
  duckdb = await testEngine();
});
afterAll(() => duckdb.close());

/** What the mistake's case makes of a catalogue. */
async function verdict(
  engine: Engine,
  { kpi, kase: name }: SqlMistake,
  catalogue?: Catalogue,
): Promise<Verdict> {
  const kase = readCaseFile(kpi).find((each) => each.name === name);
  if (!kase) throw new Error(`test/kpis/${kpi}.yaml has no case \`${name}\``);
  try {
    const { expected, returned } = await runKpiCase(engine, kpi, kase, catalogue);
    return expected.join('\n') === returned.join('\n') ? 'holds' : 'differs';
  } catch (error) {
    if ((error as { code?: string }).code !== 'KPI_SQL') throw error;
    return 'refused';
  }
}

/** A real KPI with one thing wrong goes the way of every KPI: lint, its case on DuckDB, its case on Trino. */
describe('a mistake in the SQL of a KPI is noticed', () => {
  test.each(sqlMistakes)('$name', async (mistake) => {
    const { catalogue, text } = mistaken(mistake);
    const lint = (await lintText(`sql/${mistake.file}.sql`, text)).map(({ rule }) => rule);
    const found = {
      lint,
      duckdb: await verdict(duckdb, mistake, catalogue),
      trino: await verdict(trino, mistake, catalogue),
    };
    expect(found).toEqual({ lint: mistake.lint, duckdb: mistake.duckdb, trino: mistake.trino });
    expect(lint.length > 0 || found.duckdb !== 'holds' || found.trino !== 'holds').toBe(true);
    // Not for another reason: as it stands in sql/, the same case holds.
    expect(await verdict(duckdb, mistake)).toBe('holds');
  });
});

test('there are mistakes that each suite alone would have let pass', () => {
  const missedBy = (suite: (mistake: SqlMistake) => boolean) => sqlMistakes.filter((each) => !suite(each));
  expect(missedBy(({ lint }) => lint.length > 0)).not.toEqual([]);
  expect(missedBy((each) => each.duckdb !== 'holds')).not.toEqual([]);
  expect(missedBy((each) => each.trino !== 'holds')).not.toEqual([]);
});
