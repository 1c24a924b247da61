import type { Command } from 'commander';
import type { FigureKind, Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { type Labels, readLabels } from '../../functions/lake/catalogue/labels.ts';
import { isDate } from '../../functions/lake/company/calendar.ts';
import { figureValue, type SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { latestAsOf, readFigures } from '../../functions/lake/snapshot/store.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { consoleLog } from '../console-log.ts';
import { type Context, openContext, runCommand } from '../context.ts';
import { dateArgument, figureArgument, formatArgument, globalOptions, periodArgument } from '../options.ts';
import { refuseFuture } from '../past-day.ts';
import { asCsv, asTable } from '../print.ts';

interface ValuesOptions {
  date?: string;
  period?: PeriodName;
  comparison?: FigureKind;
  dimension?: string;
  knownAt?: string;
  format: 'table' | 'json' | 'csv';
}

export function completeValues(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .option('--period <window>', 'window (default: the KPI’s headline window)', periodArgument)
    .option(
      '--comparison <which>',
      'current, previous, last_year, target (the part due by then) or full_target (default: current)',
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
        const knownAt = options.knownAt === undefined ? undefined : instantOf(options.knownAt);
        refuseFuture(context, { '--date': options.date, '--known-at': knownAt });
        const rows = (
          await Promise.all(ids.map((id) => figuresOf(context, context.catalogue.kpi(id), options)))
        ).flat();
        if (rows.length === 0) process.stderr.write(`${nothingFound(context, ids, options)}\n`);
        if (rows.length === 0 && options.format === 'table') return;
        const labels = await readLabels(context.platform.bucket);
        const text = print(rows, options.format, labels, context.company.company.currency);
        process.stdout.write(`${text}\n`);
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
  if (Number.isNaN(instant.getTime()) || !isDate(text.slice(0, 10))) {
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

function print(
  rows: readonly ValueRow[],
  format: ValuesOptions['format'],
  labels: Labels,
  currency: string,
): string {
  if (format === 'json') return JSON.stringify(rows, null, 2);
  if (format === 'csv') return asCsv(rows, VALUE_COLUMNS);
  const label = ({ dimension, member }: ValueRow): string =>
    dimension === null || member === null ? '' : (labels.name(dimension, member) ?? '');
  const cells: Readonly<Record<string, (row: ValueRow) => string>> = {
    kpi: (row) => row.kpi,
    as_of: (row) => row.as_of,
    period: (row) => row.period,
    comparison: (row) => row.comparison,
    member: (row) => row.member ?? 'total',
    label,
    numerator: (row) => number(row.numerator),
    denominator: (row) => number(row.denominator),
    value: (row) => (row.unit === 'percent' && row.value !== null ? share(row.value) : number(row.value)),
    unit: (row) => ({ currency, percent: '' })[row.unit] ?? row.unit,
    quality: (row) => row.quality,
  };
  const columns = Object.keys(cells).filter((column) => !isIdle(column, rows, label));
  const numbers = ['numerator', 'denominator', 'value'].map((column) => columns.indexOf(column));
  return asTable(
    columns,
    rows.map((row) => columns.map((column) => cells[column]?.(row) ?? '')),
    numbers,
  );
}

/** A column that says the same of every row, and nothing that was not asked for, only makes the table wider. */
function isIdle(column: string, rows: readonly ValueRow[], label: (row: ValueRow) => string): boolean {
  if (column === 'comparison') return rows.every((row) => row.comparison === 'current');
  if (column === 'member') return rows.every((row) => row.dimension === null);
  if (column === 'label') return rows.every((row) => label(row) === '');
  if (column === 'quality') return rows.every((row) => row.quality === 'ok');
  // Without a denominator the numerator is the value.
  return (
    (column === 'numerator' || column === 'denominator') && rows.every((row) => row.denominator === null)
  );
}

const number = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: 4 });
const share = (value: number): string =>
  value.toLocaleString('en', { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });

const VALUE_COLUMNS: readonly (keyof ValueRow)[] = [
  'kpi',
  'as_of',
  'period',
  'comparison',
  'dimension',
  'member',
  'numerator',
  'denominator',
  'value',
  'unit',
  'quality',
];

function nothingFound(
  context: Context,
  ids: readonly string[],
  { date, knownAt, comparison, dimension }: ValuesOptions,
): string {
  const what = `No figures of ${ids.join(', ')}${date ? ` for ${date}` : ''}`;
  if (knownAt) return `${what} were known at ${knownAt}.`;
  if (comparison && comparison !== 'current')
    return `${what} with ${comparison}: nothing was recorded to compare with.`;
  if (dimension) return `${what} by ${dimension}.`;
  return `${what} yet: run \`${runCommand(context)}${date ? ` --date ${date}` : ''}\` first.`;
}
