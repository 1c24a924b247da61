import { addDays } from '../../../lake/values/day.ts';
import { VigieError } from '../../../platform/errors.ts';
import { windowOf } from '../../api/kit/days.ts';
import { joinedPage, readEnvelope, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf } from '../../api/kit/errors.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import { idThere, requireThere } from '../../api/kit/there.ts';
import { type RecordReader, shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { accountOf } from './client.ts';
import type { Settings } from './settings.ts';

const TITLE = 'HubSpot marketing e-mails';
const PAGE = 100;

interface Span {
  readonly startTimestamp: string;
  readonly endTimestamp: string;
}
/** A marketing e-mail with what became, by day, of the mails that were sent of it. */
interface Sent {
  readonly id: string;
  readonly name: string | null;
  readonly intervals: readonly unknown[];
}

export const emailRecords = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'emails');

const emailsPath = ({ version }: Settings): string => `/marketing/emails/${version}`;

/**
 * The e-mails of which mails were sent within a slice, each with a day's figures a day. A span chooses mails by the day of sending; their
 * figures are the sum until now. https://developers.hubspot.com/docs/api-reference/latest/marketing/marketing-emails/guide
 */
export async function* emailPages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const span = spanOf(slice, vendor.now());
  const { timeZone } = await accountOf(vendor, chosen);
  const { ids, sent } = await sentIn(vendor, chosen, span);
  const names = ids.length === 0 ? new Map<string, string>() : await namesOf(vendor, chosen);
  const emails: Sent[] = [];
  for (const id of ids)
    emails.push({ id, name: names.get(id) ?? null, intervals: await daysOf(vendor, chosen, span, id) });
  refuseTwice(emails, sent);
  const request = `GET ${emailsPath(chosen)}/statistics/histogram of ${ids.length} e-mails`;
  yield { ...joinedPage(request, { emails }), facts: { time_zone: timeZone } };
}

const HOUR_MS = 3_600_000;

/** A day more at both ends, since days are those of the account's zone and the first and last may be parts; never the future. */
function spanOf(slice: Slice, now: Date): Span {
  const { from, to } = windowOf(slice);
  const end = Math.min(Date.parse(addDays(to, 2)), Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  return {
    startTimestamp: `${addDays(from, -1)}T00:00:00Z`,
    endTimestamp: new Date(end).toISOString().replace('.000Z', 'Z'),
  };
}

/** Which e-mails were sent, and how many mails in all. */
async function sentIn(
  vendor: Vendor,
  chosen: Settings,
  span: Span,
): Promise<{ readonly ids: readonly string[]; readonly sent: number }> {
  const answer = await vendor.ask({ url: `${emailsPath(chosen)}/statistics/list`, query: { ...span } });
  const ids = recordsIn(TITLE, answer.json(), 'emails').map((id) => idThere(TITLE, { id }, 'id', /^\d+$/));
  // An account that sent nothing may have counters of nothing.
  if (ids.length === 0) return { ids, sent: 0 };
  const sent = readEnvelope(TITLE, answer, (body) => body.integer('aggregate.counters.sent'));
  return { ids: [...new Set(ids)].toSorted((one, other) => Number(one) - Number(other)), sent };
}

/** The days of one e-mail. There is no way to ask for a further page: an answer that is not whole is none. */
async function daysOf(
  vendor: Vendor,
  chosen: Settings,
  span: Span,
  emailIds: string,
): Promise<readonly unknown[]> {
  const url = `${emailsPath(chosen)}/statistics/histogram`;
  const answer = await vendor.ask({ url, query: { ...span, interval: 'DAY', emailIds } });
  const found = recordsIn(TITLE, answer.json(), 'results');
  const total = readEnvelope(TITLE, answer, (body) => body.integer('total'));
  if (found.length !== total) throw shapeError(TITLE, 'total', `${total}, with ${found.length} intervals`);
  return found.map(needed);
}

/** Ratios and reasons are left behind. */
function needed(interval: unknown): unknown {
  const [found, figures] = [objectOf(interval), objectOf(objectOf(interval)?.['aggregations'])];
  if (found === undefined || figures === undefined) return interval;
  const { counters, deviceBreakdown } = figures;
  return { interval: found['interval'], aggregations: { counters, deviceBreakdown } };
}

/** What of the list is wanted: it would have the texts of the mails, too. */
const NAMES = { limit: PAGE, includedProperties: 'name' } as const;

export const askEmails = (
  vendor: Vendor,
  chosen: Settings,
  query: { readonly limit?: number; readonly after?: string },
): Promise<VendorAnswer> => vendor.ask({ url: emailsPath(chosen), query: { ...NAMES, ...query } });

/** The names of all e-mails that are there, by number. */
async function namesOf(vendor: Vendor, chosen: Settings): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  let total = 0;
  const answers = pagesByNext({
    what: TITLE,
    ask: (after) => askEmails(vendor, chosen, after === null ? {} : { after }),
    next: (answer) => readEnvelope(TITLE, answer, (body) => body.textOrNull('paging.next.after')),
  });
  for await (const answer of answers) {
    total = readEnvelope(TITLE, answer, (body) => body.integer('total'));
    for (const [id, name] of readEnvelope(TITLE, answer, (body) => body.records('results').map(named)))
      names.set(id, name);
  }
  if (names.size >= total) return names;
  throw incomplete(`The list of e-mails has ${names.size} of ${total}`, 'The next run asks again.');
}

function named(email: RecordReader): readonly [id: string, name: string] {
  requireThere(email, ['name']);
  return [email.text('id'), email.textOrNull('name') ?? ''];
}

/** Sending goes on while it is asked. */
const LEEWAY = { few: 5, share: 0.01 } as const;

/** Variants of a test are e-mails, too: were their mails in those of the main one as well, figures would be twice what they are. */
function refuseTwice(emails: readonly Sent[], sent: number): void {
  const told = emails.flatMap(({ intervals }) => intervals.map(sentOf)).reduce((sum, each) => sum + each, 0);
  if (told <= sent + LEEWAY.few + sent * LEEWAY.share) return;
  throw incomplete(
    `HubSpot counts ${sent} mails sent, and e-mail by e-mail ${told}`,
    'Some would be counted twice: nothing of these days was taken. See “Known traps” on the source’s page.',
  );
}

function sentOf(interval: unknown): number {
  const sent = objectOf(objectOf(objectOf(interval)?.['aggregations'])?.['counters'])?.['sent'];
  // What is no number is rejected where it is mapped, by its name.
  return typeof sent === 'number' ? sent : 0;
}

const incomplete = (message: string, hint: string): VigieError =>
  new VigieError(message, { code: 'VENDOR_INCOMPLETE', retryable: true, hint });
