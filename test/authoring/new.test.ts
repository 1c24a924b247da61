import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorFolder } from '../../authoring/folder.ts';
import { addEntry, newFiles, newKinds, writeNew } from '../../authoring/new/write-new.ts';
import type { Outcome } from '../../authoring/run/outcome.ts';
import { testFolder } from '../../authoring/run/test-folder.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { testEngine } from '../kit/test-engine.ts';

const VIGIE = `company: { name: Test, time_zone: Europe/Paris, currency: EUR }
sources:
  - { kind: files, name: erp, feeds: [{ table: orders, path: x.csv, columns: { order_id: id, kind: { constant: order }, status: { constant: completed }, ordered_on: on } }] }
`;

function company() {
  const place = mkdtempSync(join(tmpdir(), 'vigie-new-'));
  writeFileSync(join(place, 'vigie.yaml'), VIGIE);
  return { place, folder: authorFolder('vigie.yaml', place) };
}

let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

async function tested(folder: ReturnType<typeof company>['folder']): Promise<Outcome[]> {
  const bucket = fileBucket(mkdtempSync(join(tmpdir(), 'vigie-new-state-')));
  const platform = { engine, bucket, clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog };
  const catalogue = loadCatalogue(folder.folders);
  const what = {
    folder,
    catalogue,
    company: parseCompany(VIGIE, 'vigie.yaml', { tables: catalogue.tables }),
    kpis: [],
  };
  const outcomes: Outcome[] = [];
  for await (const outcome of testFolder(platform, what)) outcomes.push(outcome);
  return outcomes;
}

describe('what `vigie new` writes beside vigie.yaml', () => {
  test('works at once, but for the case of the KPI, which fails until it is corrected as it says', async () => {
    const { folder } = company();
    for (const kind of ['kpi', 'measure', 'check', 'table'] as const)
      writeNew(newFiles(kind, `my_${kind}`, folder));
    const [dimension] = newFiles('dimension', 'my_dimension', folder);
    addEntry(dimension as NonNullable<typeof dimension>, 'my_dimension');
    const outcomes = await tested(folder);
    const failed = outcomes.filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ group: 'my_kpi', place: 'cases/my_kpi.yaml:5' }]);
    expect(failed[0]?.details).toEqual([
      { kind: 'same', text: '2026-11-21 day current total: 0 / 1' },
      { kind: 'missing', text: '2026-11-21 last_7d current total: 0 / 0' },
      { kind: 'extra', text: '2026-11-21 last_7d current total: 1 / 3' },
    ]);
    expect(outcomes.filter(({ status }) => status === 'ok').map(({ group }) => group)).toEqual([
      'lint',
      'checks',
      'my_kpi',
    ]);
    const file = join(folder.cases.path, 'my_kpi.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace('last_7d, numerator: 0, denominator: 0', 'last_7d, numerator: 1, denominator: 3'),
    );
    expect((await tested(folder)).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  test('stands once: neither a file nor an entry is written over', () => {
    const { folder } = company();
    writeNew(newFiles('kpi', 'my_kpi', folder));
    expect(() => writeNew(newFiles('kpi', 'my_kpi', folder))).toThrow(/my_kpi\.sql is there already/);
    const [entry] = newFiles('dimension', 'tier', folder);
    const twice = () => addEntry(entry as NonNullable<typeof entry>, 'tier');
    twice();
    expect(twice).toThrow(/tier of .*dimensions\.yaml is there already/);
  });

  test.each(['My-KPI', '2nd', '', 'a b', '../x'])('%j is no name', (name) => {
    const { folder } = company();
    for (const kind of newKinds)
      expect(() => newFiles(kind, name, folder)).toThrow(expect.objectContaining({ code: 'NAME_INVALID' }));
  });
});

describe('where one writes', () => {
  test('beside the vigie.yaml that is named, or of the folder one is in', () => {
    const { place } = company();
    expect(authorFolder('vigie.yaml', place)).toMatchObject({ own: place, cases: { name: 'cases' } });
    expect(authorFolder(join(place, 'vigie.yaml'), tmpdir()).own).toBe(place);
  });

  test('without one, in a clone of Vigie into what ships; elsewhere nowhere', () => {
    expect(authorFolder('vigie.yaml', process.cwd())).toMatchObject({
      configFile: null,
      cases: { name: 'test/kpis' },
    });
    expect(() => authorFolder('vigie.yaml', tmpdir())).toThrow(
      expect.objectContaining({ code: 'CONFIG_MISSING' }),
    );
  });
});
