import type { Command } from 'commander';
import type { PeriodName } from '../../functions/lake/catalogue/kpi.ts';
import { dayAsked, explanation, sqlOf } from '../explain/explanation.ts';
import { dateArgument, periodArgument } from '../options.ts';
import { refuseFuture } from '../past-day.ts';
import { withContext } from '../with-context.ts';

interface ExplainOptions {
  date?: string;
  period?: PeriodName;
  sql?: boolean;
}

export function completeExplain(draft: Command): void {
  draft
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .option('--period <window>', 'window (default: the headline window)', periodArgument)
    .option('--sql', 'print only the SQL that computes it')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie explain cart_abandonment_rate\n  vigie explain net_revenue --date 2026-11-21 --sql',
    )
    .action(async (id: string, options: ExplainOptions, command: Command) => {
      await withContext(command, async (context) => {
        const kpi = context.catalogue.kpi(id);
        refuseFuture(context, { '--date': options.date });
        const date = await dayAsked(context, id, options.date);
        const sql = await sqlOf(context, kpi, date);
        const lines = options.sql
          ? [sql]
          : await explanation(context, kpi, date, options.period ?? kpi.headline, sql);
        process.stdout.write(`${lines.join('\n')}\n`);
      });
    });
}
