import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { newKpiFiles } from '../../functions/lake/kpis/kpi-scaffold.ts';
import { VigieError } from '../../functions/platform/errors.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

export function addNew(program: Command): void {
  program
    .command('new')
    .description('write the files of something new')
    .command('kpi <id>')
    .description('a KPI: sql/kpis/<id>.sql and test/kpis/<id>.yaml')
    .addHelpText('after', '\nExample:\n  vigie new kpi share_of_web_orders')
    .action(async (id: string) => {
      const files = newKpiFiles(id).map((file) => ({ ...file, target: join(project, file.path) }));
      const there = files.find((file) => existsSync(file.target));
      if (there)
        throw new VigieError(`${there.path} is there already.`, {
          code: 'KPI_EXISTS',
          hint: 'Choose another id, or edit it.',
        });
      for (const { target, text } of files) {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, text, { flag: 'wx' });
        process.stdout.write(`wrote ${relative(process.cwd(), target)}\n`);
      }
      process.stdout.write('Fill them in, then: npm test -- kpi-cases\n');
    });
}
