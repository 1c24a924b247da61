import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue, readCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { wordIn } from '../../../functions/lake/values/language.ts';
import { sqlFolder } from '../../../functions/lake/yaml/folders.ts';
import { en } from '../../../functions/languages/en.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { ownFolder, ownKpi, ownMeasure } from '../../kit/own-folder.ts';
import { runs } from '../../kit/runs.ts';

const shipped = loadCatalogue();
type Files = Readonly<Record<string, string>>;
const overlaid = (...files: Files[]) => loadCatalogue([sqlFolder(), ...files.map(ownFolder)]);
const read = (files: Files) => readCatalogue([sqlFolder(), ownFolder(files)]);

function refused(files: Files): VigieError {
  try {
    overlaid(files);
  } catch (error) {
    if (error instanceof VigieError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const TIER = 'tier: { names: { en: Tier, fr: Niveau }, from: customers.industry }\n';

describe('a company’s own things stand beside what ships', () => {
  test('KPIs, measures, views, checks and dimensions, named as they are found from vigie.yaml', () => {
    const catalogue = overlaid({
      'kpis/documents.sql': ownKpi({ dimensions: '[region, tier]' }),
      'kpis/pieces_per_order.sql': ownKpi(
        { numerator: 'pieces', denominator: 'orders', dimensions: '[]' },
        '',
      ),
      'measures/pieces.sql': ownMeasure('{ pieces: sum n }', 'SELECT day, 2 AS n FROM our_days'),
      'views/our_days.sql': '/*\ndescribes: Days.\n*/\nSELECT ordered_on AS day FROM orders\n',
      'checks/ours.sql':
        '/*\nnames: { en: Ours }\ndescribes: Made up.\nseverity: warning\nmessage: m\nhint: h\nabout: orders\n*/\nSELECT 1 AS one\n',
      'dimensions.yaml': TIER,
    });
    expect(catalogue.kpi('documents')).toMatchObject({
      file: 'kpis/documents.sql',
      dimensions: { region: {}, tier: { en: 'Tier' } },
      reads: { orders: null, customers: null },
    });
    expect(catalogue.kpi('pieces_per_order').views).toEqual(['pieces', 'documents']);
    expect(catalogue.views.find(({ name }) => name === 'our_days')?.file).toBe('views/our_days.sql');
    expect(catalogue.checks.find(({ id }) => id === 'ours')?.file).toBe('checks/ours.sql');
    expect(catalogue.kpis.length).toBe(shipped.kpis.length + 2);
  });

  test('change no version of a KPI that does not use them', () => {
    const catalogue = overlaid({ 'kpis/documents.sql': ownKpi(), 'dimensions.yaml': TIER });
    for (const { id, version } of shipped.kpis) expect(catalogue.kpi(id).version).toBe(version);
    expect(overlaid({}).kpis).toEqual(shipped.kpis);
  });

  test('a dimension of customers that is everywhere is in every KPI whose rows have a customer', () => {
    const catalogue = overlaid({ 'dimensions.yaml': TIER.replace('from', 'everywhere: true, from') });
    expect(Object.keys(catalogue.kpi('net_revenue').dimensions)).toContain('tier');
    expect(Object.keys(catalogue.kpi('bounce_rate').dimensions)).not.toContain('tier');
    expect(catalogue.kpi('net_revenue').version).not.toBe(shipped.kpi('net_revenue').version);
    expect(catalogue.kpi('bounce_rate').version).toBe(shipped.kpi('bounce_rate').version);
  });

  test('words are in one language at least', () => {
    const kpi = overlaid({ 'kpis/documents.sql': ownKpi({ names: '{ fr: Pièces }' }) }).kpi('documents');
    expect(wordIn(kpi.names, en)).toBe('Pièces');
    expect(refused({ 'kpis/documents.sql': ownKpi({ names: '{}' }) }).message).toMatch(
      /kpis\/documents.sql:2:\d+ +names: .*no language/,
    );
  });

  test('what is in which folder, and the order of the folders, changes nothing', () => {
    const parts: Files = {
      'kpis/documents.sql': ownKpi({ dimensions: '[tier, zone]' }),
      'kpis/pieces_per_order.sql': ownKpi(
        { numerator: 'pieces', denominator: 'orders', dimensions: '[]' },
        '',
      ),
      'measures/pieces.sql': ownMeasure('{ pieces: sum n }', 'SELECT day, 2 AS n FROM our_days'),
      'views/our_days.sql': '/*\ndescribes: Days.\n*/\nSELECT ordered_on AS day FROM orders\n',
      'kpis/net_revenue.yaml': 'dimensions: { add: [tier] }\n',
    };
    const dimensions = [TIER, 'zone: { names: { en: Zone }, from: customers.region, everywhere: true }\n'];
    const together = overlaid({ ...parts, 'dimensions.yaml': dimensions.join('') });
    fc.assert(
      fc.property(
        fc.array(fc.nat(2), { minLength: 5, maxLength: 5 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.tuple(fc.nat(2), fc.nat(2)),
        (places, order, [first, second]) => {
          const folders: Record<string, string>[] = [{}, {}, {}];
          for (const [at, [path, text]] of Object.entries(parts).entries())
            (folders[places[at] as number] as Record<string, string>)[path] = text;
          for (const [at, place] of [first, second].entries()) {
            const folder = folders[place] as Record<string, string>;
            folder['dimensions.yaml'] = (folder['dimensions.yaml'] ?? '') + dimensions[at];
          }
          const catalogue = overlaid(...order.map((at) => folders[at] as Files));
          expect(catalogue.kpis).toEqual(together.kpis);
          expect(catalogue.views).toEqual(together.views);
          expect([...catalogue.dimensions]).toEqual([...together.dimensions]);
        },
      ),
      { numRuns: runs(15) },
    );
  });
});

describe('a name is given once', () => {
  test.each<[string, Files, RegExp, RegExp]>([
    [
      'a KPI',
      { 'kpis/orders.sql': ownKpi() },
      /kpis\/orders\.sql: `orders` is a KPI already, of sql\/kpis\/orders\.sql/,
      /kpis\/orders\.yaml/,
    ],
    [
      'a measure',
      { 'measures/sales.sql': ownMeasure('{ n: sum n }') },
      /measures\/sales\.sql: `sales` is a measure already, of sql\/measures\/sales\.sql/,
      /Rename/,
    ],
    [
      'a view like a measure',
      { 'views/sales.sql': '/*\ndescribes: x\n*/\nSELECT 1 AS x FROM orders' },
      /views\/sales\.sql: `sales` is a view and a measure/,
      /Rename/,
    ],
    [
      'a value',
      { 'measures/ours.sql': ownMeasure('{ revenue: sum n }') },
      /measures\/ours\.sql: `revenue` is a value of sql\/measures\/sales\.sql already/,
      /another name/,
    ],
    [
      'a dimension',
      { 'dimensions.yaml': 'region: { names: { en: Region }, from: customers.region }' },
      /dimensions\.yaml: `region` is a dimension already, of sql\/dimensions\.yaml/,
      /id: region/,
    ],
    [
      'a check',
      { 'checks/volume.sql': '/*\n*/\nSELECT 1' },
      /checks\/volume\.sql: `volume` is a check already, of sql\/checks\/volume\.sql/,
      /Rename/,
    ],
  ])('%s', (_, files, message, hint) => {
    const error = refused(files);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  test('in a run the shipped measure stands, a KPI of two files fails, and who may mean either fails', () => {
    const { broken, ...catalogue } = read({
      'measures/documents.sql': ownMeasure('{ n: sum n }'),
      'kpis/net_revenue.sql': ownKpi(),
      'kpis/ours.sql': ownKpi({ numerator: 'orders' }, ''),
    });
    expect(broken.map(({ file }) => file)).toEqual([
      'measures/documents.sql',
      'kpis/net_revenue.sql',
      'kpis/ours.sql',
    ]);
    expect(catalogue.kpi('orders')).toEqual(shipped.kpi('orders'));
    expect(catalogue.kpi('net_revenue').problem?.code).toBe('NAME_TWICE');
    expect(catalogue.kpi('ours').problem?.hint).toContain('measures/documents.sql');
  });
});

describe('a mistake breaks what needs it, and nothing else', () => {
  const sound = (catalogue: ReturnType<typeof read>) =>
    catalogue.kpis.filter(({ problem }) => !problem).map(({ id }) => id);
  const ids = shipped.kpis.map(({ id }) => id);

  test('of a KPI’s front matter: the other facts are known', () => {
    const catalogue = read({ 'kpis/documents.sql': ownKpi({ good: 'sideways' }) });
    expect(sound(catalogue)).toEqual(ids);
    const kpi = catalogue.kpi('documents');
    expect(kpi).toMatchObject({
      names: { en: 'Documents' },
      unit: 'count',
      headline: 'mtd',
      good: 'neither',
    });
    expect(kpi.problem?.message).toMatch(/kpis\/documents\.sql:6:\d+ +good: .*sideways/);
    expect(kpi.problem?.where).toMatchObject({ file: 'kpis/documents.sql', line: 6 });
  });

  test('of a KPI’s YAML: its name stands for it', () => {
    const kpi = read({ 'kpis/documents.sql': ownKpi({ windows: '[day' }) }).kpi('documents');
    expect(kpi).toMatchObject({ names: { en: 'documents' }, version: '' });
  });

  test('of a measure: what reads it, directly or through others, with the measure’s own line', () => {
    const files = {
      'measures/pieces.sql': ownMeasure('{ pieces: sumn }'),
      'views/around.sql': '/*\ndescribes: x\n*/\nSELECT day FROM pieces\n',
      'kpis/one.sql': ownKpi({ dimensions: '[]' }, 'SELECT day, 1 AS documents FROM around'),
      'kpis/two.sql': ownKpi({ numerator: 'pieces', dimensions: '[]' }, ''),
      'kpis/three.sql': ownKpi(),
    };
    const catalogue = read(files);
    expect(sound(catalogue)).toEqual([...ids, 'three'].toSorted());
    expect(catalogue.broken.map(({ file }) => file)).toEqual([
      'measures/pieces.sql',
      'views/around.sql',
      'kpis/one.sql',
      'kpis/two.sql',
    ]);
    expect(catalogue.kpi('one').problem?.message).toMatch(/reads `around`.*pieces\.sql:3/);
    expect(catalogue.kpi('two').problem?.hint).toMatch(/pieces\.sql:3/);
  });

  test('of an entry of dimensions.yaml: the KPIs that list it; of its YAML: those of every entry', () => {
    const kpis = {
      'kpis/a.sql': ownKpi({ dimensions: '[tier]' }),
      'kpis/b.sql': ownKpi({ dimensions: '[zone]' }),
    };
    const zone = 'zone: { names: { en: Zone }, from: customers.region }\n';
    const one = read({ ...kpis, 'dimensions.yaml': `tier: { nmes: { en: x } }\n${zone}` });
    expect(sound(one)).toEqual([...ids, 'b'].toSorted());
    expect(one.kpi('a').problem?.message).toMatch(
      /a\.sql:9 the dimension `tier` cannot be used.*dimensions\.yaml:1/,
    );
    const all = read({ ...kpis, 'dimensions.yaml': `tier: { names\n${zone}` });
    expect(sound(all)).toEqual(ids);
    expect(all.kpi('b').problem?.message).toMatch(/`zone` cannot be used.*dimensions\.yaml/);
  });

  test('of a check: that check', () => {
    const catalogue = read({ 'checks/ours.sql': 'SELECT 1' });
    expect(catalogue.checks).toEqual(shipped.checks);
    expect(catalogue.broken).toMatchObject([{ kind: 'check', name: 'ours' }]);
  });
});

describe('a KPI that ships is adjusted by kpis/<id>.yaml', () => {
  const adjust = (text: string) => overlaid({ 'kpis/net_revenue.yaml': text }).kpi('net_revenue');
  const before = shipped.kpi('net_revenue');

  test('words, headline, benchmark, advice, audience and good: the same version', () => {
    const kpi = adjust(
      `names: { fr: CA net }
headline: last_28d
good: neither
advice: { en: Ask sales. }
benchmark: { value: 0.5, source: a study }
audience: [finance]
`,
    );
    expect(kpi).toMatchObject({
      names: { en: before.names['en'], fr: 'CA net' },
      headline: 'last_28d',
      good: 'neither',
      benchmark: { value: 0.5, source: 'a study' },
      audience: ['finance'],
      adjustedBy: 'kpis/net_revenue.yaml',
      version: before.version,
      sql: before.sql,
    });
    expect(kpi.advice?.['en']).toBe('Ask sales.');
  });

  test('null takes advice and benchmark away', () => {
    const kpi = overlaid({ 'kpis/cart_abandonment_rate.yaml': 'advice: null\nbenchmark: null\n' }).kpi(
      'cart_abandonment_rate',
    );
    expect(shipped.kpi('cart_abandonment_rate')).toHaveProperty('benchmark');
    expect(kpi).not.toHaveProperty('advice');
    expect(kpi).not.toHaveProperty('benchmark');
  });

  test('windows and dimensions: another version, and the same again when they are the same', () => {
    expect(adjust('windows: [day, last_28d, mtd]\nheadline: mtd\n').version).not.toBe(before.version);
    expect(adjust(`windows: [${before.windows.toReversed().join(', ')}]\n`).version).toBe(before.version);
    const names = before.brokenDownBy.map(({ name }) => name);
    const dropped = adjust(`dimensions: { drop: [${names[0]}] }\n`);
    expect(dropped.brokenDownBy.map(({ name }) => name)).toEqual(names.slice(1));
    expect(dropped.version).not.toBe(before.version);
    expect(adjust(`dimensions: [${names.join(', ')}]\n`).version).toBe(before.version);
  });

  test.each<[string, string, number, RegExp]>([
    ['what it counts', 'headline: day\nnumerator: orders', 2, /there is no such field/],
    ['a misspelt field', 'headlin: day', 1, /did you mean `headline`/],
    ['nothing', '', 1, /says nothing/],
    ['an unknown window', 'windows: [day, weekly]', 1, /weekly/],
    [
      'a headline that is not offered',
      'good: up\nheadline: last_365d\nwindows: [day]',
      2,
      /headline `last_365d`/,
    ],
    ['windows without the headline', 'windows: [day]', 1, /headline `.*` is not among its windows \(day\)/],
    ['an unknown dimension', 'dimensions:\n  add: [regoin]', 2, /did you mean `region`/],
    ['a dimension to drop that it has not', 'dimensions:\n  drop: [device]', 2, /has no dimension `device`/],
    ['a dimension that its rows do not tell', 'dimensions:\n  add:\n    - device', 3, /do not tell `device`/],
  ])('refused, with file and line: %s', (_, text, line, message) => {
    const error = refused({ 'kpis/net_revenue.yaml': text });
    expect(error.message).toMatch(message);
    expect(error.where).toMatchObject({ file: 'kpis/net_revenue.yaml', line });
  });

  test('one that there is not, and one of one’s own', () => {
    expect(refused({ 'kpis/net_revenu.yaml': 'good: up' }).message).toMatch(
      /kpis\/net_revenu\.yaml: there is no KPI `net_revenu` to adjust; did you mean `net_revenue`/,
    );
    expect(refused({ 'kpis/ours.sql': ownKpi(), 'kpis/ours.yaml': 'good: up' }).message).toContain(
      'adjusts kpis/ours.sql, which is your own',
    );
  });

  test('a mistake in it makes its KPI fail in a run: the figure that was asked for is not there', () => {
    const catalogue = read({ 'kpis/net_revenue.yaml': 'dimensions: { drop: [device] }' });
    expect(catalogue.kpi('net_revenue')).toMatchObject({ names: before.names, unit: 'currency' });
    expect(catalogue.kpi('net_revenue').problem?.where?.file).toBe('kpis/net_revenue.yaml');
  });
});
