import type { Command } from 'commander';
import { appendCommand } from '../../functions/lake/alerts/commands.ts';
import { listOpenAlerts, type OpenAlert } from '../../functions/lake/alerts/open-alerts.ts';
import { latestAlertReport, readAlertReport } from '../../functions/lake/alerts/store.ts';
import type { AlertCommand } from '../../functions/lake/catalogue/alert.ts';
import { type Labels, labelWithId, readLabels } from '../../functions/lake/catalogue/labels.ts';
import { rulesInForce } from '../../functions/lake/company/alert-rules.ts';
import { en } from '../../functions/languages/en.ts';
import { formatValue } from '../../functions/languages/numbers.ts';
import { alertNotes } from '../alert-notes.ts';
import type { Context } from '../context.ts';
import { dateArgument, formatArgument } from '../options.ts';
import { refuseFuture } from '../past-day.ts';
import { asCsv, asTable } from '../print.ts';
import { withContext } from '../with-context.ts';

const EXAMPLES = `
Examples:
  vigie alerts
  vigie alerts ack cart-abandonment-high --note "stock arrives on Friday"
  vigie alerts snooze key-account-drop --member 100001 --until 2026-12-01
  vigie alerts wake key-account-drop --member 100001`;

export function completeAlerts(draft: Command): void {
  draft.addHelpText('after', EXAMPLES);
  draft
    .command('list', { isDefault: true })
    .description('alerts that are open after the newest day judged')
    .option('--date <day>', 'after this day', dateArgument)
    .option('--format <format>', 'table, json or csv', formatArgument, 'table')
    .action((options: { date?: string; format: string }, command: Command) =>
      withContext(command, async (context) => {
        refuseFuture(context, { '--date': options.date });
        print(
          context,
          await listOpenAlerts(context.platform.bucket, options.date),
          options.format,
          await readLabels(context.platform.bucket),
        );
        if (options.format !== 'table') return;
        const { bucket } = context.platform;
        const report =
          options.date === undefined
            ? await latestAlertReport(bucket)
            : await readAlertReport(bucket, options.date);
        for (const note of alertNotes(report)) process.stdout.write(`${note}\n`);
      }),
    );
  draft
    .command('snooze <rule>')
    .description('keep silent about an alert until a day')
    .requiredOption('--until <day>', 'last as-of date to keep silent on', dateArgument)
    .option('--member <member>', 'only this member of the rule’s dimension')
    .option('--note <text>', 'why')
    .action((rule: string, options: CommandOptions, command: Command) =>
      say(command, 'snooze', rule, options),
    );
  draft
    .command('ack <rule>')
    .description('acknowledge an open alert: silent until it is resolved')
    .option('--member <member>', 'only this member of the rule’s dimension')
    .option('--note <text>', 'why')
    .action((rule: string, options: CommandOptions, command: Command) =>
      say(command, 'acknowledge', rule, options),
    );
  draft
    .command('wake <rule>')
    .description('take back a snooze or an acknowledgement')
    .option('--member <member>', 'only this member of the rule’s dimension')
    .action((rule: string, options: CommandOptions, command: Command) => say(command, 'wake', rule, options));
}

interface CommandOptions {
  until?: string;
  member?: string;
  note?: string;
}

const say = (
  command: Command,
  kind: AlertCommand['kind'],
  rule: string,
  options: CommandOptions,
): Promise<void> =>
  withContext(command, async ({ platform }) => {
    const given = await appendCommand(platform.bucket, {
      kind,
      rule,
      member: options.member ?? null,
      at: platform.clock.now().toISOString(),
      until: options.until ?? null,
      by: process.env['USER'] ?? 'unknown',
      note: options.note ?? null,
    });
    const done = {
      snooze: `snoozed until ${given.until}`,
      acknowledge: 'acknowledged until it is resolved',
      wake: 'awake again',
    }[kind];
    process.stdout.write(`${rule}${given.member ? ` (${given.member})` : ''}: ${done}.\n`);
  });

const ALERT_COLUMNS = [
  'alert',
  'member',
  'kpi',
  'severity',
  'state',
  'fired_on',
  'value',
  'level',
  'muted',
  'as_of',
] as const;

function print(context: Context, open: readonly OpenAlert[], format: string, labels: Labels): void {
  const rules = new Map(
    rulesInForce(context.company, context.catalogue.kpis).map(({ rule }) => [rule.id, rule]),
  );
  const rows = open.map((alert) => ({
    alert: alert.rule,
    member: alert.member,
    kpi: rules.get(alert.rule)?.kpi ?? null,
    severity: rules.get(alert.rule)?.severity ?? null,
    state: alert.state,
    fired_on: alert.firedOn,
    value: alert.value,
    level: alert.level,
    muted: alert.muted || null,
    as_of: alert.asOf,
  }));
  if (format === 'json') return void process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  if (format === 'csv') return void process.stdout.write(`${asCsv(rows, ALERT_COLUMNS)}\n`);
  if (rows.length === 0) return void process.stdout.write('No alert is open.\n');
  const currency = context.company.company.currency;
  const cell = (kpi: string | null, value: number | null): string => {
    const unit = context.catalogue.kpis.find((candidate) => candidate.id === kpi)?.unit;
    return value === null || !unit ? '–' : formatValue(value, unit, { language: en, currency });
  };
  const head = ['alert', 'member', 'severity', 'state', 'since', 'value', 'level', 'muted'];
  const lines = rows.map((row) => [
    row.alert,
    row.member === null ? '' : labelWithId(labels, rules.get(row.alert)?.dimension, row.member),
    row.severity ?? '',
    row.state,
    row.fired_on ?? '',
    cell(row.kpi, row.value),
    cell(row.kpi, row.level),
    row.muted ?? '',
  ]);
  process.stdout.write(`${asTable(head, lines, [5, 6])}\n`);
}
