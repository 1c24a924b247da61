import { datesBetween } from '../../../lake/values/day.ts';
import { VigieError } from '../../../platform/errors.ts';
import { csvRecords } from '../../api/kit/csv.ts';
import { windowOf } from '../../api/kit/days.ts';
import { csvPage } from '../../api/kit/envelope.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'SEMrush';

/** What a line costs: https://developer.semrush.com/api/v3/analytics/overview-reports/ */
const [LIVE_UNITS, PAST_UNITS] = [10, 50];

/** The running month is asked about on these days, each time for what is estimated then. */
const ASKED_DAYS = ['01', '08', '15', '22', '29'];

const PARTS = '@';
/** A domain in a database: each is read by itself. */
export const partitions = ({ own, competitors, databases }: Settings): readonly string[] =>
  [...own, ...competitors].flatMap((domain) => databases.map((database) => `${domain}${PARTS}${database}`));

export function partsOf(partition: string): { readonly domain: string; readonly database: string } {
  const [domain = '', database = ''] = partition.split(PARTS);
  return { domain, database };
}

/** `ERROR 50 :: NOTHING FOUND`, with a good status. */
export const errorIn = (text: string): { readonly code: string; readonly message: string } | undefined => {
  const [, code, message] = /^ERROR (\d+) :: (.+)$/m.exec(text.trim()) ?? [];
  return code === undefined || message === undefined ? undefined : { code, message };
};

/** The domain is not among the results of this country: no estimate, which is not 0. */
export const NOTHING_FOUND = '50';

/**
 * The estimate of a slice's month: of the running one what is estimated now, on five days of it; of one that is over what was
 * kept of it (`display_date`, its 15th). A slice without such a day asks nothing.
 */
export async function* pages(vendor: Vendor, settings: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const month = from.slice(0, 7);
  const isOver = month < slice.asOf.slice(0, 7);
  const isDue =
    from === slice.startsOn || datesBetween(from, to).some((day) => ASKED_DAYS.includes(day.slice(8)));
  if (!isDue) return;
  await enoughLeft(vendor, settings, isOver ? PAST_UNITS : LIVE_UNITS);
  const { domain, database } = partsOf(slice.partition);
  const answer = await vendor.ask({
    url: '/',
    query: {
      ...{ type: 'domain_rank', domain, database, export_columns: 'Ot,At,Dn' },
      ...(isOver ? { display_date: `${month.replace('-', '')}15` } : {}),
    },
    units: isOver ? PAST_UNITS : LIVE_UNITS,
  });
  if (errorIn(answer.text)?.code === NOTHING_FOUND) {
    vendor.note(`SEMrush finds nothing of ${domain} in ${database}, ${month}: no estimate`);
    return;
  }
  yield csvPage(answer);
}

/** Asked first: a request beyond the balance is refused, and those before it would have been paid for in vain. */
async function enoughLeft(vendor: Vendor, settings: Settings, units: number): Promise<void> {
  const balance = await balanceOf(vendor, settings);
  if (balance >= units) return;
  throw new VigieError(
    `SEMrush: the account has ${balance} API units left, and the next answer costs ${units}`,
    {
      code: 'VENDOR_UNITS',
      hint: 'Units are bought, or renewed with the subscription, under Subscription info › API units. The next run reads on from there.',
    },
  );
}

/**
 * Header in words, semicolons: `Organic Traffic;Adwords Traffic;Domain`. The domain stands last, as asked: an answer that is cut
 * ends with another one, and not with a smaller number.
 */
export const records = (page: RawPage): readonly unknown[] =>
  csvRecords(page.text, { what: TITLE, column: 'Domain', delimiter: ';' });

/** Units of the account: free to ask, with a comma between thousands. https://developer.semrush.com/api/v3/get-started/api-units-balance */
export async function balanceOf(vendor: Vendor, { balance_url: url }: Settings): Promise<number> {
  return numberIn(await vendor.ask({ url: `${url.replace(/\/+$/, '')}/users/countapiunits.html` }));
}

function numberIn({ text }: VendorAnswer): number {
  const digits = text.trim().replaceAll(',', '');
  if (!/^\d+$/.test(digits)) throw shapeError(TITLE, 'balance', text.slice(0, 80));
  return Number(digits);
}
