import { ACCOUNTS } from '../../companies/wholesale/business/campaigns.ts';
import { json } from '../../vendor-kit/replies.ts';
import { type SpendBook, spendBook } from '../../vendor-kit/spend-book.ts';
import { refreshGrant, tokenDesk } from '../../vendor-kit/token-desk.ts';
import type { MakeVendor, VendorCall, VendorReply } from '../vendor.ts';
import { accessProblem, fault, secret } from './access.ts';
import { csvOf, dateOf, type Refusal, type ReportOrder, refusalOf } from './report.ts';
import { zipOf } from './zip.ts';

/** How often a report is still `Pending` when it is asked for. */
const PENDING_POLLS = 2;

interface Report {
  readonly order: ReportOrder;
  polls: number;
}

/**
 * Microsoft Advertising: the reporting service in REST, its downloads on another host, and Microsoft's token address,
 * which gives a new refresh token with each use.
 * @see https://learn.microsoft.com/advertising/guides/request-download-report
 */
export const makeVendor: MakeVendor = ({ now }) => {
  const book = spendBook('microsoft');
  const desk = tokenDesk({
    ...{ seed: 'microsoft-ads', prefix: 'EwB4A8l6BAAU', seconds: 3600, now },
    grant: refreshGrant(secret, { rotates: true }),
    extras: { scope: 'https://ads.microsoft.com/msads.manage' },
  });
  const reports = new Map<string, Report>();
  return {
    kind: 'microsoft-ads',
    secret,
    day: book.add,
    answer(call) {
      const path = call.url.pathname;
      if (path === '/common/oauth2/v2.0/token') return desk.answer(call);
      if (path.startsWith('/reports/')) return download(call, reports, book);
      const [, operation] = /^\/Reporting\/v13\/GenerateReport\/(Submit|Poll)$/.exec(path) ?? [];
      if (operation === undefined || call.method !== 'POST') return { status: 404 };
      const refused = accessProblem(call, desk.state(call));
      if (refused) return fault('AdApiFaultDetail', 'Errors', refused);
      const body = JSON.parse(call.body || '{}') as Body;
      return operation === 'Submit' ? submit(body, reports, book.newest()) : poll(call, body, reports, book);
    },
  };
};

interface Body {
  readonly ReportRequest?: ReportOrder;
  readonly ReportRequestId?: string;
}

function submit({ ReportRequest: order }: Body, reports: Map<string, Report>, today: string): VendorReply {
  const ids = order?.Scope?.AccountIds?.map(String) ?? [];
  const refused: Refusal | undefined =
    ids.length === 1 && ids[0] === ACCOUNTS.microsoft
      ? refusalOf(order ?? {}, today)
      : [2007, 'ReportingServiceInvalidAccountId', 'The account is not valid.'];
  if (refused) return fault('ApiFaultDetail', 'OperationErrors', refused);
  const id = `30000${String(reports.size + 1).padStart(6, '0')}`;
  reports.set(id, { order: order ?? {}, polls: 0 });
  return json(200, { ReportRequestId: id });
}

/** `Success` without an address means that there is nothing to report. @see https://learn.microsoft.com/advertising/reporting-service/reportrequeststatus */
function poll(
  call: VendorCall,
  { ReportRequestId: id = '' }: Body,
  reports: Map<string, Report>,
  book: SpendBook,
): VendorReply {
  const report = reports.get(id);
  if (!report)
    return fault('ApiFaultDetail', 'OperationErrors', [
      2100,
      'ReportingServiceInvalidReportId',
      'The report ID is not valid.',
    ]);
  report.polls += 1;
  const status = (Status: string, ReportDownloadUrl: string | null) =>
    json(200, { ReportRequestStatus: { ReportDownloadUrl, Status } });
  if (report.polls <= PENDING_POLLS) return status('Pending', null);
  if (spendsOf(report, book).length === 0) return status('Success', null);
  // Another host, as in life: localhost instead of 127.0.0.1, with a signature in the address.
  return status(
    'Success',
    `http://localhost:${call.url.port}/reports/${id}.zip?sv=2021-08-06&sig=${id}signed`,
  );
}

/** Azure storage: an address that carries a signature takes no other authorisation beside it. */
function download(call: VendorCall, reports: Map<string, Report>, book: SpendBook): VendorReply {
  const [, id = ''] = /^\/reports\/(\d+)\.zip$/.exec(call.url.pathname) ?? [];
  const report = reports.get(id);
  if (!report || call.url.searchParams.get('sig') !== `${id}signed`)
    return { status: 403, body: 'AuthenticationFailed' };
  if (call.headers.has('authorization') || call.headers.has('developertoken'))
    return { status: 400, body: 'InvalidAuthenticationInfo' };
  const csv = csvOf(report.order, spendsOf(report, book));
  return {
    status: 200,
    headers: { 'content-type': 'application/x-zip-compressed' },
    body: zipOf(`${id}.csv`, csv),
  };
}

function spendsOf({ order }: Report, book: SpendBook) {
  const { CustomDateRangeStart: start, CustomDateRangeEnd: end } = order.Time ?? {};
  return start && end ? book.between(dateOf(start), dateOf(end)) : [];
}
