import type { Command } from 'commander';
import type { FigureKind, Kpi, PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { type Labels, readLabels } from '../../functions/lake/catalogue/labels.ts';
import { latestAsOf } from '../../functions/lake/snapshot/store.ts';
import { isDay } from '../../functions/lake/values/day.ts';
import { type ForecastKind, forecastKinds } from '../../functions/lake/values/vocabulary.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { ComparedFigure, KpiDay } from '../../functions/report/model/day.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
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
  /** Of a window that runs on: what it will be at its end, between what four times in five, and how far forecasts usually are off. */
  readonly forecast: number | null;
  readonly forecast_low: number | null;
  readonly forecast_high: number | null;
  readonly forecast_error: number | null;
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
  const knownAt = options.knownAt === undefined ? undefined : instantOf(options.knownAt);
  const { company } = context;
  // A KPI that is switched off has no figures of today, but may have earlier ones: it was asked for by name.
  const asked = { ...company, kpis: { ...company.kpis, off: {}, themes: undefined, windows_off: [] } };
  const day = await readDay(bucket, {
    ...{ company: asked, catalogue: { ...context.catalogue, kpis: [kpi] }, asOf: date, period, knownAt },
    brief: true,
  });
  const failed = day.broken.find(({ item }) => item === `figures of ${kpi.id}`);
  if (failed) throw new VigieError(failed.problem.message, { ...failed.problem });
  return day.kpis.flatMap((of) => valueRows(of, date, options));
}

function instantOf(text: string): string {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()) || !isDay(text.slice(0, 10))) {
    throw new VigieError(`--known-at ${text} is no instant.`, {
      code: 'USAGE',
      hint: 'Write 2026-11-21 or 2026-11-21T07:00:00Z.',
    });
  }
  return instant.toISOString();
}

/** The total, or the members of the dimension asked for, largest first. */
function valueRows(of: KpiDay, asOf: string, options: ValuesOptions): ValueRow[] {
  const { kpi, period, quality } = of;
  const { dimension = null, comparison = 'current' } = options;
  const lines: readonly (ComparedFigure & { readonly member?: string })[] =
    dimension === null
      ? of.windows.filter((window) => window.period === period)
      : of.breakdowns.filter((each) => each.dimension === dimension).flatMap(({ members }) => members);
  return lines.flatMap(({ member = null, figures }) => {
    const figure = figures[comparison];
    const about = { kpi: kpi.id, as_of: asOf, period, comparison, dimension, member };
    if (!figure) return [];
    const { numerator, denominator, value } = figure;
    const ahead = forecastOf(comparison === 'current' && dimension === null ? figures : {});
    return [{ ...about, numerator, denominator, value, ...ahead, unit: kpi.unit, quality }];
  });
}

function forecastOf(figures: ComparedFigure['figures']): Record<ForecastKind, number | null> {
  const of = (kind: ForecastKind): number | null => figures[kind]?.value ?? null;
  return {
    forecast: of('forecast'),
    forecast_low: of('forecast_low'),
    forecast_high: of('forecast_high'),
    forecast_error: of('forecast_error'),
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
    ...Object.fromEntries(forecastKinds.map((kind) => [kind, (row: ValueRow) => number(row[kind])])),
    unit: (row) => ({ currency, percent: '' })[row.unit] ?? row.unit,
    quality: (row) => row.quality,
  };
  const columns = Object.keys(cells).filter((column) => !isIdle(column, rows, label));
  const numbers = ['numerator', 'denominator', 'value', ...forecastKinds].map((column) =>
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
  ...forecastKinds,
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
