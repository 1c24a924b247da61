import type { Moment } from '../../../kit/calendar.ts';
import { plain } from '../../../kit/words.ts';
import { fixedRecord, type TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import type { Deal } from '../business/deal.ts';
import { STAGES } from '../business/stages.ts';
import { companyOf } from '../crm/accounts.ts';
import { courseOf } from '../crm/course.ts';
import { ownerOf } from '../crm/owners.ts';
import { millisOf, recordOf, type Setting } from '../crm/record.ts';
import { formerName } from '../crm/stage-names.ts';
import { dayAt } from '../exports/output.ts';
import { salesforceNumbering as ids, salesforceId } from './ids.ts';

/** Opportunities. Salesforce merges none: a double is deleted. */
export const dealRecords = (company: Company): TimedRecord[] =>
  company.deals.map((deal) => {
    const about = {
      id: ids.deal(deal.id),
      createdAt: deal.createdAt,
      removal: deal.removal,
      into: undefined,
    };
    return recordOf(company, about, () => settingsOf(deal, company));
  });

function settingsOf(deal: Deal, company: Company): Setting[] {
  const { id, createdAt, currency, channel, leadId } = deal;
  const born = (name: string, value: string): Setting => [name, createdAt, value];
  return [
    ...[born('Name', `Affaire ${id}`), born('CurrencyIsoCode', currency), born('LeadSource', channel)],
    born('OwnerId', ids.owner(ownerOf(deal, company))),
    born('AccountId', salesforceId('account', companyOf(leadId ?? id))),
    ...stages(deal, company),
    ...prices(deal),
  ];
}

const probabilityOf = (stage: string): string =>
  String(STAGES.find(({ id }) => id === stage)?.probability ?? 0);

const stages = (deal: Deal, company: Company): Setting[] =>
  courseOf(deal, company).flatMap(({ stage, at, turn }): Setting[] => [
    ['StageName', at, stage],
    ['Probability', at, probabilityOf(stage)],
    ...(turn === null
      ? []
      : ([
          ['IsClosed', at, String(turn.isClosed)],
          ['IsWon', at, String(turn.isWon)],
          ['CloseDate', at, dayAt(company, turn.closes.day).date],
          ['Reason_Lost__c', at, turn.reason],
        ] as const)),
  ]);

const prices = ({ prices: all, margin }: Deal): Setting[] =>
  all.flatMap(({ at, amount }): Setting[] => [
    ['Amount', at, plain(amount)],
    ['Margin__c', at, plain(Math.round((amount * margin) / 100))],
  ]);

const FOLLOWED = ['StageName', 'Amount', 'CloseDate', 'Probability'];

/** A row when it is made and for each change of stage, amount, probability or date, as things stood then; stages as they were called. */
export const dealHistory = (company: Company): TimedRecord[] =>
  company.deals.flatMap((deal) => {
    const values: Record<string, string> = { OpportunityId: ids.deal(deal.id) };
    return momentsOf(settingsOf(deal, company), company).map(([at, settings], place) => {
      for (const [name, , value] of settings) values[name] = value ?? '';
      const former = formerName(company, values['StageName'] ?? '', at);
      return fixedRecord(
        salesforceId('history', `${deal.id.slice(2)}${String(place).padStart(2, '0')}`),
        millisOf(company, at),
        {
          ...{ ...values, ...(former === undefined ? {} : { StageName: former.toLowerCase() }) },
        },
      );
    });
  });

/** What changed at once, in order. */
function momentsOf(settings: readonly Setting[], company: Company): [Moment, Setting[]][] {
  const moments = new Map<number, [Moment, Setting[]]>();
  for (const setting of settings) {
    const [name, at] = setting;
    if (!FOLLOWED.includes(name) || at.day > company.last) continue;
    const millis = millisOf(company, at);
    const moment = moments.get(millis) ?? [at, []];
    moment[1].push(setting);
    moments.set(millis, moment);
  }
  return [...moments].toSorted(([one], [other]) => one - other).map(([, moment]) => moment);
}

/** Who competes for each. */
export const competitorRecords = (company: Company): TimedRecord[] =>
  company.deals.flatMap(({ id, createdAt, competitors }) =>
    competitors.map((name, place) =>
      fixedRecord(salesforceId('competitor', `${id.slice(1)}${place}`), millisOf(company, createdAt), {
        ...{ OpportunityId: ids.deal(id), CompetitorName: name },
      }),
    ),
  );

/** The company behind each. Billing gives it a number when the first invoice is written. */
export const accountRecords = (company: Company): TimedRecord[] =>
  company.deals
    .map((deal) => {
      const number = companyOf(deal.leadId ?? deal.id);
      const about = {
        ...{ id: salesforceId('account', number), createdAt: deal.createdAt, removal: null, into: undefined },
      };
      return recordOf(company, about, () => accountOf(deal, number));
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));

function accountOf({ createdAt, prospect, entries, customerId }: Deal, number: string): Setting[] {
  const born = (name: string, value: string): Setting => [name, createdAt, value];
  const won = entries.find(({ stage }) => stage === 'won');
  return [
    ...[born('Name', `Societe ${number}`), born('BillingCountry', prospect.country)],
    ...[born('Industry', prospect.industry), born('Sales_Region__c', prospect.region)],
    ...(won ? [['Customer_Number__c', won.at, customerId] as const] : []),
  ];
}
