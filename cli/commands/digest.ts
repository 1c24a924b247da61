import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Recipient } from '../../functions/lake/company/company.ts';
import { getsDigests, type ReviewSpan, reviewSpans } from '../../functions/lake/company/readers.ts';
import { addDays, firstOfMonth } from '../../functions/lake/values/day.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { readReview } from '../../functions/report/model/review.ts';
import { previewDigest } from '../../functions/report/preview-digest.ts';
import type { Context } from '../context.ts';
import { dateArgument } from '../options.ts';
import { withContext } from '../with-context.ts';
import { measuredDay } from './measured-day.ts';
import { noRecipient, recipientNamed } from './recipient-named.ts';

interface DigestOptions {
  to?: string;
  date?: string;
  html?: string;
  review?: ReviewSpan;
}

export function completeDigest(draft: Command): void {
  draft
    .option('--to <email>', 'the recipient (default: the first who gets a digest)')
    .option('--date <day>', 'as-of date (default: the latest one measured)', dateArgument)
    .addOption(
      new Option(
        '--review <span>',
        'the week or month up to the day instead, as who has `summary` gets it',
      ).choices(reviewSpans),
    )
    .option('--html <file>', 'write the page to this file instead of printing the text')
    .addHelpText(
      'after',
      '\nExamples:\n  vigie digest\n  vigie digest --to ceo@example.com --html digest.html',
    )
    .action(async (options: DigestOptions, command: Command) => {
      await withContext(command, async (context) => {
        const asOf = await measuredDay(context, options.date);
        const recipient = recipientOf(context, options.to);
        const { company, catalogue, platform } = context;
        const day = await readDay(platform.bucket, { company, catalogue, asOf });
        const input = { company, catalogue, asOf };
        const review =
          options.review &&
          (await readReview(platform.bucket, input, options.review, firstDay(asOf, options.review)));
        const preview = await previewDigest(platform, day, recipient, review);
        if (options.html) await writeFile(resolve(options.html), preview.html);
        process.stdout.write(
          options.html ? `${resolve(options.html)}\n` : `${preview.subject}\n\n${preview.text}\n`,
        );
      });
    });
}

/** Of a span that is not over, too: what there is of it. */
const firstDay = (asOf: string, span: ReviewSpan): string =>
  span === 'weekly' ? addDays(asOf, -6) : firstOfMonth(asOf);

function recipientOf({ company }: Context, email: string | undefined): Recipient {
  if (email !== undefined) return recipientNamed(company, email);
  const first = company.recipients.find(getsDigests);
  return first ?? noRecipient(company.recipients, 'No recipient gets a digest.');
}
