import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { globalOptions } from '../options.ts';
import { ownPage } from '../own-pages.ts';
import { AWS_SECTION, cdkJson, starterConfig } from './starter-config.ts';

interface InitOptions {
  name: string;
  currency: string;
  timeZone: string;
  aws?: boolean;
}

export function completeInit(draft: Command): void {
  draft
    .option('--name <name>', 'the company’s name', 'My company')
    .option('--currency <code>', 'reporting currency, ISO 4217', 'EUR')
    .option('--time-zone <zone>', 'IANA time zone', Intl.DateTimeFormat().resolvedOptions().timeZone)
    .option(
      '--aws',
      'for AWS: what vigie.yaml says of it, and cdk.json, also beside a vigie.yaml that is there',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vigie init --name "Dupont & Fils" --currency EUR --time-zone Europe/Paris\n  vigie init --aws',
    )
    .action(async (options: InitOptions, command: Command) => {
      const file = resolve(globalOptions(command).config);
      const isNew = !existsSync(file);
      if (!isNew && !options.aws)
        throw new VigieError(`${file} is there already.`, {
          code: 'INIT_EXISTS',
          hint: 'Edit it, or name another file with --config.',
        });
      if (isNew) await writeCompany(file, options);
      if (options.aws) await writeCdk(file, isNew);
    });
}

async function writeCompany(file: string, options: InitOptions): Promise<void> {
  const text = starterConfig({ ...options, folder: dirname(file) });
  const catalogue = loadCatalogue();
  parseCompany(text, file, { tables: catalogue.tables, catalogue });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' });
  say(
    `Wrote ${file}.`,
    'Next:',
    '  1. Put your exports where its paths point to, and name their columns.',
    `     For lists of SAP and Hybris ${ownPage('docs/sources/sap-and-hybris-files.md')} has the whole file.`,
    '  2. vigie doctor     reads the newest exports and says what does not fit, with the remedy.',
    '     vigie try erp    shows rows beside what becomes of them.',
    '  3. vigie run        computes yesterday’s figures. Mails are written, nobody is sent any.',
    '  4. vigie doctor --mail-to you@example.com sends a test mail; then `live: true`, and `vigie send`.',
  );
}

/** `cdk.json` beside vigie.yaml; what a vigie.yaml that was there before still has to say is printed. */
async function writeCdk(file: string, isNew: boolean): Promise<void> {
  const target = join(dirname(file), 'cdk.json');
  if (existsSync(target))
    throw new VigieError(`${target} is there already.`, {
      code: 'INIT_EXISTS',
      hint: 'Edit it, or move it away.',
    });
  await writeFile(target, cdkJson(dirname(file)), { flag: 'wx' });
  const here = relative(process.cwd(), dirname(file)) || '.';
  say(
    `Wrote ${target}.`,
    ...(isNew ? [] : ['Add to vigie.yaml:', '', AWS_SECTION]),
    `On AWS (${ownPage('docs/operations/deploy.md')}), in ${here}:`,
    '  npm install --save-dev aws-cdk aws-cdk-lib cdk-nag constructs',
    '  vigie doctor --before-deploy',
    '  npx cdk deploy -c stage=test',
  );
}

const say = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
