import { VigieError } from '../../../platform/errors.ts';
import { errorOf } from '../../api/diagnosis.ts';
import { type DayWindow, windowOf } from '../../api/kit/days.ts';
import { jsonPage, readEnvelope } from '../../api/kit/envelope.ts';
import { finishedJob } from '../../api/kit/jobs.ts';
import { pagesByNext } from '../../api/kit/paging.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { meaningOf } from './diagnose.ts';
import { fieldsOf } from './map.ts';
import { type Settings, windowsOf } from './settings.ts';

const TITLE = 'Meta insights';
const ROWS_A_PAGE = 500;

/** The pages of a slice: a job is ordered, waited for, and its pages are read to the end. */
export async function* pages(vendor: Vendor, settings: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const run = await order(vendor, settings, slice.partition, windowOf(slice));
  await finished(vendor, settings, slice.partition, run);
  const answers = pagesByNext({
    what: TITLE,
    ask: (after) =>
      vendor.ask({
        url: `/${settings.version}/${run}/insights`,
        query: { limit: ROWS_A_PAGE, after: after ?? undefined },
      }),
    // The cursor is followed, not the address of the next page: that holds the token.
    next: (answer) =>
      readEnvelope(TITLE, answer, (read) =>
        read.textOrNull('paging.next') === null ? null : read.text('paging.cursors.after'),
      ),
  });
  for await (const answer of answers) yield jsonPage(withoutToken(answer));
}

async function order(
  vendor: Vendor,
  settings: Settings,
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
  const answer = await vendor.ask({ method: 'POST', url, body });
  return readEnvelope(TITLE, answer, (read) => read.text('report_run_id'));
}

/** Waits until the job is done. `Job Completed` below 100 % is not done yet, as Meta says. */
async function finished(vendor: Vendor, settings: Settings, account: string, run: string): Promise<void> {
  await finishedJob(vendor, {
    what: TITLE,
    firstSeconds: settings.poll_first_seconds,
    mostSeconds: 300,
    async look() {
      const answer = await vendor.ask({
        url: `/${settings.version}/${run}`,
        query: { fields: jobFields(settings) },
      });
      return readEnvelope(TITLE, answer, (read) => ({
        answer,
        status: read.text('async_status'),
        percent: read.integer('async_percent_completion'),
      }));
    },
    judge({ status, percent, answer }) {
      if (status === 'Job Completed' && percent === 100) return 'done';
      if (status === 'Job Failed' || status === 'Job Skipped') throw failed(account, status, answer);
      return /^Job (Not Started|Started|Running|Completed)$/.test(status)
        ? 'waiting'
        : { field: 'async_status', unknown: status };
    },
  });
}

const STATE_FIELDS = ['async_status', 'async_percent_completion'];
/** Why a job failed, from v25.0 on; earlier versions refuse to be asked. */
const REASON_FIELDS = ['error_code', 'error_subcode', 'error_message', 'error_user_msg'];
const FIRST_WITH_REASON = 25;

const jobFields = ({ version }: Settings): string =>
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
  const meaning = meaningOf({ code: read.code ?? 0, subcode: read.subcode ?? 0, message: words });
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

/** Meta writes the token into the addresses of pages: it is not to be archived. */
function withoutToken(answer: VendorAnswer): VendorAnswer {
  const text = answer.text.replaceAll(/access_token=[^&"\\]*/g, 'access_token=removed');
  let parsed: unknown;
  return {
    ...answer,
    text,
    json: () => {
      parsed ??= JSON.parse(text);
      return parsed;
    },
  };
}
