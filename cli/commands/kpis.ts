import type { Command } from 'commander';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { unfedTables } from '../../functions/lake/catalogue/kpi-needs.ts';
import { allFedTables } from '../../functions/lake/company/fed-tables.ts';
import { latestAsOf } from '../../functions/lake/snapshot/store.ts';
import { wordIn } from '../../functions/lake/values/language.ts';
import { periodName } from '../../functions/languages/dates.ts';
import { en } from '../../functions/languages/en.ts';
import { out } from '../colours.ts';
import { consoleLog } from '../console-log.ts';
import { type Context, openContext } from '../context.ts';
import { formatArgument, globalOptions } from '../options.ts';
import { asCsv, asTable } from '../print.ts';
import { wrap } from '../wrap.ts';

export function completeKpis(draft: Command): void {
  draft
    .option('--format <format>', 'table, json or csv', formatArgument, 'table')
    .addHelpText('after', '\nExamples:\n  vigie kpis\n  vigie kpis cart_abandonment_rate')
    .action(async (id: string | undefined, { format }: { format: string }, command: Command) => {
      const context = await openContext(globalOptions(command), consoleLog(false));
      try {
        const kpis = id === undefined ? context.catalogue.kpis : [context.catalogue.kpi(id)];
        const standings = await Promise.all(kpis.map((kpi) => standingOf(context, kpi)));
        process.stdout.write(`${print(context, kpis, standings, id, format)}\n`);
      } finally {
        await context.close();
      }
    });
}

/** Where a KPI stands in this company. */
interface Standing {
  readonly kpi: string;
  readonly name: string;
  readonly unit: string;
  /** `measured`: there are figures; `ready`: the next run measures it; `no data`: some table has no source; `broken`: its file has a mistake; `off`. */
  readonly state: 'measured' | 'ready' | 'no data' | 'broken' | 'off';
  /** Tables that it counts and no source fills. */
  readonly missing: readonly string[];
  /** Last as-of date measured. */
  readonly as_of: string | null;
}

async function standingOf({ company, platform }: Context, kpi: Kpi): Promise<Standing> {
  const missing = unfedTables(kpi, allFedTables(company.sources));
  const asOf = (await latestAsOf(platform.bucket, kpi.id)) ?? null;
  const waiting = missing.length > 0 ? 'no data' : asOf === null ? 'ready' : 'measured';
  const state = company.kpis.off.includes(kpi.id) ? 'off' : kpi.problem ? 'broken' : waiting;
  return { kpi: kpi.id, name: wordIn(kpi.names, en), unit: kpi.unit, state, missing, as_of: asOf };
}

const COLUMNS = ['kpi', 'name', 'unit', 'state', 'missing', 'as_of'] as const;

function print(
  context: Context,
  kpis: readonly Kpi[],
  standings: readonly Standing[],
  id: string | undefined,
  format: string,
): string {
  if (format === 'json') return JSON.stringify(id === undefined ? standings : standings[0], null, 2);
  if (format === 'csv')
    return asCsv(
      standings.map((each) => ({ ...each, missing: each.missing.join(' ') })),
      COLUMNS,
    );
  const [kpi] = kpis;
  const [standing] = standings;
  if (id !== undefined && kpi && standing) return inFull(context, kpi, standing);
  const rows = standings.map((each) => [each.kpi, each.name, inColour(each), each.as_of ?? '']);
  return asTable(['kpi', 'name', 'state', 'measured'], rows);
}

function inColour({ state, missing }: Standing): string {
  if (state === 'measured') return out.green(state);
  if (state === 'broken') return `${out.red(state)}: \`vigie test\` says where`;
  if (state === 'no data') return `${out.yellow(state)}: no source fills ${missing.join(', ')}`;
  return state === 'off' ? out.dim('off (kpis.off)') : 'ready: the next run measures it';
}

const list = (words: readonly string[]): string => words.join(', ') || 'none';

function inFull({ company }: Context, kpi: Kpi, standing: Standing): string {
  const unit = kpi.unit === 'currency' ? `currency (${company.company.currency})` : kpi.unit;
  const facts: readonly (readonly [string, string])[] = [
    ['state', `${inColour(standing)}${standing.as_of === null ? '' : `, last for ${standing.as_of}`}`],
    ['unit', `${unit}${kpi.unit === 'percent' ? ': targets and levels are fractions, 0.75 for 75 %' : ''}`],
    ['good is', kpi.good],
    ['windows', kpi.windows.map((each) => (each === kpi.headline ? `${each} (headline)` : each)).join(', ')],
    ['headline', periodName(kpi.headline, en)],
    ['dimensions', list(Object.keys(kpi.dimensions))],
    ['reads', list(Object.keys(kpi.reads))],
    ['shown to', kpi.audience.join(', ')],
    ['when it goes wrong', kpi.runbook],
    ['SQL', kpi.file],
    ...(kpi.adjustedBy === undefined ? [] : [['adjusted by', kpi.adjustedBy] as const]),
    ...(kpi.problem === undefined ? [] : [['mistake', kpi.problem.message] as const]),
  ];
  return [
    `${out.bold(wordIn(kpi.names, en))}  ${out.dim(kpi.id)}`,
    wrap(wordIn(kpi.describes, en), '', process.stdout.columns),
    '',
    ...facts.map(([name, fact]) => `${name.padEnd(20)}${fact}`),
  ].join('\n');
}
