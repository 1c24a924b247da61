import type { Command } from 'commander';
import type { FigureKind, Kpi, PeriodName } from '../../functions/lake/kpi.ts';
import { type Labels, readLabels } from '../../functions/lake/labels.ts';
import { figureValue, type SnapshotRow } from '../../functions/lake/snapshot.ts';
import { latestAsOf, readFigures } from '../../functions/lake/snapshot-store.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { consoleLog } from '../console-log.ts';
import { type Context, openContext } from '../context.ts';
import { dateArgument, figureArgument, formatArgument, globalOptions, periodArgument } from '../options.ts';
import { asCsv, asTable } from '../print.ts';

interface ValuesOptions {
  date?: string;
  period?: PeriodName;
  comparison?: FigureKind;
  dimension?: string;
  knownAt?: string;
  format: 'table' | 'json' | 'csv';
}

export function addValues(program: Command): void {
  program
    .command('values')
    .description('show figures of the snapshot')
    .argument('<kpi...>', 'ids of KPIs')
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .option('--period <window>', 'window (default: the KPI’s headline window)', periodArgument)
    .option(
      '--comparison <which>',
      'current, previous, last_year or target (default: current)',
      figureArgument,
    )
    .option('--dimension <name>', 'break down by this dimension')
    .option('--known-at <instant>', 'the figures as they were known then (ISO date or instant)')
    .option('--format <format>', 'table, json or csv', formatArgument, 'table')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie values net_revenue orders --period mtd\n  vigie values net_revenue --dimension region --format csv',
    )
    .action(async (ids: string[], options: ValuesOptions, command: Command) => {
      const context = await openContext(globalOptions(command), consoleLog(false));
      try {
        const rows = (
          await Promise.all(ids.map((id) => figuresOf(context, context.catalogue.kpi(id), options)))
        ).flat();
        if (rows.length === 0 && options.format === 'table')
          process.stderr.write(`${nothingFound(ids, options)}\n`);
        process.stdout.write(`${print(rows, options.format, await readLabels(context.platform.bucket))}\n`);
      } finally {
        await context.close();
      }
    });
}

/** One figure as `values` prints it; `value` null where there is none. */
export interface ValueRow {
  readonly kpi: string;
  readonly as_of: string;
  readonly period: string;
  readonly comparison: string;
  readonly dimension: string | null;
  readonly member: string | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly unit: string;
  readonly quality: string;
}

async function figuresOf(context: Context, kpi: Kpi, options: ValuesOptions): Promise<ValueRow[]> {
  const period = options.period ?? kpi.headline;
  if (!kpi.windows.includes(period)) {
    throw new VigieError(`${kpi.id} has no window ${period}.`, {
      code: 'WINDOW_UNKNOWN',
      hint: `It offers ${kpi.windows.join(', ')}.`,
    });
  }
  if (options.dimension !== undefined && !Object.hasOwn(kpi.dimensions, options.dimension)) {
    const dimensions = Object.keys(kpi.dimensions).join(', ') || 'none';
    throw new VigieError(`${kpi.id} has no dimension ${options.dimension}.`, {
      code: 'DIMENSION_UNKNOWN',
      hint: `It offers ${dimensions}.`,
    });
  }
  const bucket = context.platform.bucket;
  const date = options.date ?? (await latestAsOf(bucket, kpi.id));
  if (date === undefined) return [];
  const rows = await readFigures(bucket, {
    kpis: [kpi.id],
    from: date,
    to: date,
    periods: [period],
    comparisons: [options.comparison ?? 'current'],
    dimension: options.dimension ?? null,
    ...(options.knownAt === undefined ? {} : { knownAt: instantOf(options.knownAt) }),
  });
  return rows.map((row) => valueRow(row, kpi));
}

function instantOf(text: string): string {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) {
    throw new VigieError(`--known-at ${text} is no instant.`, {
      code: 'USAGE',
      hint: 'Write 2026-11-21 or 2026-11-21T07:00:00Z.',
    });
  }
  return instant.toISOString();
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

function valueRow(row: SnapshotRow, kpi: Kpi): ValueRow {
  return {
    kpi: row.kpi,
    as_of: row.asOf,
    period: row.period,
    comparison: row.comparison,
    dimension: row.dimension,
    member: row.member,
    numerator: numberOf(row.numerator),
    denominator: numberOf(row.denominator),
    value: figureValue(row, kpi.ratio),
    unit: row.unit,
    quality: row.quality,
  };
}

function print(rows: readonly ValueRow[], format: ValuesOptions['format'], labels: Labels): string {
  if (format === 'json') return JSON.stringify(rows, null, 2);
  if (format === 'csv') return asCsv(rows);
  const cell = (value: number | string | null): string =>
    value === null
      ? '–'
      : typeof value === 'number'
        ? value.toLocaleString('en', { maximumFractionDigits: 4 })
        : value;
  const label = ({ dimension, member }: ValueRow): string =>
    dimension === null || member === null ? '' : (labels.name(dimension, member) ?? '');
  const columns = [
    ...['kpi', 'as_of', 'period', 'comparison', 'member'],
    ...(rows.some((row) => label(row) !== '') ? ['label'] : []),
    ...['numerator', 'denominator', 'value', 'unit', 'quality'],
  ];
  const shown = (row: ValueRow, column: string): string => {
    if (column === 'label') return label(row);
    return column === 'member' && row.dimension === null ? 'total' : cell(row[column as keyof ValueRow]);
  };
  const numbers = ['numerator', 'denominator', 'value'].map((column) => columns.indexOf(column));
  return asTable(
    columns,
    rows.map((row) => columns.map((column) => shown(row, column))),
    numbers,
  );
}

const nothingFound = (ids: readonly string[], options: ValuesOptions): string =>
  `No figures of ${ids.join(', ')}${options.date ? ` for ${options.date}` : ''} yet: run \`vigie run${options.date ? ` --date ${options.date}` : ''}\` first.`;
