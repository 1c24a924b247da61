import { fixedRecord, type TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import type { Touch } from '../business/lead.ts';
import { loggedOf } from '../crm/logged.ts';
import { millisOf } from '../crm/record.ts';
import { dayAt } from '../exports/output.ts';
import { salesforceNumbering as ids, salesforceId } from './ids.ts';

const BEGUN = Date.parse('2020-01-06T08:00:00Z');

/** What is told of a touch is of its campaign; a channel without campaigns is one. */
const nameOf = ({ channel, campaign }: Touch): string => campaign ?? channel;

const campaignsOf = (company: Company): Map<string, Touch> => {
  const named = new Map<string, Touch>();
  for (const { touches } of company.leads)
    for (const touch of touches) if (!named.has(nameOf(touch))) named.set(nameOf(touch), touch);
  return named;
};

export const campaignRecords = (company: Company): TimedRecord[] =>
  [...campaignsOf(company)].map(([name, { channel }], place) =>
    fixedRecord(salesforceId('campaign', place + 1), BEGUN, { Name: name, Type: channel }),
  );

/** A lead is a member of a campaign once, from the first answer on. */
export function memberRecords(company: Company): TimedRecord[] {
  const places = [...campaignsOf(company).keys()];
  return company.leads.flatMap(({ id, touches }) => {
    const lived = touches.filter(({ at }) => at.day <= company.last);
    const first = lived.filter(
      (touch, place) => lived.findIndex((each) => nameOf(each) === nameOf(touch)) === place,
    );
    return first.map((touch, place) =>
      fixedRecord(salesforceId('member', `${id.slice(1)}${place}`), millisOf(company, touch.at), {
        ...{ LeadId: ids.lead(id), CampaignId: salesforceId('campaign', places.indexOf(nameOf(touch)) + 1) },
        ...{ HasResponded: 'true', FirstRespondedDate: dayAt(company, touch.at.day).date },
      }),
    );
  });
}

/** Calls as tasks, meetings as events. */
export const loggedRecords =
  (kind: 'task' | 'event') =>
  (company: Company): TimedRecord[] =>
    loggedOf(company, kind === 'task' ? 'calls' : 'meetings').map(({ user, at }, place) =>
      fixedRecord(salesforceId(kind, place + 1), at, { CreatedById: ids.owner(user) }),
    );
