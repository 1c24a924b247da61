import type { Command } from 'commander';
import { type Kpi, themes } from '../../functions/lake/catalogue/kpi.ts';
import { themesOf } from '../../functions/lake/company/chosen-kpis.ts';
import { wordIn } from '../../functions/lake/values/language.ts';
import { suggestion } from '../../functions/lake/values/nearest.ts';
import { windowName } from '../../functions/languages/dates.ts';
import { en } from '../../functions/languages/en.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { type Standing, standingOf } from '../kpis/standing.ts';
import { formatArgument } from '../options.ts';
import { asCsv, asTable } from '../print.ts';
import { withContext } from '../with-context.ts';
import { wrap } from '../wrap.ts';

export function completeKpis(draft: Command): void {
  draft
    .option('--format <format>', 'table, json or csv', formatArgument, 'table')
    .addHelpText(
      'after',
      `\nThemes: ${themes.join(', ')}\n\nExamples:\n  vigie kpis\n  vigie kpis funnel\n  vigie kpis cart_abandonment_rate`,
    )
    .action(async (named: string | undefined, { format }: { format: string }, command: Command) => {
      await withContext(command, async (context) => {
        const kpis = kpisNamed(context, named);
        const standings = await Promise.all(kpis.map((kpi) => standingOf(context, kpi)));
        const one = kpis.length === 1 && kpis[0]?.id === named;
        process.stdout.write(`${print(context, kpis, standings, one, format)}\n`);
      });
    });
}

/** All, theme by theme as the company lives by them; those of a theme; or one. Throws KPI_UNKNOWN. */
function kpisNamed({ company, catalogue }: Context, named: string | undefined): readonly Kpi[] {
  const own = themesOf(company);
  const order = [...own, ...themes.filter((theme) => !own.includes(theme))];
  if (named !== undefined && catalogue.kpis.every(({ id }) => id !== named)) {
    const theme = themes.find((each) => each === named);
    if (theme) return catalogue.kpis.filter((kpi) => kpi.theme === theme);
    throw nothingNamed(named, catalogue.kpis);
  }
  return named === undefined
    ? catalogue.kpis.toSorted((a, b) => order.indexOf(a.theme) - order.indexOf(b.theme))
    : [catalogue.kpi(named)];
}

const nothingNamed = (name: string, kpis: readonly Kpi[]): VigieError =>
  new VigieError(
    `there is no KPI and no theme \`${name}\`; ${suggestion(name, [...themes, ...kpis.map(({ id }) => id)])}`,
    { code: 'KPI_UNKNOWN', hint: '`vigie kpis` lists them all, theme by theme.', where: { field: name } },
  );

const COLUMNS = ['kpi', 'name', 'theme', 'unit', 'state', 'reason', 'missing', 'as_of'] as const;

function print(
  context: Context,
  kpis: readonly Kpi[],
  standings: readonly Standing[],
  one: boolean,
  format: string,
): string {
  if (format === 'json') return JSON.stringify(one ? standings[0] : standings, null, 2);
  if (format === 'csv')
    return asCsv(
      standings.map((each) => ({ ...each, missing: each.missing.join(' ') })),
      COLUMNS,
    );
  const [kpi] = kpis;
  const [standing] = standings;
  if (one && kpi && standing) return inFull(context, kpi, standing);
  const rows = standings.map((each) => [each.kpi, each.name, each.theme, inColour(each), each.as_of ?? '']);
  return asTable(['kpi', 'name', 'theme', 'state', 'measured'], rows);
}

function inColour({ state, missing, reason }: Standing): string {
  if (state === 'measured') return out.green(state);
  if (state === 'broken') return `${out.red(state)}: \`vigie test\` says where`;
  if (state === 'no data') return `${out.yellow(state)}: no source fills ${missing.join(', ')}`;
  return state === 'off' ? `${out.dim('off')}: ${reason}` : 'ready: the next run measures it';
}

const list = (words: readonly string[]): string => words.join(', ') || 'none';

function inFull({ company }: Context, kpi: Kpi, standing: Standing): string {
  const unit = kpi.unit === 'currency' ? `currency (${company.company.currency})` : kpi.unit;
  const facts: readonly (readonly [string, string])[] = [
    ['state', `${inColour(standing)}${standing.as_of === null ? '' : `, last for ${standing.as_of}`}`],
    ['theme', kpi.theme],
    ['unit', `${unit}${kpi.unit === 'percent' ? ': targets and levels are fractions, 0.75 for 75 %' : ''}`],
    ['good is', kpi.good],
    ['windows', kpi.windows.map((each) => (each === kpi.headline ? `${each} (headline)` : each)).join(', ')],
    ['headline', windowName(kpi, kpi.headline, en)],
    ...(kpi.ripens === undefined
      ? []
      : [['counts', `entries once ${kpi.ripens} days old: younger ones are provisional`] as const]),
    ...(kpi.late === undefined
      ? []
      : [['counts', `each day ${kpi.late} days later, when its source knows it`] as const]),
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
