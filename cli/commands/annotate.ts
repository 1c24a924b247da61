import type { Command } from 'commander';
import {
  addEvent,
  type BusinessEvent,
  type KeptEvent,
  readEvents,
  removeEvent,
} from '../../functions/lake/alerts/events.ts';
import { LONGEST_EVENT } from '../../functions/lake/company/event.ts';
import { eventNameMistakes } from '../../functions/lake/company/event-mistakes.ts';
import { saidIn } from '../../functions/lake/values/language.ts';
import { type EventKind, eventKinds } from '../../functions/lake/values/vocabulary.ts';
import { en } from '../../functions/languages/en.ts';
import { oneLine } from '../../functions/languages/one-line.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Context } from '../context.ts';
import { dateArgument, eventKindArgument, formatArgument } from '../options.ts';
import { asCsv, asTable } from '../print.ts';
import { withContext } from '../with-context.ts';

const EXAMPLES = `
Examples:
  vigie annotate add "Black week" --from 2026-11-23 --to 2026-11-29 --kind promotion
  vigie annotate add "checkout 4.2" --from 2026-11-17 --kind release --kpi cart_abandonment_rate
  vigie annotate add "flood in Lyon" --from 2026-11-12 --kind closure --dimension region --member Sud-Est
  vigie annotate
  vigie annotate remove 2026-11-12.1`;

export function completeAnnotate(draft: Command): void {
  draft.addHelpText('after', EXAMPLES);
  draft
    .command('list', { isDefault: true })
    .description('what is noted, here and under `events` of vigie.yaml')
    .option('--from <day>', 'first day', dateArgument)
    .option('--to <day>', 'last day', dateArgument)
    .option('--format <format>', 'table, json or csv', formatArgument, 'table')
    .action((options: ListOptions, command: Command) =>
      withContext(command, (context) => list(context, options)),
    );
  draft
    .command('add <text>')
    .description('note what happened, or is planned')
    .requiredOption('--from <day>', 'the day, or the first of them', dateArgument)
    .option('--to <day>', 'the last day (default: the first)', dateArgument)
    .option('--kind <kind>', eventKinds.join(', '), eventKindArgument, 'other')
    .option('--kpi <kpi>', 'the one KPI that it concerns')
    .option('--dimension <dimension>', 'with --member: whom alone it concerns')
    .option('--member <member>', 'a member of the dimension, as figures have it')
    .action((text: string, options: AddOptions, command: Command) =>
      withContext(command, async (context) => {
        const kept = await addEvent(context.platform.bucket, noted(context, text, options));
        process.stdout.write(`Noted as ${kept.id}: ${line(kept)}.\n`);
      }),
    );
  draft
    .command('remove <id>')
    .description('take back what was noted')
    .action((id: string, _options: object, command: Command) =>
      withContext(command, async ({ platform }) => {
        const gone = await removeEvent(platform.bucket, id);
        process.stdout.write(`Taken back: ${line(gone)}.\n`);
      }),
    );
}

interface ListOptions {
  from?: string;
  to?: string;
  format: string;
}

interface AddOptions {
  from: string;
  to?: string;
  kind: EventKind;
  kpi?: string;
  dimension?: string;
  member?: string;
}

/** Throws USAGE where what is said cannot be, EVENT_CONCERNS where it names what there is not. */
function noted({ catalogue, platform }: Context, said: string, options: AddOptions): Omit<KeptEvent, 'id'> {
  const { from, to = from, kind, kpi, dimension, member } = options;
  const text = oneLine(said, LONGEST_EVENT);
  if (text === '')
    throw usage('An event without a text tells nobody anything.', 'Say in a few words what happened.');
  if (to < from)
    throw usage(`It would end (${to}) before it begins (${from}).`, 'Give the earlier day as --from.');
  if ((dimension === undefined) !== (member === undefined))
    throw usage('A member is one of a dimension.', 'Give --dimension and --member, or neither.');
  const [mistake] = eventNameMistakes({ kpi, dimension }, catalogue.kpis);
  if (mistake)
    throw new VigieError(`--${mistake.field}: ${mistake.message}.`, {
      code: 'EVENT_CONCERNS',
      hint: '`vigie kpis` lists KPIs, `vigie values KPI` shows what one is broken down by.',
    });
  return {
    ...{ from, to, text, kind, kpi: kpi ?? null, dimension: dimension ?? null, member: member ?? null },
    at: platform.clock.now().toISOString(),
    by: process.env['USER'] ?? 'unknown',
  };
}

const usage = (message: string, hint: string): VigieError => new VigieError(message, { code: 'USAGE', hint });

/** `promotion “Black week”, 2026-11-23 to 2026-11-29` */
function line({ kind, text, from, to }: BusinessEvent): string {
  const { events } = en;
  return events.event(
    kind === 'other' ? null : events.kinds[kind],
    saidIn(text, en),
    '',
    events.span(from, to),
  );
}

const COLUMNS = ['id', 'from', 'to', 'kind', 'text', 'kpi', 'dimension', 'member'] as const;

async function list({ platform, company }: Context, { format, ...span }: ListOptions): Promise<void> {
  const events = await readEvents(platform.bucket, company, span);
  const rows = events.map(({ id, from, to, kind, text, kpi, dimension, member }) => ({
    ...{ id, from, to, kind, text: oneLine(saidIn(text, en), LONGEST_EVENT), kpi, dimension, member },
  }));
  if (format === 'json') return void process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  if (format === 'csv') return void process.stdout.write(`${asCsv(rows, COLUMNS)}\n`);
  if (rows.length === 0) return void process.stdout.write('Nothing is noted.\n');
  const lines = rows.map(({ id, from, to, kind, text, kpi, dimension, member }) => [
    ...[id ?? 'vigie.yaml', from, to === from ? '' : to, kind, text, kpi ?? ''],
    member === null ? '' : `${dimension} ${member}`,
  ]);
  process.stdout.write(`${asTable(['id', 'from', 'to', 'kind', 'text', 'kpi', 'member'], lines, [])}\n`);
}
