import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { catalogueOf, frontWith, newFolder, writeKpi } from '../../kit/measure-platform.ts';
import { tables } from '../../kit/tables.ts';

const errorOf = (work: () => unknown): VigieError => {
  try {
    work();
  } catch (error) {
    if (error instanceof VigieError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const withViews = (sql: string, views: Record<string, string>) => {
  const folder = writeKpi(sql, frontWith({}), join(newFolder(), 'sql'));
  for (const [name, text] of Object.entries(views)) writeFileSync(join(folder, 'views', `${name}.sql`), text);
  return folder;
};
const view = (...reads: string[]) =>
  `/*\ndescribes: A view.\n*/\nSELECT 1 AS x${reads.map((name, at) => `${at === 0 ? ' FROM' : ' JOIN'} ${name}`).join('')}\n`;

test('the catalogue that ships loads; every id is a file, and headline windows are offered', () => {
  const catalogue = loadCatalogue();
  expect(catalogue.kpis.map((kpi) => kpi.id)).toEqual(
    expect.arrayContaining(['cart_abandonment_rate', 'net_revenue']),
  );
  for (const kpi of catalogue.kpis) {
    expect(kpi.windows).toContain(kpi.headline);
    expect(catalogue.kpi(kpi.id)).toBe(kpi);
    expect(kpi.file).toBe(`sql/kpis/${kpi.id}.sql`);
  }
});

test('a KPI has its SELECT, the line it begins on, and a version that follows its text', () => {
  const kpi = catalogueOf('SELECT 1 -- one\n;\n').kpi('revenue');
  expect(kpi).toMatchObject({
    sql: 'SELECT 1 -- one',
    sqlLine: 13,
    ratio: false,
    views: [],
  });
  expect(catalogueOf('SELECT 2').kpi('revenue').version).not.toBe(kpi.version);
  expect(catalogueOf('SELECT 1 -- one\n;\n').kpi('revenue').version).toBe(kpi.version);
});

test('an unknown KPI is answered with the nearest', () => {
  const error = errorOf(() => catalogueOf().kpi('revenu'));
  expect(error).toMatchObject({ code: 'KPI_UNKNOWN' });
  expect(error.message).toContain('did you mean `revenue`');
});

describe('front matter that is wrong is told with file, line, what was found and what is allowed', () => {
  test.each<[string, string, number, RegExp]>([
    [
      'a misspelt key',
      frontWith({}).replace('audience', 'audiance'),
      11,
      /audiance.*did you mean `audience`/,
    ],
    ['a misspelt window', frontWith({ windows: '[day, mtdd]' }), 8, /mtdd.*did you mean `mtd`/],
    ['an unknown unit', frontWith({ unit: 'dollars' }), 4, /dollars.*currency, count, percent/],
    ['a text for a flag', frontWith({ ratio: 'maybe' }), 5, /maybe.*true or false/],
    ['an unknown table', `${frontWith({})}\nreads: { order: { history: 1 } }`, 12, /order/],
    ['history that is no number', `${frontWith({})}\nreads: { orders: { history: -1 } }`, 12, /history/],
    ['an unknown dimension', frontWith({ dimensions: '[chanel]' }), 10, /chanel.*did you mean `channel`/],
    ['a language that there is not', frontWith({ names: '{ en: Revenue, tlh: Huch }' }), 2, /tlh/],
    ['words in no language', frontWith({ names: '{}' }), 2, /no language; give it in one at least/],
    ['broken YAML', frontWith({ windows: '[day, mtd' }), 9, /YAML/],
  ])('%s', (_, front, line, message) => {
    const error = errorOf(() => catalogueOf(undefined, front));
    expect(error).toMatchObject({
      code: 'FRONT_MATTER_INVALID',
      where: { file: 'sql/kpis/revenue.sql', line },
    });
    expect(error.message).toMatch(message);
  });

  test('a headline that is not offered', () => {
    const error = errorOf(() => catalogueOf(undefined, frontWith({ headline: 'ytd' })));
    expect(error.message).toContain('headline `ytd` is not among its windows (day, mtd)');
  });

  test('several mistakes at once', () => {
    const error = errorOf(() => catalogueOf(undefined, frontWith({ unit: 'dollars', good: 'sideways' })));
    expect(error.message).toMatch(/2 mistakes[\s\S]*revenue.sql:4[\s\S]*revenue.sql:7/);
  });

  test('no front matter, and no SELECT', () => {
    const folder = writeKpi();
    writeFileSync(join(folder, 'kpis', 'revenue.sql'), 'SELECT 1');
    expect(errorOf(() => loadCatalogue([folder], tables))).toMatchObject({
      code: 'FRONT_MATTER_INVALID',
      where: { line: 1 },
    });
    expect(errorOf(() => catalogueOf(' ;')).message).toContain('has no SELECT');
  });

  test('a file name that is no id', () => {
    const folder = writeKpi();
    writeFileSync(join(folder, 'kpis', 'My KPI.sql'), 'SELECT 1');
    expect(errorOf(() => loadCatalogue([folder], tables)).message).toContain('sql/kpis/My KPI.sql');
  });
});

describe('views', () => {
  const reading = 'SELECT x FROM b';

  test('come after those they read, each once; their tables are those of the KPI', () => {
    const folder = withViews(reading, { a: view('orders'), b: view('a', 'c'), c: view('a', 'carts') });
    const catalogue = loadCatalogue([folder], tables);
    const kpi = catalogue.kpi('revenue');
    expect(catalogue.viewsOf(kpi).map(({ name }) => name)).toEqual(['a', 'c', 'b']);
    expect(kpi.reads).toEqual({ orders: null, carts: null });
  });

  test('ask for the days they need, the most that any asks for', () => {
    const asking = (history: string) =>
      view('orders').replace('*/', `reads: { orders: { history: ${history} } }\n*/`);
    const reads = (a: string, b: string) =>
      loadCatalogue(
        [withViews('SELECT x FROM a JOIN b ON true', { a: asking(a), b: asking(b) })],
        tables,
      ).kpi('revenue').reads;
    expect(reads('3', '365')).toEqual({ orders: { history: 365, ahead: 0 } });
    expect(reads('all', '365')).toEqual({ orders: { history: 'all', ahead: 0 } });
  });

  test('change the version of the KPIs that use them', () => {
    const version = (text: string) =>
      loadCatalogue([withViews(reading, { b: text })], tables).kpi('revenue').version;
    expect(version(view('orders'))).not.toBe(version(view('carts')));
    expect(version(view('orders'))).toBe(version(view('orders')));
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    [
      'unknown',
      { c: view() },
      'FRONT_MATTER_INVALID',
      /revenue.sql:13 reads `b`, which is no table, view or measure/,
    ],
    ['in a circle', { a: view('b'), b: view('a') }, 'VIEW_CYCLE', /a → b → a|b → a → b/],
    ['named like a table', { b: view(), orders: view() }, 'VIEW_NAME', /cannot be called `orders`/],
    [
      'named like what the engine makes',
      { b: view(), measured: view() },
      'VIEW_NAME',
      /cannot be called `measured`/,
    ],
  ])('%s', (_, views, code, message) => {
    const error = errorOf(() => loadCatalogue([withViews(reading, views)], tables));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});
