import { VigieError } from '../../../platform/errors.ts';
import { type DayWindow, windowOf } from '../../api/kit/days.ts';
import { csvPage, readEnvelope } from '../../api/kit/envelope.ts';
import { finishedJob } from '../../api/kit/jobs.ts';
import type { ProbeResult, RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { reportRequest } from './report.ts';
import { type Settings, VERSION } from './settings.ts';

const TITLE = 'Microsoft Advertising';

/** The one page of a slice: a report is ordered, waited for and downloaded. None where there is no data. */
export async function* pages(vendor: Vendor, settings: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const { partition: account, from, to } = slice;
  const report = await submit(vendor, settings, account, windowOf(slice));
  const url = await downloadUrl(vendor, settings, account, report);
  if (url === null) return;
  const answer = await vendor.ask({ url, withoutCredentials: true, unpack: 'zip' });
  // The address is signed: whoever has it can read the report.
  yield csvPage(answer, `GET the report of account ${account}, ${from} to ${to}`);
}

async function submit(
  vendor: Vendor,
  settings: Settings,
  account: string,
  days: DayWindow | 'Yesterday',
): Promise<string> {
  const answer = await ask(vendor, settings, account, 'Submit', reportRequest(settings, account, days));
  return readEnvelope(TITLE, answer, (body) => body.text('ReportRequestId'));
}

/** Where the report is; null: the report succeeded and is empty (`Success` without an address). */
async function downloadUrl(
  vendor: Vendor,
  settings: Settings,
  account: string,
  report: string,
): Promise<string | null> {
  const { url } = await finishedJob(vendor, {
    what: TITLE,
    firstSeconds: settings.poll_first_seconds,
    // A report is usually there within a minute; Microsoft recommends to look every 2 to 15 minutes for large ones.
    mostSeconds: 60,
    async look() {
      const answer = await ask(vendor, settings, account, 'Poll', { ReportRequestId: report });
      return readEnvelope(TITLE, answer, (body) => ({
        state: body.text('ReportRequestStatus.Status'),
        url: body.textOrNull('ReportRequestStatus.ReportDownloadUrl'),
      }));
    },
    judge({ state }) {
      if (state === 'Success') return 'done';
      if (state === 'Error') throw failed(account);
      return state === 'Pending' ? 'waiting' : { field: 'ReportRequestStatus.Status', unknown: state };
    },
  });
  return url;
}

const failed = (account: string): VigieError =>
  new VigieError(`Microsoft Advertising could not make the report of account ${account}`, {
    code: 'VENDOR_UNAVAILABLE',
    retryable: true,
    hint: 'Microsoft gives no reason. The next run orders the report anew; if it goes on, ask for fewer days.',
  });

const ask = (
  vendor: Vendor,
  { customer }: Settings,
  account: string,
  operation: 'Submit' | 'Poll',
  body: object,
): Promise<VendorAnswer> =>
  vendor.ask({
    method: 'POST',
    url: `/Reporting/${VERSION}/GenerateReport/${operation}`,
    headers: { CustomerId: customer, CustomerAccountId: account },
    body,
  });

/** Orders a report of yesterday for each account, which shows credentials and access, and does not fetch it. */
export async function probe(vendor: Vendor, settings: Settings): Promise<ProbeResult> {
  for (const account of settings.accounts) await submit(vendor, settings, account, 'Yesterday');
  return { status: 'ok', finding: `${settings.accounts.length} account(s) give reports` };
}
