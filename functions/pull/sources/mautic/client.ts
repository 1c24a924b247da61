import { addDays } from '../../../lake/values/day.ts';
import { windowOf } from '../../api/kit/days.ts';
import { joinedPage, recordsIn } from '../../api/kit/envelope.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { type Counts, count, type Happened, note } from './count.ts';
import { namesOf } from './names.ts';
import type { Settings } from './settings.ts';
import { type Clause, inTable, rowsOf, TITLE } from './table.ts';

export const SENT_MAILS = 'email_stats';

export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'emails');

/**
 * What became of the mails sent within a slice, and a day more at both ends: a day of the company is not one of UTC.
 * Mautic has a row a mail and recipient. They are counted as they come; a person's number, address or device is on no page.
 */
export async function* pages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const { from, to } = windowOf(slice);
  const [since, until] = [midnight(addDays(from, -1)), midnight(addDays(to, 2))];
  const happened = await happenedIn(vendor, chosen, since, midnight(addDays(to, 2 + chosen.look_back_days)));
  const counts: Counts = new Map();
  const mails = {
    name: SENT_MAILS,
    columns: ['id', 'email_id', 'lead_id', 'date_sent', 'is_read', 'is_failed'],
    where: within('date_sent', since, until),
  };
  for await (const row of rowsOf(vendor, mails, chosen.page_size))
    inTable(mails.name, () => count(counts, row, happened));
  const names = counts.size === 0 ? new Map<string, string>() : await namesOf(vendor);
  const emails = [...counts]
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([id, quarters]) => ({ id, name: names.get(id) ?? null, quarters: [...quarters.values()] }));
  yield joinedPage(`GET /api/stats/${SENT_MAILS} and what became of it, counted`, { emails });
}

const midnight = (day: string): string => `${day} 00:00:00`;

const within = (column: string, since: string, until: string): Clause[] => [
  [column, 'gte', since],
  [column, 'lt', until],
];

/** Reasons for which a contact gets no more mail: unsubscribed, address dead. */
const UNSUBSCRIBED = '1';
const BOUNCED = '2';

async function happenedIn(
  vendor: Vendor,
  { page_size }: Settings,
  since: string,
  until: string,
): Promise<Happened> {
  const [bounced, unsubscribed, clicked] = [new Map(), new Map(), new Map()];
  const silenced = {
    name: 'lead_donotcontact',
    columns: ['id', 'lead_id', 'channel_id', 'reason', 'date_added'],
    where: [
      ['channel', 'eq', 'email'],
      ['reason', 'in', `${UNSUBSCRIBED},${BOUNCED}`],
      ...within('date_added', since, until),
    ] satisfies Clause[],
  };
  for await (const row of rowsOf(vendor, silenced, page_size))
    inTable(silenced.name, () => {
      const reason = row.oneOf('reason', { [UNSUBSCRIBED]: 'unsubscribed', [BOUNCED]: 'bounced' });
      note(reason === 'bounced' ? bounced : unsubscribed, row, 'channel_id', 'date_added');
    });
  const hits = {
    name: 'page_hits',
    columns: ['id', 'lead_id', 'email_id', 'redirect_id', 'date_hit'],
    where: [['email_id', 'gt', '0'], ...within('date_hit', since, until)] satisfies Clause[],
  };
  for await (const row of rowsOf(vendor, hits, page_size))
    inTable(hits.name, () => {
      // A link in a mail leads over a redirect; what is visited after it has none.
      if (row.textOrNull('redirect_id') !== null) note(clicked, row, 'email_id', 'date_hit');
    });
  return { bounced, unsubscribed, clicked };
}
