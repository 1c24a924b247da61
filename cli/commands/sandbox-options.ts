import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { businessDate } from '../../functions/lake/values/zone.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { systemClock } from '../../functions/platform/local/system-clock.ts';
import { companyNamed, type MadeUpCompany, madeUpCompanies } from '../../sandbox/companies/list.ts';
import { TIME_ZONE } from '../../sandbox/kit/calendar.ts';
import { dateArgument } from '../options.ts';

/** What was asked for on the command line. */
export interface Asked {
  company: string;
  crm?: string;
  folder?: string;
  endsOn?: string;
  days?: number;
  seed?: number;
  scale?: number;
  stories: boolean;
  run: boolean;
  files?: boolean;
  serve?: boolean;
  chaos?: number;
  port?: number;
  json?: boolean;
}

export interface SandboxOptions extends Omit<Asked, 'company' | 'folder' | 'days' | 'seed' | 'scale'> {
  readonly company: MadeUpCompany;
  readonly folder: string;
  readonly days: number;
  readonly seed: number;
  readonly scale: number;
}

/** Port of the first simulated vendor when none is named: the first that is free, from here on in steps of ten. */
export const FIRST_PORT = 18_870;

const numberArgument = (value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('Give a number above 0.');
  return number;
};

export function describeOptions(draft: Command): Command {
  const names = madeUpCompanies.map(({ id, title }) => `${id} (${title})`).join(', ');
  const days = madeUpCompanies.map(({ id, defaults }) => `${id} ${defaults.days}`).join(', ');
  const crms = madeUpCompanies.flatMap(({ id, crms: its }) => (its ? `${id} ${its.join(', ')}` : []));
  return draft
    .option('--company <name>', `which one: ${names}`, madeUpCompanies[0]?.id)
    .option('--crm <kind>', `the CRM that it has: ${crms}`)
    .option(
      '--folder <folder>',
      'where it goes (default: .vigie/sandbox; of another company .vigie/sandbox-<name>)',
    )
    .option('--ends-on <day>', 'its last day (default: yesterday)', dateArgument)
    .option('--days <n>', `days of history (default: ${days})`, numberArgument)
    .option('--seed <n>', 'another seed, another company', numberArgument)
    .option('--scale <n>', 'volume: 1 is some 260 order lines a day, or 30 leads', numberArgument)
    .option('--no-stories', 'nothing out of the ordinary happens')
    .option('--files', 'everything comes as files; no vendor is simulated')
    .option('--serve', 'keep the simulated vendors answering afterwards, until Ctrl-C')
    .option('--chaos <seed>', 'the simulated vendors misbehave, as the seed says', numberArgument)
    .option('--port <n>', `port of the first simulated vendor (default: ${FIRST_PORT})`, numberArgument)
    .option('--no-run', 'only make the company')
    .option('--json', 'one JSON line an event, for machines')
    .addHelpText(
      'after',
      `
Examples:
  vigie sandbox
  vigie sandbox --company saas
  vigie sandbox --company saas --crm salesforce
  vigie sandbox --serve --no-run          then, elsewhere: vigie run, vigie try, vigie doctor
  vigie sandbox --chaos 7
  vigie sandbox --folder elsewhere --ends-on 2026-11-21 --scale 10`,
    );
}

/** Companies lie side by side, so that looking at one does not take the figures of the other away. */
export function withDefaults({
  company: id,
  crm,
  folder,
  days,
  seed,
  scale,
  ...rest
}: Asked): SandboxOptions {
  const company = companyNamed(id);
  const name = company === madeUpCompanies[0] ? 'sandbox' : `sandbox-${company.id}`;
  const { defaults } = company;
  return {
    ...{ ...rest, ...crmOf(company, crm, rest.files), company, folder: folder ?? join('.vigie', name) },
    ...{ days: days ?? defaults.days, seed: seed ?? defaults.seed, scale: scale ?? defaults.scale },
  };
}

/** Refuses a CRM that the company cannot have: `USAGE`. */
function crmOf(
  { id, crms = [] }: MadeUpCompany,
  crm: string | undefined,
  files: boolean | undefined,
): { readonly crm?: string } {
  if (crm === undefined) return crms[0] === undefined || files ? {} : { crm: crms[0] };
  if (files)
    throw new VigieError('With --files no CRM is simulated: --crm says nothing.', {
      code: 'USAGE',
      hint: 'Leave --files out to have the CRM.',
    });
  if (crms.includes(crm)) return { crm };
  const hint =
    crms.length > 0 ? `There are: ${crms.join(', ')}.` : 'Leave --crm out, or name --company saas.';
  throw new VigieError(`The company ${id} has no CRM "${crm}".`, { code: 'USAGE', hint });
}

/** Refuses options that contradict each other: `USAGE`. */
export function checkOptions({ files, serve, chaos, port, endsOn }: SandboxOptions): void {
  const today = businessDate(systemClock.now(), TIME_ZONE);
  if (endsOn !== undefined && endsOn > today)
    throw new VigieError(`--ends-on ${endsOn} lies in the future: today is ${today}.`, {
      code: 'USAGE',
      hint: 'Leave it out to end yesterday.',
    });
  if (!serve && chaos === undefined && port === undefined) return;
  if (files)
    throw new VigieError('With --files no vendor is simulated: --serve, --chaos and --port say nothing.', {
      code: 'USAGE',
      hint: 'Leave --files out to have the vendors.',
    });
}
