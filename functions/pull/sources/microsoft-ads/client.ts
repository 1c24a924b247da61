import { VigieError } from '../../../platform/errors.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { ProbeResult, RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import { type DayWindow, windowOf } from '../ad-spend/ad-spend.ts';
import { readEnvelope } from '../ad-spend/envelope.ts';
import { reportRequest } from './report.ts';
import { type MicrosoftAdsSettings, VERSION } from './settings.ts';

/** A report is usually there within a minute; Microsoft recommends to look every 2 to 15 minutes for large ones. */
const LONGEST_WAIT_SECONDS = 60;
const PATIENCE_SECONDS = 3600;
const TITLE = 'Microsoft Advertising';

/** The one page of a slice: a report is ordered, waited for and downloaded. None where there is no data. */
export async function* pages(
  vendor: Vendor,
  settings: MicrosoftAdsSettings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const report = await submit(vendor, settings, slice.partition, windowOf(slice));
  const url = await downloadUrl(vendor, settings, slice.partition, report);
  if (url === null) return;
  const answer = await vendor.ask({ url, withoutCredentials: true, unpack: 'zip' });
  yield {
    // The address is signed: whoever has it can read the report.
    request: `GET the report of account ${slice.partition}, ${slice.from} to ${slice.to}`,
    format: 'csv',
    text: answer.text,
    json: () => answer.json(),
    facts: {},
  };
}

async function submit(
  vendor: Vendor,
  settings: MicrosoftAdsSettings,
  account: string,
  days: DayWindow | 'Yesterday',
): Promise<string> {
  const answer = await ask(vendor, settings, account, 'Submit', reportRequest(settings, account, days));
  return readEnvelope(TITLE, answer, (body) => body.text('ReportRequestId'));
}

/** Where the report is; null: the report succeeded and is empty (`Success` without an address). */
async function downloadUrl(
  vendor: Vendor,
  settings: MicrosoftAdsSettings,
  account: string,
  report: string,
): Promise<string | null> {
  const polls = vendor.polls({
    firstSeconds: settings.poll_first_seconds,
    mostSeconds: LONGEST_WAIT_SECONDS,
    timeoutSeconds: PATIENCE_SECONDS,
  });
  for await (const _ of polls) {
    const answer = await ask(vendor, settings, account, 'Poll', { ReportRequestId: report });
    const { state, url } = readEnvelope(TITLE, answer, (body) => ({
      state: body.text('ReportRequestStatus.Status'),
      url: body.textOrNull('ReportRequestStatus.ReportDownloadUrl'),
    }));
    if (state === 'Success') return url;
    if (state === 'Error') throw failed(account);
    if (state !== 'Pending') throw shapeError(TITLE, 'ReportRequestStatus.Status', state);
  }
  throw new Error('polls end with an answer or an error');
}

const failed = (account: string): VigieError =>
  new VigieError(`Microsoft Advertising could not make the report of account ${account}`, {
    code: 'VENDOR_UNAVAILABLE',
    retryable: true,
    hint: 'Microsoft gives no reason. The next run orders the report anew; if it goes on, ask for fewer days.',
  });

function ask(
  vendor: Vendor,
  { customer }: MicrosoftAdsSettings,
  account: string,
  operation: 'Submit' | 'Poll',
  body: object,
): Promise<VendorAnswer> {
  const headers = { CustomerId: customer, CustomerAccountId: account };
  return vendor.ask({
    method: 'POST',
    url: `/Reporting/${VERSION}/GenerateReport/${operation}`,
    headers,
    body,
  });
}

/** Orders a report of yesterday for each account, which shows credentials and access, and does not fetch it. */
export async function probe(vendor: Vendor, settings: MicrosoftAdsSettings): Promise<ProbeResult> {
  for (const account of settings.accounts) await submit(vendor, settings, account, 'Yesterday');
  return { status: 'ok', finding: `${settings.accounts.length} account(s) give reports` };
}
