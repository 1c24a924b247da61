import { plain } from '../../../kit/words.ts';
import type { PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import { companyOf } from '../crm/accounts.ts';
import { courseOf } from '../crm/course.ts';
import { instantText, mergedSettings, mergersOf, recordOf, type Setting } from '../crm/record.ts';
import { PIPELINE } from './schemas.ts';

export function dealRecords(company: Company): PortalRecord[] {
  const { into, taken } = mergersOf(company.deals, company.last);
  return company.deals.map((deal) => ({
    ...recordOf(
      company,
      { id: deal.id, createdAt: deal.createdAt, removal: deal.removal, into: into.get(deal.id) },
      () => [
        ...bornWith(deal),
        ...stages(deal, company),
        ...prices(deal),
        ...mergedSettings(taken.get(deal.id) ?? []),
      ],
    ),
    associated: {
      contacts: deal.leadId === null ? [] : [deal.leadId],
      companies: [companyOf(deal.leadId ?? deal.id)],
    },
  }));
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
const stages = (deal: Deal, company: Company): Setting[] =>
  courseOf(deal, company).flatMap(({ stage, at, turn }): Setting[] => {
    if (turn === null) return [['dealstage', at, stage]];
    return [
      ['dealstage', at, stage],
      ['hs_is_closed', at, String(turn.isClosed)],
      ['hs_is_closed_won', at, String(turn.isWon)],
      ['closedate', at, instantText(company, turn.closes)],
      ['closed_lost_reason', at, turn.reason],
    ];
  });

const prices = ({ prices: all, margin }: Deal): Setting[] =>
  all.flatMap(({ at, amount }): Setting[] => [
    ['amount', at, plain(amount)],
    ['margin', at, plain(Math.round((amount * margin) / 100))],
  ]);
