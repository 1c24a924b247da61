import { TIME_ZONE } from '../../../kit/calendar.ts';
import type { Owner, Portal, PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import { licensesOf } from '../crm/licenses.ts';
import { activityRecords } from './activity.ts';
import { companyRecords } from './companies.ts';
import { contactRecords } from './contacts.ts';
import { dealRecords } from './deals.ts';
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

const ownersOf = (company: Company): Owner[] =>
  licensesOf(company).map(({ id, team, from, until }, place) => ({
    ...{ id, team, userId: 4400 + place, createdAt: from, archivedAt: until },
  }));
