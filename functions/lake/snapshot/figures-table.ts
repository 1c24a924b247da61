/** The folder of the table `figures`, which Athena reads (infra/constructs/figures-table.ts): a folder a KPI, a file a month. */
export const FIGURES_TABLE = 'figures/';

/**
 * A row of the relation `figures`, the same in every form of it (docs/bi/README.md has the columns). `numerator` and `denominator`
 * are exact decimals, `value` is what `vigie values` says.
 */
export interface FigureRow {
  readonly kpi: string;
  readonly kpi_name: string;
  readonly theme: string;
  readonly as_of: string;
  readonly period: string;
  readonly comparison: string;
  readonly dimension: string | null;
  readonly member: string | null;
  readonly member_name: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly value: number | null;
  readonly unit: string;
  readonly currency: string | null;
  readonly quality: string;
  readonly version: number;
  readonly recorded_at: string;
  readonly run: string;
}

/** The columns, in their order. New ones come last: whoever reads them by place goes on reading. */
export const FIGURE_COLUMNS = [
  ...([
    'kpi',
    'kpi_name',
    'theme',
    'as_of',
    'period',
    'comparison',
    'dimension',
    'member',
    'member_name',
  ] as const),
  ...([
    'numerator',
    'denominator',
    'value',
    'unit',
    'currency',
    'quality',
    'version',
    'recorded_at',
    'run',
  ] as const),
] as const satisfies readonly (keyof FigureRow)[];
