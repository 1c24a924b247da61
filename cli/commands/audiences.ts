import type { Command } from 'commander';
import type { Audience, VendorName } from '../../functions/lake/company/audience.ts';
import {
  type AudienceOfDay,
  type AudiencePart,
  audienceCsv,
  readAudience,
  vendors,
} from '../../functions/lake/snapshot/audience.ts';
import { suggestion } from '../../functions/lake/values/nearest.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Context } from '../context.ts';
import { formatArgument, partArgument, vendorArgument } from '../options.ts';
import { type AudienceRow, audienceHead, requestsOf, rowOfPush, shown } from '../pushed-audiences.ts';
import { withContext } from '../with-context.ts';

interface AudienceOptions {
  readonly vendor?: VendorName;
  readonly part: AudiencePart;
  /** What was asked of the vendor that it is pushed to, in place of a file. */
  readonly requests?: boolean;
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
    .option('--requests', 'what was asked of Google for it, and what came of it')
    .option('--format <format>', 'of overview and requests: table, json or csv', formatArgument, 'table')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie audiences\n  vigie audiences pumps --vendor google > pumps.csv\n  vigie audiences pumps --vendor meta --part removed > off.csv\n  vigie audiences pumps --requests',
    )
    .action(async (id: string | undefined, options: AudienceOptions, command: Command) => {
      await withContext(command, async (context) => {
        const text =
          id === undefined ? await overview(context, options.format) : await one(context, id, options);
        process.stdout.write(`${text.trimEnd()}\n`);
      });
    });
}

/** How many are on each audience, by vendor, and whether that is enough for it. */
async function overview({ company, platform }: Context, format: AudienceOptions['format']): Promise<string> {
  const rows: AudienceRow[] = [];
  for (const [id, audience] of Object.entries(company.audiences)) {
    const made = await readAudience(platform.bucket, id);
    for (const vendor of audience.vendors) rows.push(rowOf(id, vendor, made));
    if (audience.push !== undefined) rows.push(await rowOfPush(platform.bucket, id, audience.push, made));
  }
  if (format === 'table' && rows.length === 0) return 'vigie.yaml names no audiences.';
  return shown(audienceHead, rows, format, [3, 4, 5]);
}

function rowOf(audience: string, vendor: VendorName, made: AudienceOfDay | undefined): AudienceRow {
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

/** One audience: a vendor's file, or what was asked of the one that it is pushed to. */
async function one(context: Context, id: string, options: AudienceOptions): Promise<string> {
  const { company } = context;
  const audience = Object.hasOwn(company.audiences, id) ? company.audiences[id] : undefined;
  if (audience === undefined) throw unknownAudience(id, Object.keys(company.audiences));
  if (options.requests === true)
    return requestsOf(context.platform.bucket, id, audience.push, options.format);
  return file(context, id, audience, options);
}

async function file(
  { platform }: Context,
  id: string,
  audience: Audience,
  options: AudienceOptions,
): Promise<string> {
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
