import { stringify } from 'yaml';
import { FIGURE_COLUMNS, type FigureRow } from '../../functions/lake/snapshot/figures-table.ts';
import { wordIn } from '../../functions/lake/values/language.ts';
import { sqlText } from '../../functions/lake/values/sql-text.ts';
import { en } from '../../functions/languages/en.ts';
import type { ToldKpi } from '../../functions/measure/figures-table/figure-rows.ts';

/** The version of the specification that is written: Open Semantic Interchange, since 2026 Apache Ossie, core-spec/spec.md. */
const SPECIFICATION = '0.2.0.dev0';

/** A field's type in the specification's words, and what it is. */
type Said = readonly [
  datatype: 'String' | 'Date' | 'Decimal' | 'Float' | 'Integer' | 'DateTimeTz',
  description: string,
];

const FIELDS: Readonly<Record<keyof FigureRow, Said>> = {
  kpi: ['String', 'Id of the KPI'],
  kpi_name: ['String', 'Its name'],
  theme: ['String', 'What the KPI is about'],
  as_of: ['Date', 'The day that a figure is of: the last one of its window'],
  period: [
    'String',
    'The window: day, last_7d, last_28d, mtd, qtd, ytd, last_365d. Windows overlap: choose one',
  ],
  comparison: [
    'String',
    'What the figure is: current, previous, last_year, target (the part due), full_target, forecast, forecast_low, forecast_high, forecast_error',
  ],
  dimension: [
    'String',
    'What the figure is broken down by; empty for the total. Each dimension has the whole again: choose one',
  ],
  member: ['String', 'The member of the dimension; empty for the total'],
  member_name: ['String', 'The name of a member that is an id'],
  numerator: ['Decimal', 'What the figure is made of, exact'],
  denominator: ['Decimal', 'What the numerator is divided by; empty for a sum'],
  value: ['Float', 'The figure; a share is a fraction. Empty: no data, which is not 0'],
  unit: ['String', 'currency, count, percent, ratio, days, points or units'],
  currency: ['String', 'Of money: the reporting currency'],
  quality: ['String', 'ok, incomplete or stale: what was known of its data when it was recorded'],
  version: ['Integer', '1, or above where the day was restated'],
  recorded_at: ['DateTimeTz', 'When it was recorded'],
  run: ['String', 'Which run recorded it'],
};

const ansi = (expression: string) => ({ dialects: [{ dialect: 'ANSI_SQL', expression }] });

/** The catalogue as a semantic model over the relation `figures`: YAML as Open Semantic Interchange has it. */
export function osiModel(company: string, kpis: readonly ToldKpi[]): string {
  const model = {
    name: 'vigie',
    description: `Figures of ${company}, as Vigie recorded them: newest recording only.`,
    ai_context: { instructions: INSTRUCTIONS },
    datasets: [figures()],
    metrics: kpis.map(metricOf),
  };
  return stringify(
    { version: SPECIFICATION, semantic_model: [model] },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

const INSTRUCTIONS =
  'Filter figures by one period and by one dimension (dimension IS NULL is the total), and group by as_of and, of a dimension, by member. A metric is the figure as it was recorded where one row is left, and empty where several are: shares, averages and counts of distinct people do not add up. Never add up values of several days or windows.';

const figures = () => ({
  name: 'figures',
  source: 'figures',
  unique_keys: [['kpi', 'as_of', 'period', 'comparison', 'dimension', 'member']],
  description: 'One row a figure. Made by vigie export, as a table or as a view.',
  fields: FIGURE_COLUMNS.map((name) => ({
    name,
    expression: ansi(name),
    dimension: { is_time: name === 'as_of' },
    description: FIELDS[name][1],
    datatype: FIELDS[name][0],
  })),
});

function metricOf({ kpi, name, periods, dimensions }: ToldKpi) {
  const others = Object.values(kpi.names).filter((word) => word !== name);
  const { unit, theme, good, headline, additive } = kpi;
  const by = dimensions.length === 0 ? 'Total only.' : `Dimensions: ${dimensions.join(', ')}.`;
  return {
    name: kpi.id,
    expression: ansi(expressionOf(kpi.id)),
    description: wordIn(kpi.describes, en),
    datatype: 'Float',
    ai_context: {
      instructions: `Windows (period): ${periods.join(', ')}; people look at ${headline} first. ${by}`,
      synonyms: [name, ...others],
    },
    custom_extensions: [
      {
        vendor_name: 'VIGIE',
        data: JSON.stringify({
          unit,
          theme,
          good,
          headline,
          windows: periods,
          dimensions,
          ratio: kpi.ratio,
          additive,
        }),
      },
    ],
  };
}

/** The one figure that is left, or none: never several added up. */
function expressionOf(kpi: string): string {
  const when = (what: string): string =>
    `CASE WHEN figures.kpi = ${sqlText(kpi)} AND figures.comparison = 'current' THEN ${what} END`;
  return `CASE WHEN COUNT(${when('1')}) = 1 THEN MAX(${when('figures.value')}) END`;
}
