import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/kpis/catalogue.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { catalogueOf, frontWith, newFolder, writeKpi } from '../../kit/measure-platform.ts';

const errorOf = (work: () => unknown): VigieError => {
  try {
    work();
  } catch (error) {
    if (error instanceof VigieError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const withViews = (front: string, views: Record<string, string>) => {
  const folder = writeKpi('SELECT 1', front, join(newFolder(), 'sql'));
  mkdirSync(join(folder, 'views'), { recursive: true });
  for (const [name, text] of Object.entries(views)) writeFileSync(join(folder, 'views', `${name}.sql`), text);
  return folder;
};
const view = (facts: string) => `/*\ndescribes: A view.\n${facts}\n*/\nSELECT 1 AS x\n`;

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
    sqlLine: 15,
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
      12,
      /audiance.*did you mean `audience`/,
    ],
    ['a misspelt window', frontWith({ windows: '[day, mtdd]' }), 7, /mtdd.*did you mean `mtd`/],
    ['an unknown unit', frontWith({ unit: 'dollars' }), 4, /dollars.*currency, count, percent/],
    ['a text for a flag', frontWith({ ratio: 'maybe' }), 5, /maybe.*true or false/],
    ['an unknown table', frontWith({ reads: '{ order: }' }), 10, /order/],
    ['history that is no number', frontWith({ reads: '{ orders: { history: -1 } }' }), 10, /history/],
    ['a language missing', frontWith({ names: '{ en: Revenue }' }), 2, /fr/],
    ['broken YAML', frontWith({ windows: '[day, mtd' }), 8, /YAML/],
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
    expect(error.message).toMatch(/2 mistakes[\s\S]*revenue.sql:4[\s\S]*revenue.sql:6/);
  });

  test('no front matter, and no SELECT', () => {
    const folder = writeKpi();
    writeFileSync(join(folder, 'kpis', 'revenue.sql'), 'SELECT 1');
    expect(errorOf(() => loadCatalogue(folder))).toMatchObject({
      code: 'FRONT_MATTER_INVALID',
      where: { line: 1 },
    });
    expect(errorOf(() => catalogueOf(' ;')).message).toContain('has no SELECT');
  });

  test('a file name that is no id', () => {
    const folder = writeKpi();
    writeFileSync(join(folder, 'kpis', 'My KPI.sql'), 'SELECT 1');
    expect(errorOf(() => loadCatalogue(folder)).message).toContain('sql/kpis/My KPI.sql');
  });
});

describe('views', () => {
  const front = `${frontWith({ reads: '{ orders: }' })}\nviews: [b]`;

  test('come after those they read, each once', () => {
    const folder = withViews(front, {
      a: view('reads: [orders]'),
      b: view('views: [a, c]'),
      c: view('views: [a]'),
    });
    const catalogue = loadCatalogue(folder);
    expect(catalogue.viewsOf(catalogue.kpi('revenue')).map(({ name }) => name)).toEqual(['a', 'c', 'b']);
  });

  test('change the version of the KPIs that use them', () => {
    const version = (sql: string) =>
      loadCatalogue(withViews(front, { b: view('').replace('SELECT 1', sql) })).kpi('revenue').version;
    expect(version('SELECT 1')).not.toBe(version('SELECT 2'));
    const days = (facts: string) =>
      loadCatalogue(withViews(front, { b: view(facts) })).kpi('revenue').version;
    expect(days('days: { sums: [x] }')).not.toBe(days('days: { counts: [x] }'));
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    ['unknown', { c: view('') }, 'VIEW_UNKNOWN', /uses the view `b`.*not in sql\/views/],
    ['in a circle', { a: view('views: [b]'), b: view('views: [a]') }, 'VIEW_CYCLE', /a → b → a|b → a → b/],
    [
      'whose table is not listed',
      { b: view('views: [a]'), a: view('reads: [order_lines]') },
      'TABLE_NOT_LISTED',
      /reads order_lines/,
    ],
    [
      'over windows it does not read',
      { b: view('days: { sums: [x], over: years }') },
      'VIEW_UNKNOWN',
      /makes the windows of `years`, which it does not read/,
    ],
    ['of days without a column', { b: view('days: {}') }, 'FRONT_MATTER_INVALID', /sums.*counts.*levels/],
    ['named like a table', { b: view(''), orders: view('') }, 'VIEW_NAME', /cannot be called `orders`/],
  ])('%s', (_, views, code, message) => {
    const error = errorOf(() => loadCatalogue(withViews(front, views)));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});
