import { daysBetween } from '../../../functions/lake/values/day.ts';
import { ACCOUNTS } from '../../companies/wholesale/business/campaigns.ts';
import { pageFrom } from '../../vendor-kit/pages.ts';
import { json } from '../../vendor-kit/replies.ts';
import { type SpendBook, spendBook } from '../../vendor-kit/spend-book.ts';
import type { MakeVendor, VendorCall, VendorReply } from '../vendor.ts';
import { error, refusalOf, secret, unknownObject } from './access.ts';
import { type InsightsOrder, insightOf, readOrder } from './insights.ts';

/** States of a job, one a look. */
const STATES: readonly (readonly [state: string, percent: number])[] = [
  ['Job Started', 0],
  ['Job Running', 40],
  // Meta's own warning: completed is not finished below 100 %.
  ['Job Completed', 90],
];
const DEFAULT_LIMIT = 25;

interface Job {
  readonly order: InsightsOrder;
  looks: number;
}

/** Meta's Marketing API: insights of one account as asynchronous jobs. @see https://developers.facebook.com/docs/marketing-api/insights/best-practices */
export const makeVendor: MakeVendor = () => {
  const book = spendBook('meta');
  const jobs = new Map<string, Job>();
  return {
    kind: 'meta-ads',
    secret,
    day: book.add,
    answer: (call) => refusalOf(call) ?? answer(call, { jobs, book }),
  };
};

interface Office {
  readonly jobs: Map<string, Job>;
  readonly book: SpendBook;
}

function answer(call: VendorCall, office: Office): VendorReply {
  const [, , object = '', edge] = call.url.pathname.split('/');
  if (object === `act_${ACCOUNTS.meta}`) {
    if (edge === undefined) return account(call);
    return edge === 'insights' && call.method === 'POST' ? order(call, office) : unknownObject(object);
  }
  if (object.startsWith('act_'))
    return error(403, 200, '(#200) Ad account owner has NOT grant ads_management or ads_read permission');
  const job = office.jobs.get(object);
  if (!job) return unknownObject(object);
  return edge === 'insights' ? page(call, job, office.book) : look(object, job);
}

function account({ url }: VendorCall): VendorReply {
  const known: Readonly<Record<string, unknown>> = {
    name: 'Marelune',
    currency: 'EUR',
    timezone_name: 'Europe/Paris',
    account_status: 1,
  };
  const fields = (url.searchParams.get('fields') ?? '')
    .split(',')
    .filter((field) => known[field] !== undefined);
  return json(200, {
    ...Object.fromEntries(fields.map((field) => [field, known[field]])),
    id: `act_${ACCOUNTS.meta}`,
  });
}

/** "start date of the time range cannot be beyond 37 months from the current date" */
const MOST_DAYS_BACK = 37 * 31;

function order(call: VendorCall, { jobs, book }: Office): VendorReply {
  const read = readOrder(new URLSearchParams(call.body));
  if (typeof read === 'string') return error(400, 100, read);
  const age = daysBetween(read.since, book.newest());
  if (age > MOST_DAYS_BACK)
    return error(
      400,
      3018,
      '(#3018) The start date of the time range cannot be beyond 37 months from the current date',
    );
  const id = `6204${String(jobs.size + 1).padStart(11, '0')}`;
  jobs.set(id, { order: read, looks: 0 });
  return json(200, { report_run_id: id });
}

function look(id: string, job: Job): VendorReply {
  const [status, percent] = STATES[job.looks] ?? ['Job Completed', 100];
  job.looks += 1;
  return json(
    200,
    { id, account_id: ACCOUNTS.meta, async_status: status, async_percent_completion: percent },
    usage(job.looks),
  );
}

/** @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting */
const usage = (calls: number) => ({
  'x-business-use-case-usage': JSON.stringify({
    [ACCOUNTS.meta]: [
      {
        type: 'ads_insights',
        call_count: Math.min(calls, 30),
        total_cputime: 4,
        total_time: 6,
        estimated_time_to_regain_access: 0,
      },
    ],
  }),
});

/** A page by cursor. The address of the next page holds the token, as Meta's does. */
function page(call: VendorCall, { order: wanted, looks }: Job, book: SpendBook): VendorReply {
  if (looks <= STATES.length)
    return error(400, 2601, '(#2601) Loading async results: the job is not completed yet');
  const limit = Number(call.url.searchParams.get('limit') ?? DEFAULT_LIMIT);
  const after = call.url.searchParams.get('after');
  const from = after === null ? 0 : Number(Buffer.from(after, 'base64url').toString('utf8'));
  const all = book.between(wanted.since, wanted.until);
  const { items, next: nextFrom } = pageFrom(all, from, limit);
  if (items.length === 0) return json(200, { data: [] });
  const data = items.map((spend) => insightOf(wanted, spend));
  const cursor = (place: number) => Buffer.from(String(place)).toString('base64url');
  const cursors = { before: cursor(from), after: cursor(from + limit) };
  const next = `${call.url.origin}${call.url.pathname}?access_token=${secret.token}&limit=${limit}&after=${cursors.after}`;
  return json(200, { data, paging: { cursors, ...(nextFrom === null ? {} : { next }) } }, usage(looks));
}
