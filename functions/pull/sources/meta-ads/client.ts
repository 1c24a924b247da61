import { VigieError } from '../../../platform/errors.ts';
import { errorOf } from '../../api/diagnosis.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { type DayWindow, windowOf } from '../ad-spend/ad-spend.ts';
import { readEnvelope, repeatedPage } from '../ad-spend/envelope.ts';
import { meaningOf } from './diagnose.ts';
import { fieldsOf } from './map.ts';
import { type MetaAdsSettings, windowsOf } from './settings.ts';
import { usageOf } from './usage.ts';

const TITLE = 'Meta insights';
const ROWS_A_PAGE = 500;
/** Waits grow from `poll_first_seconds` to five minutes; a job that takes more than an hour never ends. */
const LONGEST_WAIT_SECONDS = 300;
const PATIENCE_SECONDS = 3600;
/** Share of the account's allowance from which on people are told. */
const NEARLY_USED = 80;

/** The pages of a slice: a job is ordered, waited for, and its pages are read to the end. */
export async function* pages(
  vendor: Vendor,
  settings: MetaAdsSettings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const run = await order(vendor, settings, slice.partition, windowOf(slice));
  await finished(vendor, settings, slice.partition, run);
  let after: string | null = null;
  do {
    const query = { limit: ROWS_A_PAGE, after: after ?? undefined };
    const answer: VendorAnswer = await ask(vendor, { url: `/${settings.version}/${run}/insights`, query });
    yield page(answer);
    const next: string | null = nextPage(answer);
    if (next !== null && next === after) throw repeatedPage(TITLE, next);
    after = next;
  } while (after !== null);
}

async function order(
  vendor: Vendor,
  settings: MetaAdsSettings,
  account: string,
  { from, to }: DayWindow,
): Promise<string> {
  const windows = windowsOf(settings);
  const body = new URLSearchParams({
    level: 'campaign',
    time_increment: '1',
    time_range: JSON.stringify({ since: from, until: to }),
    fields: fieldsOf(settings).join(','),
    // Without windows Meta attributes as the ad sets are set up; since June 2025 no parameter says otherwise.
    ...(windows.length === 0 ? {} : { action_attribution_windows: JSON.stringify(windows) }),
  });
  const url = `/${settings.version}/act_${account}/insights`;
  const answer = await ask(vendor, { method: 'POST', url, body });
  return readEnvelope(TITLE, answer, (read) => read.text('report_run_id'));
}

/** Waits until the job is done. `Job Completed` below 100 % is not done yet, as Meta says. */
async function finished(
  vendor: Vendor,
  settings: MetaAdsSettings,
  account: string,
  run: string,
): Promise<void> {
  const polls = vendor.polls({
    firstSeconds: settings.poll_first_seconds,
    mostSeconds: LONGEST_WAIT_SECONDS,
    timeoutSeconds: PATIENCE_SECONDS,
  });
  for await (const _ of polls) {
    const query = { fields: jobFields(settings) };
    const answer = await ask(vendor, { url: `/${settings.version}/${run}`, query });
    const { status, percent } = readEnvelope(TITLE, answer, (read) => ({
      status: read.text('async_status'),
      percent: read.integer('async_percent_completion'),
    }));
    if (status === 'Job Completed' && percent === 100) return;
    if (status === 'Job Failed' || status === 'Job Skipped') throw failed(account, status, answer);
    if (!/^Job (Not Started|Started|Running|Completed)$/.test(status))
      throw shapeError(TITLE, 'async_status', status);
  }
  throw new Error('polls end with an answer or an error');
}

const STATE_FIELDS = ['async_status', 'async_percent_completion'];
/** Why a job failed, from v25.0 on; earlier versions refuse to be asked. */
const REASON_FIELDS = ['error_code', 'error_subcode', 'error_message', 'error_user_msg'];
const FIRST_WITH_REASON = 25;

const jobFields = ({ version }: MetaAdsSettings): string =>
  [...STATE_FIELDS, ...(Number(version.slice(1)) < FIRST_WITH_REASON ? [] : REASON_FIELDS)].join(',');

/** A job that failed, in Meta's own words where there are any: what they mean is told as of any answer. */
function failed(account: string, status: string, answer: VendorAnswer): VigieError {
  const what = `Meta did not finish the report of account ${account}: ${status}`;
  const read = readEnvelope(TITLE, answer, (body) => ({
    code: body.integerOrNull('error_code'),
    subcode: body.integerOrNull('error_subcode'),
    message: body.textOrNull('error_message'),
    people: body.textOrNull('error_user_msg'),
  }));
  const said = [read.message, read.people].filter((text) => text !== null);
  if (read.code === null && said.length === 0) return orderedAnew(what, 'Meta gives no reason');
  const words = said.length === 0 ? 'without a word' : said.join(' ');
  const meaning = meaningOf({ code: read.code ?? 0, error_subcode: read.subcode ?? 0, message: words });
  if (meaning.kind === 'retry' || meaning.kind === 'refused') return orderedAnew(what, meaning.reason);
  const error = errorOf(meaning, what, undefined);
  return error instanceof VigieError ? error : orderedAnew(what, meaning.reason);
}

const orderedAnew = (what: string, why: string): VigieError =>
  new VigieError(`${what}. ${why}`, {
    code: 'VENDOR_UNAVAILABLE',
    retryable: true,
    hint: 'A report ordered anew usually works. The next run orders it.',
  });

async function ask(vendor: Vendor, request: Parameters<Vendor['ask']>[0]): Promise<VendorAnswer> {
  const answer = await vendor.ask(request);
  const used = usageOf(answer.headers);
  if (used.percent >= NEARLY_USED)
    vendor.note(`Meta: ${used.percent} % of what the account may ask within an hour is used`);
  return answer;
}

/** The cursor is followed, not the address of the next page: that holds the token. None where there is no next page. */
const nextPage = (answer: VendorAnswer): string | null =>
  readEnvelope(TITLE, answer, (read) => {
    if (read.textOrNull('paging.next') === null) return null;
    return read.text('paging.cursors.after');
  });

/** Meta writes the token into the addresses of pages: it is not to be archived. */
function page(answer: VendorAnswer): RawPage {
  const text = answer.text.replaceAll(/access_token=[^&"\\]*/g, 'access_token=removed');
  let parsed: unknown;
  return {
    request: answer.request,
    format: 'json',
    text,
    json: () => {
      parsed ??= JSON.parse(text);
      return parsed;
    },
    facts: {},
  };
}
