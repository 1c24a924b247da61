import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { parseCompany } from '../../functions/lake/company/file.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { globalOptions } from '../options.ts';
import { starterConfig } from './starter-config.ts';

interface InitOptions {
  name: string;
  currency: string;
  timeZone: string;
}

export function completeInit(draft: Command): void {
  draft
    .option('--name <name>', 'the company’s name', 'My company')
    .option('--currency <code>', 'reporting currency, ISO 4217', 'EUR')
    .option('--time-zone <zone>', 'IANA time zone', Intl.DateTimeFormat().resolvedOptions().timeZone)
    .addHelpText(
      'after',
      '\nExample:\n  vigie init --name "Dupont & Fils" --currency EUR --time-zone Europe/Paris',
    )
    .action(async (options: InitOptions, command: Command) => {
      const file = resolve(globalOptions(command).config);
      if (existsSync(file)) {
        throw new VigieError(`${file} is there already.`, {
          code: 'INIT_EXISTS',
          hint: 'Edit it, or name another file with --config.',
        });
      }
      const text = starterConfig(options);
      parseCompany(text, file, { catalogue: loadCatalogue() });
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { flag: 'wx' });
      process.stdout.write(
        [
          `Wrote ${file}.`,
          'Next:',
          '  1. Put your exports where its paths point to, and name their columns.',
          '     For lists of SAP and Hybris docs/sources/sap-and-hybris-files.md has the whole file.',
          '  2. vigie doctor     reads the newest exports and says what does not fit, with the remedy.',
          '     vigie try erp    shows rows beside what becomes of them.',
          '  3. vigie run        computes yesterday’s figures. Mails are written, nobody is sent any.',
          '  4. vigie doctor --mail-to you@example.com sends a test mail; then `live: true`, and `vigie send`.',
          '',
        ].join('\n'),
      );
    });
}
