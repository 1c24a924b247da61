import { relative } from 'node:path';
import type { Command } from 'commander';
import { type AuthorFolder, authorFolder } from '../../authoring/folder.ts';
import type { NewFile } from '../../authoring/new/new-file.ts';
import { addEntry, inVigie, type NewKind, newFiles, writeNew } from '../../authoring/new/write-new.ts';
import { newSourceFiles } from '../../functions/pull/source-scaffold.ts';
import { globalOptions } from '../options.ts';

const KINDS: Readonly<Record<NewKind, { readonly does: string; readonly example: string }>> = {
  kpi: { does: 'a KPI that works, to change, and a case that fails', example: 'share_of_web_orders' },
  measure: { does: 'rows, and what is counted of them, for any KPI', example: 'margin' },
  check: { does: 'what must not be in the data', example: 'orders_without_customer' },
  dimension: { does: 'a way to break figures down: an entry of dimensions.yaml', example: 'tier' },
  table: { does: 'a table of your own, which feeds fill', example: 'visits' },
};

export function completeNew(draft: Command): void {
  draft.addHelpText(
    'after',
    '\nWritten beside vigie.yaml (--config); in a clone of Vigie, without a vigie.yaml, into what ships.',
  );
  for (const [kind, { does, example }] of Object.entries(KINDS))
    draft
      .command(`${kind} <name>`)
      .description(does)
      .addHelpText('after', `\nExample:\n  vigie new ${kind} ${example}`)
      .action((name: string, _: unknown, command: Command) => writeOne(kind as NewKind, name, command));
  draft
    .command('source <kind>')
    .description('in a clone of Vigie: a source over an API, its page, and recorded answers that fail')
    .addHelpText('after', '\nExample:\n  vigie new source acme-crm')
    .action((kind: string) => {
      const files = inVigie(newSourceFiles(kind));
      writeNew(files);
      say(files, `Fill them in, then: npm test -- sources/${kind}`);
      process.stdout.write('docs/sources/README.md says what else every source is tested for.\n');
    });
}

function writeOne(kind: NewKind, name: string, command: Command): void {
  const folder = authorFolder(globalOptions(command).config, process.cwd());
  const files = newFiles(kind, name, folder);
  const [first] = files;
  if (kind === 'dimension' && first) addEntry(first, name);
  else writeNew(files);
  say(files, `Fill ${files.length === 1 ? 'it' : 'them'} in, then: ${nextOf(kind, name, folder)}`);
}

/** What shows whether it is right. */
const nextOf = (kind: NewKind, name: string, { configFile }: AuthorFolder): string => {
  const config =
    configFile === null || configFile === `${process.cwd()}/vigie.yaml`
      ? ''
      : ` --config ${relative(process.cwd(), configFile)}`;
  return `vigie test${kind === 'kpi' ? ` ${name}` : ''}${config}`;
};

function say(files: readonly NewFile[], next: string): void {
  for (const { path } of files) process.stdout.write(`wrote ${relative(process.cwd(), path)}\n`);
  process.stdout.write(`${next}\n`);
}
