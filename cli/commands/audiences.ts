import type { Command } from 'commander';
import type { VendorName } from '../../functions/lake/company/audience.ts';
import {
  type AudienceOfDay,
  type AudiencePart,
  audienceCsv,
  readAudience,
  vendors,
} from '../../functions/lake/snapshot/audience.ts';
import { suggestion } from '../../functions/lake/values/nearest.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { out } from '../colours.ts';
import type { Context } from '../context.ts';
import { formatArgument, partArgument, vendorArgument } from '../options.ts';
import { asCsv, asTable } from '../print.ts';
import { withContext } from '../with-context.ts';

interface AudienceOptions {
  readonly vendor?: VendorName;
  readonly part: AudiencePart;
  readonly format: 'table' | 'json' | 'csv';
}

export function completeAudiences(draft: Command): void {
  draft
    .option(
      '--vendor <vendor>',
      'whose file to write out: google, meta, linkedin or microsoft',
      vendorArgument,
    )
    .option('--part <part>', 'all, added or removed since the day before', partArgument, 'all')
    .option('--format <format>', 'of the overview: table, json or csv', formatArgument, 'table')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie audiences\n  vigie audiences pumps --vendor google > pumps.csv\n  vigie audiences pumps --vendor meta --part removed > off.csv',
    )
    .action(async (id: string | undefined, options: AudienceOptions, command: Command) => {
      await withContext(command, async (context) => {
        const text =
          id === undefined ? await overview(context, options.format) : await file(context, id, options);
        process.stdout.write(`${text.trimEnd()}\n`);
      });
    });
}

/** How many are on each audience, by vendor, and whether that is enough for it. */
async function overview({ company, platform }: Context, format: AudienceOptions['format']): Promise<string> {
  const rows: Row[] = [];
  for (const [id, audience] of Object.entries(company.audiences)) {
    const made = await readAudience(platform.bucket, id);
    for (const vendor of audience.vendors) rows.push(rowOf(id, vendor, made));
  }
  if (format === 'json') return JSON.stringify(rows, null, 2);
  if (format === 'csv') return asCsv(rows, HEAD);
  if (rows.length === 0) return 'vigie.yaml names no audiences.';
  const lines = rows.map((row) => HEAD.map((name) => cellText(row[name])));
  return asTable([...HEAD], lines, [3, 4, 5]);
}

const HEAD = ['audience', 'vendor', 'day', 'people', 'added', 'removed', 'since', 'note'] as const;
type Row = Readonly<Record<(typeof HEAD)[number], string | number | null>>;

const cellText = (cell: string | number | null): string =>
  cell === null ? out.dim('–') : typeof cell === 'number' ? cell.toLocaleString('en') : cell;

function rowOf(audience: string, vendor: VendorName, made: AudienceOfDay | undefined): Row {
  const { form, least, title } = vendors[vendor];
  if (made === undefined)
    return {
      audience,
      vendor,
      day: null,
      people: null,
      added: null,
      removed: null,
      since: null,
      note: 'not made yet',
    };
  const { all, added, removed } = made.people[form];
  const note =
    all.length < least ? `${title} shows ads from about ${least.toLocaleString('en')} matches on` : '';
  const counts = { people: all.length, added: added.length, removed: removed.length };
  return { audience, vendor, day: made.asOf, ...counts, since: made.since, note };
}

async function file({ company, platform }: Context, id: string, options: AudienceOptions): Promise<string> {
  const audience = Object.hasOwn(company.audiences, id) ? company.audiences[id] : undefined;
  if (audience === undefined) throw unknownAudience(id, Object.keys(company.audiences));
  const { vendor = audience.vendors[0] as VendorName, part } = options;
  const made = await readAudience(platform.bucket, id);
  if (made === undefined)
    throw new VigieError(`${id} was not made yet`, {
      code: 'AUDIENCE_MISSING',
      hint: 'Each run makes it once its figures are computed: `vigie run`. Why it was not made is in the mail to ops.',
    });
  return audienceCsv(vendor, made.people[vendors[vendor].form][part]);
}

const unknownAudience = (id: string, known: readonly string[]): VigieError =>
  new VigieError(
    `vigie.yaml has no audience \`${id}\`; ${known.length === 0 ? 'it names none' : suggestion(id, known)}`,
    {
      code: 'AUDIENCE_UNKNOWN',
      hint: 'They stand under `audiences` (docs/audiences.md).',
      where: { field: id },
    },
  );
