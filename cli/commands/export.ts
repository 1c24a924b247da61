import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { kpisOn } from '../../functions/lake/company/chosen-kpis.ts';
import { type ExportedPart, figureRows, told } from '../../functions/measure/figures-table/figure-rows.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { wholeFile } from '../../functions/platform/local/private-files.ts';
import { type Context, runCommand } from '../context.ts';
import { duckDbView } from '../export/duckdb-view.ts';
import { osiModel } from '../export/osi-model.ts';
import { writeCsv, writeExcel, writeParquet } from '../export/write-table.ts';
import { dateArgument } from '../options.ts';
import { refuseFuture } from '../past-day.ts';
import { instantOf } from '../values/value-rows.ts';
import { withContext } from '../with-context.ts';

interface ExportOptions {
  readonly kpi?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly knownAt?: string;
  readonly totals?: true;
}

/** What is written, by the ending of the file; says what it wrote. */
type Form = (context: Context, target: string, part: ExportedPart) => Promise<string>;

const FORMS: Readonly<Record<string, Form>> = {
  parquet: (context, target, part) => table(context, target, part, writeParquet),
  csv: (context, target, part) => table(context, target, part, writeCsv),
  xlsx: (context, target, part) => table(context, target, part, writeExcel),
  sql: view,
  yaml: model,
};

export function completeExport(draft: Command): void {
  draft
    .option('--kpi <id...>', 'only these KPIs (default: all that the company goes by)')
    .option('--from <day>', 'first as-of day (default: the first recorded)', dateArgument)
    .option('--to <day>', 'last as-of day (default: the latest)', dateArgument)
    .option('--totals', 'without the members of dimensions')
    .option('--known-at <instant>', 'the figures as they were known then (ISO date or instant)')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie export figures.parquet\n  vigie export revenue.csv --kpi net_revenue orders --from 2026-01-01\n  vigie export revenue.xlsx --kpi net_revenue --totals\n  vigie export figures.sql\n  vigie export kpis.yaml',
    )
    .action(async (file: string, options: ExportOptions, command: Command) => {
      const form = formOf(file, options);
      await withContext(command, async (context) => {
        const knownAt = options.knownAt === undefined ? undefined : instantOf(options.knownAt);
        refuseFuture(context, { '--from': options.from, '--to': options.to, '--known-at': knownAt });
        const part = { ...options, kpis: chosenKpis(context, options.kpi), knownAt };
        process.stdout.write(`${await form(context, resolve(file), part)}\n`);
      });
    });
}

/** Throws USAGE for an ending that is none of ours, and for days of something that is not made of days. */
function formOf(file: string, { kpi: _, ...days }: ExportOptions): Form {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const form = Object.hasOwn(FORMS, ending) ? FORMS[ending] : undefined;
  if (!form)
    throw new VigieError(`${file} does not say what to write.`, {
      code: 'USAGE',
      hint: `Let its name end with ${Object.keys(FORMS)
        .map((each) => `.${each}`)
        .join(', ')}.`,
    });
  const [option] = Object.keys(days);
  if (option !== undefined && !['parquet', 'csv', 'xlsx'].includes(ending))
    throw new VigieError(`--${option === 'knownAt' ? 'known-at' : option} is for .parquet, .csv and .xlsx.`, {
      code: 'USAGE',
      hint: 'A view has every day, a model none: whoever asks chooses.',
    });
  return form;
}

/** The KPIs named, or those that the company goes by. Throws KPI_UNKNOWN. */
const chosenKpis = ({ company, catalogue }: Context, ids: readonly string[] | undefined): Kpi[] =>
  ids === undefined ? kpisOn(company, catalogue.kpis) : ids.map((id) => catalogue.kpi(id));

async function table(
  context: Context,
  target: string,
  part: ExportedPart,
  write: (path: string, rows: ReturnType<typeof figureRows>) => Promise<number>,
): Promise<string> {
  const count = await wholeFile(target, (path) => write(path, figureRows(context, part)));
  if (count === 0) process.stderr.write(`No figures of that yet: run \`${runCommand(context)}\` first.\n`);
  return `${target}: ${count.toLocaleString('en')} figures`;
}

/** Throws EXPORT_ELSEWHERE for a stack, EXPORT_NOTHING before the first run: DuckDB refuses a pattern that finds no file. */
async function view(context: Context, target: string, { kpis }: ExportedPart): Promise<string> {
  const { company, platform, stack, stateFolder } = context;
  if (stack !== undefined)
    throw new VigieError('the view for DuckDB reads a state folder of this machine, not a stack', {
      code: 'EXPORT_ELSEWHERE',
      hint: `Of what is deployed, \`vigie export figures.parquet --stack ${stack.name}\` writes the table.`,
    });
  if ((await platform.bucket.folders('snapshot/')).length === 0)
    throw new VigieError('nothing is recorded yet that a view could show', {
      code: 'EXPORT_NOTHING',
      hint: `Run \`${runCommand(context)}\` first.`,
    });
  const sql = duckDbView({
    ...{ stateFolder, file: target, currency: company.company.currency },
    kpis: kpis.map((kpi) => told(context, kpi)),
    hasLabels: await anyKey(platform.bucket.list('labels/')),
  });
  await wholeFile(target, (path) => writeFile(path, sql));
  return `${target}: the view figures of ${kpis.length} KPIs, for DuckDB`;
}

async function model(context: Context, target: string, { kpis }: ExportedPart): Promise<string> {
  const yaml = osiModel(
    context.company.company.name,
    kpis.map((kpi) => told(context, kpi)),
  );
  await wholeFile(target, (path) => writeFile(path, yaml));
  return `${target}: ${kpis.length} KPIs, as Open Semantic Interchange`;
}

async function anyKey(keys: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _ of keys) return true;
  return false;
}
