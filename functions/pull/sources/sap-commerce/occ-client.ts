import { addDays } from '../../../lake/calendar.ts';
import { VigieError } from '../../../platform/errors.ts';
import { RecordReader, shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

/** The largest page that OCC gives of orders. */
const PAGE = 100;

/** Only what is mapped is asked for: no names, no addresses. */
const PRICE = '(value,currencyIso)';
const ENTRY = `entryNumber,quantity,basePrice${PRICE},totalPrice${PRICE},product(code,stock(stockLevelStatus))`;
const ORDER_FIELDS = `code,guid,created,status,net,orgUnit(uid),orgCustomer(orgUnit(uid)),costCenter(unit(uid)),totalPrice${PRICE},orderDiscounts${PRICE},entries(${ENTRY})`;
const CART_FIELDS = `carts(guid,saveTime,totalPrice${PRICE},entries(${ENTRY}))`;
const RETURN_FIELDS = `returnRequests(rma,status,creationTime,returnEntries(expectedQuantity,refundAmount${PRICE},orderEntry(entryNumber,product(code)))),pagination(DEFAULT)`;

const siteOf = ({ occ }: Settings): { readonly base: string; readonly user: string } => {
  if (occ) return { base: `/occ/v2/${occ.site}`, user: occ.user };
  throw new VigieError('The entities `occ-…` need to know site and user.', {
    code: 'CONFIG_INVALID',
    where: { field: 'occ' },
    hint: 'Give `occ: { site: …, user: … }` to the source of kind sap-commerce, or take the entities off `read`.',
  });
};

/** Unit-level orders, each in full: the list has no entries. */
export async function* occOrderPages(
  vendor: Vendor,
  settings: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { base, user } = siteOf(settings);
  const orders = `${base}/orgUsers/${user}/orgUnits/orders`;
  const from = firstDay(settings, slice);
  for await (const answer of listPages(vendor, orders, 'orders(code,placed,status),pagination(DEFAULT)')) {
    for (const order of new RecordReader(answer.json()).records('orders')) {
      // A day in UTC may be another in the company's zone; the mapping decides.
      if (order.text('placed').slice(0, 10) < from) continue;
      const code = encodeURIComponent(order.text('code'));
      yield pageOf(await vendor.ask({ url: `${orders}/${code}`, query: { fields: ORDER_FIELDS } }));
    }
  }
}

/** OCC cannot be asked for changes: orders placed lately are read again. */
function firstDay({ look_back_days: back }: Settings, { since, startsOn }: Slice): string {
  const earliest = addDays(startsOn, -1);
  const day = since === null ? earliest : addDays(since.slice(0, 10), -1 - back);
  return day < startsOn ? earliest : day;
}

export async function* occReturnPages(vendor: Vendor, settings: Settings): AsyncGenerator<RawPage> {
  const { base, user } = siteOf(settings);
  for await (const answer of listPages(vendor, `${base}/users/${user}/orderReturns`, RETURN_FIELDS))
    yield pageOf(answer);
}

/** Saved carts come in pages without saying how many there are: until one is not full. */
export async function* savedCartPages(vendor: Vendor, settings: Settings): AsyncGenerator<RawPage> {
  const { base, user } = siteOf(settings);
  for (let currentPage = 0; ; currentPage += 1) {
    const answer = await vendor.ask({
      url: `${base}/users/${user}/carts`,
      query: { savedCartsOnly: 'true', fields: CART_FIELDS, currentPage, pageSize: PAGE },
    });
    yield pageOf(answer);
    if (new RecordReader(answer.json()).records('carts').length < PAGE) return;
  }
}

/** `pagination { currentPage, totalPages }`, counted from 0. */
async function* listPages(vendor: Vendor, url: string, fields: string): AsyncGenerator<VendorAnswer> {
  for (let currentPage = 0; ; currentPage += 1) {
    const answer = await vendor.ask({ url, query: { fields, currentPage, pageSize: PAGE } });
    yield answer;
    const pages = Number(new RecordReader(answer.json()).value('pagination.totalPages'));
    if (!Number.isInteger(pages))
      throw shapeError('OCC of SAP Commerce', 'pagination.totalPages', answer.text);
    if (currentPage + 1 >= pages) return;
  }
}

const pageOf = (answer: VendorAnswer): RawPage => ({
  request: answer.request,
  format: 'json',
  text: answer.text,
  json: () => answer.json(),
  facts: {},
});
