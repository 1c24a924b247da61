import type { Command } from 'commander';
import { type Labels, readLabels } from '../../functions/lake/catalogue/labels.ts';
import { type ForecastKind, forecastKinds } from '../../functions/lake/values/vocabulary.ts';
import { type Context, runCommand } from '../context.ts';
import { dateArgument, figureArgument, formatArgument, periodArgument } from '../options.ts';
import { refuseFuture } from '../past-day.ts';
import { asCsv, asTable } from '../print.ts';
import { type AskedFigures, figuresOf, instantOf, type ValueRow } from '../values/value-rows.ts';
import { withContext } from '../with-context.ts';
import { isMeasured } from './measured-day.ts';

interface ValuesOptions extends AskedFigures {
  format: 'table' | 'json' | 'csv';
}

export function completeValues(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .option('--period <window>', 'window (default: the KPI’s headline window)', periodArgument)
    .option(
      '--comparison <which>',
      'current, previous, last_year, target (the part due by then), full_target, or forecast, forecast_low, forecast_high, forecast_error (default: current)',
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
      await withContext(command, async (context) => {
        const knownAt = options.knownAt === undefined ? undefined : instantOf(options.knownAt);
        refuseFuture(context, { '--date': options.date, '--known-at': knownAt });
        const rows = (
          await Promise.all(ids.map((id) => figuresOf(context, context.catalogue.kpi(id), options)))
        ).flat();
        if (rows.length === 0) process.stderr.write(`${await nothingFound(context, ids, options)}\n`);
        if (rows.length === 0 && options.format === 'table') return;
        const labels = await readLabels(context.platform.bucket);
        const text = print(rows, options.format, labels, context.company.company.currency);
        process.stdout.write(`${text}\n`);
      });
    });
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
    value: (row) => inUnit(row, row.value),
    ...Object.fromEntries(forecastKinds.map((kind) => [kind, (row: ValueRow) => number(row[kind])])),
    ...Object.fromEntries(BESIDE.map((kind) => [kind, (row: ValueRow) => inUnit(row, row[kind])])),
    unit: (row) => ({ currency, percent: '' })[row.unit] ?? row.unit,
    quality: (row) => row.quality,
  };
  const columns = Object.keys(cells).filter((column) => !isIdle(column, rows, label));
  const numbers = ['numerator', 'denominator', 'value', ...forecastKinds, ...BESIDE].map((column) =>
    columns.indexOf(column),
  );
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
  if (forecastKinds.some((kind) => kind === column))
    return rows.every((row) => row[column as ForecastKind] === null);
  const beside = BESIDE.find((kind) => kind === column);
  if (beside) return rows.every((row) => row[beside] === null);
  if (column === 'quality') return rows.every((row) => row.quality === 'ok');
  // Without a denominator the numerator is the value.
  return (
    (column === 'numerator' || column === 'denominator') && rows.every((row) => row.denominator === null)
  );
}

/** What stands beside a figure, in its unit: the interval of a survey, what others reach. */
const BESIDE = ['interval_low', 'interval_high', 'benchmark'] as const;

const inUnit = ({ unit }: ValueRow, value: number | null): string =>
  unit === 'percent' && value !== null ? share(value) : number(value);
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
  ...forecastKinds,
  ...BESIDE,
];

async function nothingFound(
  context: Context,
  ids: readonly string[],
  { date, knownAt, comparison, dimension }: ValuesOptions,
): Promise<string> {
  const what = `No figures of ${ids.join(', ')}${date ? ` for ${date}` : ''}`;
  if (knownAt) return `${what} were known at ${knownAt}.`;
  if (comparison && comparison !== 'current')
    return `${what} with ${comparison}: nothing was recorded to compare with.`;
  const someUnknown = ids.some((id) => context.catalogue.kpi(id).unknown !== undefined);
  if (dimension && !someUnknown) return `${what} by ${dimension}.`;
  // To run the day again would not help where its other figures are there.
  if (await isMeasured(context, date))
    return `${what}: \`vigie explain ${ids[0]}${date ? ` --date ${date}` : ''}\` says why.`;
  return `${what} yet: run \`${runCommand(context)}${date ? ` --date ${date}` : ''}\` first.`;
}
