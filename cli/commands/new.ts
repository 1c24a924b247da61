import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Command } from 'commander';
import { type NewFile, newKpiFiles } from '../../functions/lake/catalogue/kpi-scaffold.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import { newSourceFiles } from '../../functions/pull/source-scaffold.ts';

export function completeNew(draft: Command): void {
  draft
    .command('kpi <id>')
    .description('a KPI: sql/kpis/<id>.sql and test/kpis/<id>.yaml')
    .addHelpText('after', '\nExample:\n  vigie new kpi share_of_web_orders')
    .action(async (id: string) => {
      await writeNew(newKpiFiles(id), 'KPI_EXISTS');
      process.stdout.write('Fill them in, then: npm test -- kpi-cases\n');
    });
  draft
    .command('source <kind>')
    .description('a source over an API: its folder under functions/pull/sources, its page, a test that fails')
    .addHelpText('after', '\nExample:\n  vigie new source acme-crm')
    .action(async (kind: string) => {
      await writeNew(newSourceFiles(kind), 'SOURCE_EXISTS');
      process.stdout.write(
        `Fill them in, then: npm test -- sources/${kind}\ndocs/sources/README.md says what else every source is tested for.\n`,
      );
    });
}

/** Writes files that are not there yet: none, where one is. */
async function writeNew(files: readonly NewFile[], code: string): Promise<void> {
  const targets = files.map((file) => ({ ...file, target: join(vigieFolder(), file.path) }));
  const there = targets.find((file) => existsSync(file.target));
  if (there)
    throw new VigieError(`${there.path} is there already.`, {
      code,
      hint: 'Choose another name, or edit it.',
    });
  for (const { target, text } of targets) {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
    process.stdout.write(`wrote ${relative(process.cwd(), target)}\n`);
  }
}
