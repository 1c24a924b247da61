import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readCaseFile, runKpiCase } from '../../../authoring/cases/kpi-cases.ts';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { newKpiFiles } from '../../../functions/lake/catalogue/kpi-scaffold.ts';
import { sqlFolder } from '../../../functions/lake/yaml/folders.ts';
import { testEngine } from '../../kit/test-engine.ts';

test('a new KPI runs at once; its first case fails until it is corrected as it says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-new-kpi-'));
  cpSync(sqlFolder(), join(folder, 'sql'), { recursive: true });
  for (const { path, text } of newKpiFiles('my_kpi')) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const catalogue = loadCatalogue([join(folder, 'sql')]);
  const [orders, nothing] = readCaseFile('my_kpi', join(folder, 'test/kpis')).cases;
  const engine = await testEngine();
  const run = (kase: typeof orders) =>
    runKpiCase(engine, 'my_kpi', kase as NonNullable<typeof kase>, catalogue);
  const first = await run(orders);
  expect(first.returned).toEqual([
    '2026-11-21 day current total: 0 / 1',
    '2026-11-21 last_7d current total: 1 / 3',
  ]);
  expect(first.expected).toEqual([
    '2026-11-21 day current total: 0 / 1',
    '2026-11-21 last_7d current total: 0 / 0',
  ]);
  expect(await run(nothing)).toEqual({ expected: [], returned: [] });
  await engine.close();
});

test.each(['My-KPI', '2nd', '', 'a b', '../x'])('%j is no id', (id) => {
  expect(() => newKpiFiles(id)).toThrow(expect.objectContaining({ code: 'KPI_ID' }));
});
