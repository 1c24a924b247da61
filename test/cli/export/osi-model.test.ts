import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { osiModel } from '../../../cli/export/osi-model.ts';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import { FIGURE_COLUMNS } from '../../../functions/lake/snapshot/figures-table.ts';
import { told } from '../../../functions/measure/figures-table/figure-rows.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { testEngine } from '../../kit/test-engine.ts';

const { kpis } = loadCatalogue();
const company = { kpis: { windows_off: ['qtd'] } } as unknown as Parameters<typeof told>[0]['company'];
const text = osiModel(
  'Dupont: & "Fils"',
  kpis.map((kpi) => told({ company }, kpi)),
);

/** What the specification allows (core-spec/ossie-schema.json of apache/ossie, 0.2.0.dev0), in our own words: nothing beside it. */
const name = z.string().min(1);
const dialect = z.enum([
  'ANSI_SQL',
  'SNOWFLAKE',
  'MDX',
  'TABLEAU',
  'DATABRICKS',
  'MAQL',
  'BIGQUERY',
  'THOUGHTSPOT',
]);
const expression = z.strictObject({
  dialects: z.array(z.strictObject({ dialect, expression: z.string() })).min(1),
});
const aiContext = z.union([
  z.string(),
  z.looseObject({
    instructions: z.string().optional(),
    synonyms: z.array(z.string()).optional(),
    examples: z.array(z.string()).optional(),
  }),
]);
const datatype = z.enum([
  'String',
  'Integer',
  'Decimal',
  'Float',
  'Boolean',
  'Date',
  'Time',
  'DateTime',
  'DateTimeTz',
  'Opaque',
]);
const common = {
  name,
  description: z.string().optional(),
  ai_context: aiContext.optional(),
  custom_extensions: z.array(z.strictObject({ vendor_name: z.string(), data: z.string() })).optional(),
};
const field = z.strictObject({
  ...{ ...common, expression, datatype: datatype.optional(), label: z.string().optional() },
  dimension: z.strictObject({ is_time: z.boolean().optional() }).optional(),
});
const metric = z.strictObject({ ...common, expression, datatype: datatype.optional() });
const dataset = z.strictObject({
  ...common,
  source: z.string(),
  primary_key: z.array(z.string()).optional(),
  unique_keys: z.array(z.array(z.string())).optional(),
  fields: z.array(field).optional(),
});
const specification = z.strictObject({
  version: z.literal('0.2.0.dev0'),
  semantic_model: z.array(
    z.strictObject({ ...common, datasets: z.array(dataset).min(1), metrics: z.array(metric).optional() }),
  ),
});

test('is what the specification allows, with every KPI and every column', () => {
  const [model] = specification.parse(parse(text)).semantic_model;
  expect(model?.description).toContain('Dupont: & "Fils"');
  expect(model?.metrics?.map((each) => each.name)).toEqual(kpis.map(({ id }) => id));
  expect(model?.datasets.map(({ fields }) => fields?.map((each) => each.name))).toEqual([
    [...FIGURE_COLUMNS],
  ]);
  const net = model?.metrics?.find((each) => each.name === 'net_revenue');
  expect(net?.ai_context).toMatchObject({
    synonyms: ['Net revenue', expect.stringContaining('Chiffre d’affaires')],
  });
  const data = JSON.parse(net?.custom_extensions?.[0]?.data ?? '');
  expect(data).toMatchObject({ unit: 'currency', theme: 'sales', good: 'up', headline: 'mtd', ratio: false });
  // `windows_off`.
  expect(data.windows).toEqual(expect.arrayContaining(['day', 'mtd', 'ytd']));
  expect(data.windows).not.toContain('qtd');
});

test('a metric is the figure as recorded where one row is left, and nothing where several are', async () => {
  const [model] = specification.parse(parse(text)).semantic_model;
  const sql = model?.metrics?.find((each) => each.name === 'net_revenue')?.expression.dialects[0]?.expression;
  const engine = await testEngine();
  const rows = `(VALUES ('net_revenue', 'day', 'current', NULL, 3.0), ('net_revenue', 'mtd', 'current', NULL, 40.0),
    ('net_revenue', 'mtd', 'previous', NULL, 30.0), ('net_revenue', 'mtd', 'current', 'north', 25.0),
    ('orders', 'mtd', 'current', NULL, 7.0)) AS figures(kpi, period, comparison, member, value)`;
  const asked = (where: string) => queryRows(engine, `SELECT ${sql} AS figure FROM ${rows} WHERE ${where}`);
  try {
    expect(await asked(`period = 'mtd' AND member IS NULL`)).toEqual([{ figure: '40.0' }]);
    expect(await asked(`period = 'mtd' AND member = 'north'`)).toEqual([{ figure: '25.0' }]);
    expect(await asked(`period = 'mtd'`)).toEqual([{ figure: null }]);
    expect(await asked('member IS NULL')).toEqual([{ figure: null }]);
  } finally {
    await engine.close();
  }
});
