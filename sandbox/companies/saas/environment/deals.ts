import type { Moment } from '../../../kit/calendar.ts';
import { plain } from '../../../kit/words.ts';
import { fixedRecord, type TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import { COMPETITORS } from '../business/market.ts';
import { companyOf } from '../crm/accounts.ts';
import { courseOf } from '../crm/course.ts';
import { ownerOf } from '../crm/owners.ts';
import { instantText, millisOf, recordOf, removedAt, type Setting } from '../crm/record.ts';
import { dayAt } from '../exports/output.ts';
import { CHANNELS, DEAL_REASONS, INDUSTRIES, SALES_REGIONS } from './choices.ts';
import { guid, dynamicsNumbering as ids } from './ids.ts';

export const CURRENCIES = ['EUR', 'GBP', 'USD'] as const;

/** Opportunities. Dynamics merges none: a double is deleted. */
export const dealRecords = (company: Company): TimedRecord[] =>
  company.deals.map((deal) => {
    const { id, createdAt, removal } = deal;
    return recordOf(company, { id: ids.deal(id), createdAt, removal, into: undefined }, () => [
      ...bornWith(deal, company),
      ...ends(deal, company),
      ...prices(deal),
    ]);
  });

function bornWith(deal: Deal, company: Company): Setting[] {
  const { id, createdAt, currency, channel, leadId, competitors } = deal;
  const born = (name: string, value: string): Setting => [name, createdAt, value];
  return [
    ...[born('name', `Affaire ${id}`), born('ownerid', ids.owner(ownerOf(deal, company)))],
    born('transactioncurrencyid', guid('currency', CURRENCIES.indexOf(currency) + 1)),
    born('parentaccountid', guid('account', companyOf(leadId ?? id))),
    ...(leadId === null ? [] : [born('originatingleadid', ids.lead(leadId))]),
    born('new_channel', CHANNELS.value(channel)),
    born('competitors', competitors.map(competitorId).join(';')),
  ];
}

const competitorId = (name: string): string =>
  guid('competitor', (COMPETITORS as readonly string[]).indexOf(name) + 1);

/** How it stands: the day on which it should close stays, that on which it did is of its own. */
const ends = (deal: Deal, company: Company): Setting[] =>
  courseOf(deal, company).flatMap(({ at, turn }): Setting[] => {
    if (turn === null) return [];
    const { isClosed, isWon, closes, reason } = turn;
    const { date } = dayAt(company, closes.day);
    const amount = deal.prices.findLast((price) => price.at.day <= at.day)?.amount ?? 0;
    return [
      ['statecode', at, isWon ? '1' : isClosed ? '2' : '0'],
      ['statuscode', at, isWon ? '3' : isClosed ? '4' : '1'],
      isClosed ? ['actualclosedate', at, date] : ['estimatedclosedate', at, date],
      ...(isClosed ? [] : [['actualclosedate', at, null] as const]),
      ...(isWon ? [['actualvalue', at, plain(amount)] as const] : []),
      ['new_reasonlost', at, reason && DEAL_REASONS.value(reason)],
    ];
  });

const prices = ({ prices: all, margin }: Deal): Setting[] =>
  all.flatMap(({ at, amount }): Setting[] => [
    ['estimatedvalue', at, plain(amount)],
    ['new_margin', at, plain(Math.round((amount * margin) / 100))],
  ]);

/** When a deal is gone, what belongs to it is, too. */
const goneWith = ({ removal }: Deal, company: Company): number | null =>
  removal && removal.day <= company.last ? millisOf(company, removedAt(removal)) : null;

/** An activity for each closing; of one that was lost to a competitor it names who. */
export const closeRecords = (company: Company): TimedRecord[] =>
  company.deals.flatMap((deal) => {
    const { id, entries, competitors } = deal;
    const closed = entries.filter(
      ({ stage, at }) => (stage === 'won' || stage === 'lost') && at.day <= company.last,
    );
    return closed.map(({ at, reason }, place) => ({
      ...fixedRecord(guid('close', `${id}${place}`), millisOf(company, at), {
        opportunityid: ids.deal(id),
        ...(reason === 'Competitor' && competitors[0] ? { competitorid: competitorId(competitors[0]) } : {}),
      }),
      erasedAt: goneWith(deal, company),
    }));
  });

/** Where each stands in the process; of stages that it passed nothing is kept. */
export const processRecords = (company: Company, stageId: (stage: string) => string): TimedRecord[] =>
  company.deals.map((deal) => {
    const { id, createdAt, entries } = deal;
    const about = { id: guid('process', id), createdAt, removal: null, into: undefined };
    const stands = ({ stage, at }: { readonly stage: string; readonly at: Moment }): Setting[] =>
      stage === 'won' || stage === 'lost'
        ? []
        : [
            ['activestageid', at, stageId(stage)],
            ['activestagestartedon', at, instantText(company, at)],
          ];
    const record = recordOf(company, about, () => [
      ['opportunityid', createdAt, ids.deal(id)],
      ...entries.flatMap(stands),
    ]);
    return { ...record, erasedAt: goneWith(deal, company) };
  });

/** The company behind each. Billing gives it a number when the first invoice is written. */
export const accountRecords = (company: Company): TimedRecord[] =>
  company.deals.map(({ id, leadId, createdAt, prospect, entries, customerId }) => {
    const number = companyOf(leadId ?? id);
    const born = (name: string, value: string): Setting => [name, createdAt, value];
    const won = entries.find(({ stage }) => stage === 'won');
    return recordOf(
      company,
      { id: guid('account', number), createdAt, removal: null, into: undefined },
      () => [
        ...[born('name', `Societe ${number}`), born('address1_country', prospect.country)],
        ...[born('industrycode', INDUSTRIES.value(prospect.industry))],
        born('new_salesregion', SALES_REGIONS.value(prospect.region)),
        ...(won ? [['accountnumber', won.at, customerId] as const] : []),
      ],
    );
  });

/** What the audit log keeps of a deal that was deleted. */
export const auditRecords = (company: Company): TimedRecord[] =>
  company.deals.flatMap((deal) => {
    const at = goneWith(deal, company);
    if (at === null) return [];
    const values = { objectid: ids.deal(deal.id), objecttypecode: 'opportunity', operation: '3' };
    return [fixedRecord(guid('audit', deal.id), at, values)];
  });
