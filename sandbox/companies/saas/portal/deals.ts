import type { Moment } from '../../../kit/calendar.ts';
import { plain } from '../../../kit/words.ts';
import type { PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import { companyOf } from './companies.ts';
import { instantText, mergedSettings, mergersOf, recordOf, type Setting } from './record.ts';
import { PIPELINE } from './schemas.ts';

/** Days after which a deal is expected to close when it is made. */
const EXPECTED_DAYS = 60;

export function dealRecords(company: Company): PortalRecord[] {
  const { into, taken } = mergersOf(company.deals, company.last);
  return company.deals.map((deal) =>
    recordOf(
      company,
      {
        ...{ id: deal.id, createdAt: deal.createdAt, removal: deal.removal, into: into.get(deal.id) },
        associated: {
          contacts: deal.leadId === null ? [] : [deal.leadId],
          companies: [companyOf(deal.leadId ?? deal.id)],
        },
      },
      () => [
        ...bornWith(deal),
        ...stages(deal, company),
        ...prices(deal),
        ...mergedSettings(taken.get(deal.id) ?? []),
      ],
    ),
  );
}

function bornWith({ createdAt, owner, currency, channel, competitors }: Deal): Setting[] {
  const born = (name: string, value: string | null): Setting => [name, createdAt, value];
  return [
    ...[born('pipeline', PIPELINE), born('deal_currency_code', currency), born('deal_channel', channel)],
    ...(owner === null ? [] : [born('hubspot_owner_id', owner)]),
    ...(competitors.length === 0 ? [] : [born('main_competitor', competitors.join(';'))]),
  ];
}

/** Its stages; HubSpot has one date for when it should close and when it did. */
function stages({ createdAt, entries }: Deal, company: Company): Setting[] {
  const expected: Moment = {
    day: Math.min(createdAt.day + EXPECTED_DAYS, company.days.length - 1),
    second: 9 * 3600,
  };
  return entries.flatMap(({ stage, at, reason }, place): Setting[] => {
    const isClosed = stage === 'won' || stage === 'lost';
    const isTurn = isClosed || place === 0 || entries[place - 1]?.stage === 'lost';
    if (!isTurn) return [['dealstage', at, stage]];
    return [
      ['dealstage', at, stage],
      ['hs_is_closed', at, String(isClosed)],
      ['hs_is_closed_won', at, String(stage === 'won')],
      ['closedate', at, instantText(company, isClosed ? at : expected)],
      ['closed_lost_reason', at, reason],
    ];
  });
}

const prices = ({ prices: all, margin }: Deal): Setting[] =>
  all.flatMap(({ at, amount }): Setting[] => [
    ['amount', at, plain(amount)],
    ['margin', at, plain(Math.round((amount * margin) / 100))],
  ]);
