import type { Command } from 'commander';
import { out } from '../colours.ts';
import { hasAwsSection } from '../config-section.ts';
import type { Context } from '../context.ts';
import { type Examination, examine } from '../doctor/examine.ts';
import type { Symptom } from '../doctor/symptom.ts';
import { sendTestMail } from '../doctor/test-mail.ts';
import { exitCodes } from '../failure.ts';
import { withOwnPages } from '../own-pages.ts';
import { withContext } from '../with-context.ts';

const MARKS = { ok: out.green('✓'), warning: out.yellow('!'), failed: out.red('✗') } as const;

export function completeDoctor(draft: Command): void {
  draft
    .option('--before-deploy', 'only what a deployment to AWS needs: account, region, secrets, mail')
    .option('--stage <name>', 'the stage that will be deployed', 'production')
    .option('--mail-to <email>', 'send a test mail, and say what it proved: TLS, login, sender')
    .option('--json', 'for machines')
    .addHelpText(
      'after',
      `
Examples:
  vigie doctor
  vigie doctor --mail-to you@example.com
  vigie doctor --before-deploy --stage test
  vigie doctor --stack vigie-production`,
    )
    .action(async (options: DoctorOptions, command: Command) => {
      await withContext(command, async (context) => {
        const found =
          options.mailTo === undefined
            ? await examine(context, await asked(options, context))
            : await sendTestMail(context, options.mailTo);
        const symptoms = context.platform.redactor.withoutSecrets(found);
        process.stdout.write(options.json ? `${JSON.stringify(symptoms, null, 2)}\n` : print(symptoms));
        process.exitCode = symptoms.some((symptom) => symptom.status === 'failed')
          ? exitCodes.partly
          : exitCodes.done;
      });
    });
}

interface DoctorOptions {
  beforeDeploy?: boolean;
  stage: string;
  mailTo?: string;
  json?: boolean;
}

/** A company whose file has a section `aws` is meant to be deployed. */
async function asked({ beforeDeploy, stage }: DoctorOptions, context: Context): Promise<Examination> {
  if (context.stack) return {};
  if (beforeDeploy) return { deployTo: stage, onlyDeploy: true };
  return (await hasAwsSection(context.configFile)) ? { deployTo: stage } : {};
}

const print = (symptoms: readonly Symptom[]): string =>
  symptoms
    .map(
      (s) =>
        `${MARKS[s.status]} ${out.bold(s.what)}: ${s.finding}${s.remedy ? `\n    ${withOwnPages(s.remedy)}` : ''}\n`,
    )
    .join('');
