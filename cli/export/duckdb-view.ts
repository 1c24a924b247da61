import { basename } from 'node:path';
import { FIGURE_COLUMNS, type FigureRow } from '../../functions/lake/snapshot/figures-table.ts';
import { sqlText } from '../../functions/lake/values/sql-text.ts';
import type { ToldKpi } from '../../functions/measure/figures-table/figure-rows.ts';
import { literalPath } from '../../functions/platform/local/duckdb-engine.ts';

/** What a view is made for. */
export interface ViewOf {
  readonly kpis: readonly ToldKpi[];
  /** Where the snapshots are: the state folder. */
  readonly stateFolder: string;
  /** The reporting currency. */
  readonly currency: string;
  /** Whether names of members are kept already. A pattern that finds no file is an error to DuckDB. */
  readonly hasLabels: boolean;
  /** Of the file, for the note on top. */
  readonly file: string;
}

/**
 * The relation `figures` as a view for DuckDB over the snapshots themselves: what is recorded is seen at once. The newest recording
 * of a day is found as `newestOf` (functions/lake/snapshot/month.ts) finds it: the highest version that a file of totals has in its
 * metadata counts, with the rows of its own place in the files, and those of the members' file that it names.
 */
export function duckDbView(of: ViewOf): string {
  const folder = sqlText(`${literalPath(of.stateFolder)}/snapshot/kpi=*/month=*/`).slice(1, -1);
  return `${head(of)}
CREATE OR REPLACE VIEW figures AS
WITH kpis(kpi, kpi_name, theme, is_ratio, periods, dimensions) AS (VALUES
${of.kpis.map(kpiRow).join(',\n')}
),
listed AS (
  SELECT file_name AS file, from_json(decode(value), '[${RECORDING}]') AS recordings
  FROM parquet_kv_metadata('${folder}*.totals.parquet')
  WHERE decode(key) = 'vigie.recordings'
),
each_one AS (SELECT file, generate_subscripts(recordings, 1) AS place, unnest(recordings) AS r FROM listed),
recordings AS (
  SELECT file, r, regexp_extract(file, '/kpi=([^/]+)/month=', 1) AS kpi,
    coalesce(sum(r.rows) OVER (PARTITION BY file ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS start
  FROM each_one
),
newest AS (
  SELECT * FROM recordings
  QUALIFY row_number() OVER (PARTITION BY kpi, r.asOf ORDER BY r.version DESC, file) = 1
),
places AS (
  SELECT kpi, file, r.version AS version, start, start + r.rows AS stop FROM newest
  UNION ALL
  SELECT kpi, regexp_replace(file, '[^/]+$', '') || r.members.file, r.version, r.members.start, r.members.start + r.members.rows
  FROM newest WHERE r.members IS NOT NULL
),
${of.hasLabels ? labelsIn(of) : NO_LABELS}
SELECT ${selected(of.currency)}
FROM read_parquet('${folder}*.parquet', filename = true, file_row_number = true, union_by_name = true,
  hive_partitioning = true, hive_types = {'kpi': VARCHAR, 'month': VARCHAR}) AS f
JOIN places AS p ON p.file = f.filename AND f.file_row_number >= p.start AND f.file_row_number < p.stop
JOIN kpis AS k ON k.kpi = f.kpi
LEFT JOIN labels AS l ON l.dimension = f.dimension AND l.member = f.member
WHERE list_contains(k.periods, f.period)
  AND (f.dimension IS NULL OR list_contains(k.dimensions, f.dimension));
`;
}

const head = ({
  file,
}: ViewOf): string => `-- Vigie's figures, newest recording only: docs/bi/README.md has the columns.
-- duckdb bi.duckdb < ${basename(file)}     makes a database with the view in it; reading it writes nothing.
-- Made by vigie export. Make it again after an upgrade, a new KPI, or when the state folder moves.`;

const RECORDING =
  '{"asOf":"VARCHAR","version":"BIGINT","rows":"BIGINT","members":{"file":"VARCHAR","start":"BIGINT","rows":"BIGINT"}}';

const list = (names: readonly string[]): string => `[${names.map(sqlText).join(', ')}]::VARCHAR[]`;

const kpiRow = ({ kpi, name, periods, dimensions }: ToldKpi): string =>
  `  (${[sqlText(kpi.id), sqlText(name), sqlText(kpi.theme), String(kpi.ratio), list(periods), list(dimensions)].join(', ')})`;

/** Of several KPIs' names of a member the one seen last counts (functions/lake/catalogue/labels.ts). */
const labelsIn = ({ stateFolder }: ViewOf): string => `label_files AS (
  SELECT try_cast(content AS JSON) AS labels FROM read_text(${sqlText(`${literalPath(stateFolder)}/labels/*.json`)})
),
by_dimension AS (
  SELECT unnest(map_entries(try_cast(labels AS MAP(VARCHAR, MAP(VARCHAR, STRUCT("name" VARCHAR, since VARCHAR)))))) AS d
  FROM label_files
),
by_member AS (SELECT d.key AS dimension, unnest(map_entries(d.value)) AS m FROM by_dimension),
labels AS (
  SELECT dimension, m.key AS member, max({'since': m.value.since, 'name': m.value.name}).name AS name
  FROM by_member GROUP BY ALL
)`;

const NO_LABELS = `labels AS (SELECT NULL::VARCHAR AS dimension, NULL::VARCHAR AS member, NULL::VARCHAR AS name)`;

/** A decimal as text is the number that \`vigie values\` reads. */
const number = (column: string): string => `CAST(CAST(${column} AS VARCHAR) AS DOUBLE)`;

const columnsIn = (currency: string): Readonly<Record<keyof FigureRow, string>> => ({
  kpi: 'f.kpi',
  kpi_name: 'k.kpi_name',
  theme: 'k.theme',
  as_of: 'f.as_of',
  period: 'f.period',
  comparison: 'f.comparison',
  dimension: 'f.dimension',
  member: 'f.member',
  member_name: 'l.name',
  numerator: 'CAST(f.numerator AS DECIMAL(38, 6))',
  denominator: 'CAST(f.denominator AS DECIMAL(38, 6))',
  value: `CASE WHEN NOT k.is_ratio THEN ${number('f.numerator')} WHEN f.denominator <> 0 THEN ${number('f.numerator')} / ${number('f.denominator')} END`,
  unit: 'f.unit',
  currency: `CASE WHEN f.unit = 'currency' THEN ${sqlText(currency)} END`,
  quality: 'f.quality',
  version: 'CAST(p.version AS INTEGER)',
  recorded_at: 'f.recorded_at',
  run: 'f.run',
});

function selected(currency: string): string {
  const columns = columnsIn(currency);
  return FIGURE_COLUMNS.map((name) => `${columns[name]} AS ${name}`).join(',\n  ');
}
