import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { readersOf } from '../../functions/lake/company/readers.ts';
import { companyOfStage } from '../../functions/lake/company/stage.ts';
import {
  changedSections,
  LIVE,
  type Live,
  liveSections,
  toPush,
} from '../../functions/lake/run/live-company.ts';
import { foldersOf } from '../../functions/lake/yaml/folders.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { DEPLOYED_COMPANY } from '../../functions/run/begin.ts';
import { consoleLog } from '../console-log.ts';
import { type Context, openContext } from '../context.ts';
import { globalOptions } from '../options.ts';
import { readCompanyHere } from '../source-kinds.ts';

export function completeConfig(draft: Command): void {
  draft
    .addHelpText(
      'after',
      '\nRecipients and alert rules count from the next run on; everything else of vigie.yaml takes a deployment.\n\nExamples:\n  vigie config check --stack vigie-production\n  vigie config push --stack vigie-production',
    )
    .action(async (what: string, _: object, command: Command) => {
      if (what !== 'check' && what !== 'push') throw unknown(what);
      const options = globalOptions(command);
      if (options.stack === undefined) throw withoutStack(what);
      const context = await openContext(options, consoleLog(false));
      try {
        process.stdout.write(`${await config(what, context, resolve(options.config))}\n`);
      } finally {
        await context.close();
      }
    });
}

/** Looks at what of the file would change, and with `push` puts it where the next run takes it from. */
async function config(what: 'check' | 'push', context: Context, file: string): Promise<string> {
  const { stack, platform, company: deployed } = context;
  if (stack === undefined || !(await platform.bucket.exists(DEPLOYED_COMPANY))) throw notRun();
  const stage = stack.outputs['Stage'] ?? '';
  const now = companyOfStage(await readCompanyHere(file, readCatalogue(foldersOf(file))), stage);
  const live = toPush(now, deployed, stack.outputs['Deployment'] ?? '');
  const changed = changedSections(now, deployed);
  if (changed.length === 0)
    return `Nothing to push: ${liveSections.join(' and ')} are those of ${stack.name}.`;
  const words = [
    `${changed.join(' and ')} differ from those of ${stack.name}:`,
    ...differences(live, deployed),
  ];
  if (what === 'check') return [...words, 'Nothing was changed: vigie config push does.'].join('\n');
  await writeJson(platform.bucket, LIVE, live);
  const where = platform.bucket.locate(LIVE);
  return [...words, `Pushed to ${where}: counts from the next run on. A deployment replaces it.`].join('\n');
}

/** Who comes and goes, and which rules are new, other or gone. */
function differences(live: Live, deployed: Company): string[] {
  const people = (company: Pick<Company, 'recipients'>): string[] =>
    readersOf(company.recipients).map(({ email }) => email);
  const rules = ({ alerts }: Pick<Company, 'alerts'>): Map<string, string> =>
    new Map(alerts.rules.map((rule) => [rule.id, JSON.stringify(rule)]));
  const [before, after] = [rules(deployed), rules(live)];
  return [
    ...people(live)
      .filter((email) => !people(deployed).includes(email))
      .map((email) => `  + recipient ${email}`),
    ...people(deployed)
      .filter((email) => !people(live).includes(email))
      .map((email) => `  - recipient ${email}`),
    ...[...after.keys()].filter((id) => !before.has(id)).map((id) => `  + rule ${id}`),
    ...[...after]
      .filter(([id, text]) => before.has(id) && before.get(id) !== text)
      .map(([id]) => `  ~ rule ${id}`),
    ...[...before.keys()].filter((id) => !after.has(id)).map((id) => `  - rule ${id}`),
  ];
}

const unknown = (what: string): VigieError =>
  new VigieError(`vigie config knows no \`${what}\``, {
    code: 'USAGE',
    hint: 'It is either check, which changes nothing, or push.',
  });

const withoutStack = (what: string): VigieError =>
  new VigieError(`vigie config ${what} is about a deployed stack, and none is named`, {
    code: 'USAGE',
    hint: 'Name it: --stack vigie-production. On one machine the next run reads vigie.yaml itself.',
  });

const notRun = (): VigieError =>
  new VigieError('nothing has run on this stack yet: there is nothing to compare the file with', {
    code: 'STACK_NOT_RUN',
    hint: 'The first run takes the company as it was deployed: vigie run --stack NAME. Then push.',
  });
