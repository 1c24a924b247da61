import { addDays } from '../../../../functions/lake/values/day.ts';
import { TIME_ZONE } from '../../../kit/calendar.ts';
import type { Owner, Portal, PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import { dayAt } from '../exports/output.ts';
import { activityRecords } from './activity.ts';
import { companyRecords } from './companies.ts';
import { contactRecords } from './contacts.ts';
import { dealRecords } from './deals.ts';
import { millisOf } from './record.ts';
import { pipelines, properties } from './schemas.ts';

/** The company's HubSpot account, with all that happened in it up to the last day. */
export function portalOf(company: Company): Portal {
  const made = new Map<string, readonly PortalRecord[]>();
  const makers: Readonly<Record<string, (company: Company) => PortalRecord[]>> = {
    contacts: contactRecords,
    deals: dealRecords,
    companies: companyRecords,
    calls: activityRecords('calls'),
    meetings: activityRecords('meetings'),
  };
  return {
    ...{ id: 4_711_815, timeZone: TIME_ZONE, currency: 'EUR', properties, pipelines },
    owners: ownersOf(company),
    records(object) {
      const known = made.get(object) ?? makers[object]?.(company) ?? [];
      made.set(object, known);
      return known;
    },
  };
}

/** Licences from before the CRM began are a year older than it. */
function ownersOf(company: Company): Owner[] {
  const first = dayAt(company, 0);
  const before = Date.parse(`${addDays(first.date, -365)}T08:00:00Z`);
  const at = (day: number, second: number): number => millisOf(company, { day, second });
  return company.team.users.map(({ id, team, from, until }, place) => ({
    ...{ id, team, userId: 4400 + place },
    createdAt: from === null ? before : at(from, 8 * 3600),
    archivedAt: until === null ? null : at(until, 18 * 3600),
  }));
}
