import type { Command } from 'commander';
import { out } from '../colours.ts';
import { consoleLog } from '../console-log.ts';
import { openContext } from '../context.ts';
import { examine, type Symptom } from '../doctor/examine.ts';
import { exitCodes } from '../failure.ts';
import { globalOptions } from '../options.ts';

const MARKS = { ok: out.green('✓'), warning: out.yellow('!'), failed: out.red('✗') } as const;

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('is everything in place? configuration, files, state, mail, last run')
    .option('--json', 'for machines')
    .action(async (options: { json?: boolean }, command: Command) => {
      const context = await openContext(globalOptions(command), consoleLog(false));
      try {
        const symptoms = await examine(context);
        process.stdout.write(options.json ? `${JSON.stringify(symptoms, null, 2)}\n` : print(symptoms));
        process.exitCode = symptoms.some((symptom) => symptom.status === 'failed')
          ? exitCodes.partly
          : exitCodes.done;
      } finally {
        await context.close();
      }
    });
}

const print = (symptoms: readonly Symptom[]): string =>
  symptoms
    .map(
      (s) => `${MARKS[s.status]} ${out.bold(s.what)}: ${s.finding}${s.remedy ? `\n    ${s.remedy}` : ''}\n`,
    )
    .join('');
