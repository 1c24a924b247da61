import { addDays } from '../../../lake/values/day.ts';
import { jsonPage } from '../../api/kit/envelope.ts';
import { RecordReader, shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer, VendorRequest } from '../../api/vendor.ts';
import { WholeList } from '../../api/whole-list.ts';
import type { Settings } from './settings.ts';

/** The largest page that OCC gives of orders. */
const PAGE = 100;
const MOST_REPEATS = 3;
const OCC = 'OCC of SAP Commerce';

/** Only what is mapped is asked for: no names, no addresses. */
const PRICE = '(value,currencyIso)';
const ENTRY = `entryNumber,quantity,basePrice${PRICE},totalPrice${PRICE},product(code,stock(stockLevelStatus))`;
const ORDER_FIELDS = `code,guid,created,status,net,orgUnit(uid),orgCustomer(orgUnit(uid)),costCenter(unit(uid)),totalPrice${PRICE},orderDiscounts${PRICE},entries(${ENTRY})`;
const CART_FIELDS = `carts(guid,saveTime,totalPrice${PRICE},entries(${ENTRY}))`;
const RETURN_FIELDS = `returnRequests(rma,status,creationTime,returnEntries(expectedQuantity,refundAmount${PRICE},orderEntry(entryNumber,product(code)))),pagination(DEFAULT)`;

function siteOf({ occ }: Settings): { readonly base: string; readonly user: string } {
  if (!occ) throw new Error('the settings’ schema asks for `occ` where an entity `occ-…` is read');
  return { base: `/occ/v2/${occ.site}`, user: occ.user };
}

/** Unit-level orders, each in full: the list has no entries. */
export async function* occOrderPages(
  vendor: Vendor,
  settings: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { base, user } = siteOf(settings);
  const orders = `${base}/orgUsers/${user}/orgUnits/orders`;
  const from = firstDay(settings, slice);
  const list = {
    url: orders,
    fields: 'orders(code,placed,status),pagination(DEFAULT)',
    name: 'orders',
    key: 'code',
  };
  for await (const answer of listPages(vendor, list)) {
    for (const order of new RecordReader(answer.json()).records('orders')) {
      // A day in UTC may be another in the company's zone; the mapping decides.
      if (order.text('placed').slice(0, 10) >= from)
        yield await wholeOrder(vendor, orders, order.text('code'));
    }
  }
}

async function wholeOrder(vendor: Vendor, orders: string, code: string): Promise<RawPage> {
  const url = `${orders}/${encodeURIComponent(code)}`;
  const answer = await vendor.ask({ url, query: { fields: ORDER_FIELDS } });
  if (new RecordReader(answer.json()).value('code') !== code) throw shapeError(OCC, 'code', answer.text);
  return jsonPage(answer);
}

/** OCC cannot be asked for changes: orders placed lately are read again. */
function firstDay({ look_back_days: back }: Settings, { since, startsOn }: Slice): string {
  const earliest = addDays(startsOn, -1);
  const day = since === null ? earliest : addDays(since.slice(0, 10), -1 - back);
  return day < startsOn ? earliest : day;
}

export async function* occReturnPages(vendor: Vendor, settings: Settings): AsyncGenerator<RawPage> {
  const { base, user } = siteOf(settings);
  const url = `${base}/users/${user}/orderReturns`;
  for await (const answer of listPages(vendor, {
    url,
    fields: RETURN_FIELDS,
    name: 'returnRequests',
    key: 'rma',
  }))
    yield jsonPage(answer);
}

/** Saved carts come in pages without saying how many there are: until one is not full. */
export async function* savedCartPages(vendor: Vendor, settings: Settings): AsyncGenerator<RawPage> {
  const { base, user } = siteOf(settings);
  const list = new WholeList(`saved carts, ${OCC}`);
  let before: string | undefined;
  for (let currentPage = 0; ; currentPage += 1) {
    const query = { savedCartsOnly: 'true', fields: CART_FIELDS, currentPage, pageSize: PAGE };
    const answer = await askUntil(
      vendor,
      { url: `${base}/users/${user}/carts`, query },
      ({ text }) => text !== before,
    );
    before = answer.text;
    const carts = recordsOf(answer, 'carts');
    list.seeAll(carts, ['guid']);
    yield jsonPage(answer);
    if (carts.length < PAGE) return;
  }
}

interface OccList {
  readonly url: string;
  readonly fields: string;
  /** Name of the list, and of what identifies a record in it. */
  readonly name: string;
  readonly key: string;
}

/**
 * `pagination { currentPage, totalPages, totalResults }`, counted from 0. The newest come first, so that an order placed
 * while the list is read shifts all that follow: then one comes twice.
 */
async function* listPages(vendor: Vendor, { url, fields, name, key }: OccList): AsyncGenerator<VendorAnswer> {
  const list = new WholeList(`${name}, ${OCC}`);
  for (let currentPage = 0; ; currentPage += 1) {
    const answer = await askUntil(
      vendor,
      { url, query: { fields, currentPage, pageSize: PAGE } },
      (given) => new RecordReader(given.json()).value('pagination.currentPage') === currentPage,
    );
    const body = new RecordReader(answer.json());
    list.counted(body.integerOrNull('pagination.totalResults'));
    list.seeAll(recordsOf(answer, name), [key]);
    yield answer;
    const pages = Number(body.value('pagination.totalPages'));
    if (!Number.isInteger(pages)) throw shapeError(OCC, 'pagination.totalPages', answer.text);
    if (currentPage + 1 >= pages)
      return list.end('The list changed while it was read. The next run reads it again.');
  }
}

/** The records of a list; one that is empty may be left out. */
const recordsOf = (answer: VendorAnswer, name: string): readonly unknown[] =>
  new RecordReader(answer.json()).records(name).map(({ raw }) => raw);

/** Another page than the one wanted is asked for again: a proxy may have mixed them up. */
async function askUntil(
  vendor: Vendor,
  request: VendorRequest,
  isWanted: (answer: VendorAnswer) => boolean,
): Promise<VendorAnswer> {
  for (let repeats = 0; ; repeats += 1) {
    const answer = await vendor.ask(request);
    if (isWanted(answer)) return answer;
    if (repeats === MOST_REPEATS) throw shapeError(OCC, 'pagination.currentPage', answer.text);
  }
}
