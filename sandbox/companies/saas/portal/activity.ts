import { fixedRecord } from '../../../vendor-kit/timed-record.ts';
import type { PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import { loggedOf } from '../crm/logged.ts';

const FIRST = { calls: 900_000_000, meetings: 950_000_000 } as const;

/** Calls, or meetings, that users logged. */
export const activityRecords =
  (object: keyof typeof FIRST) =>
  (company: Company): PortalRecord[] =>
    loggedOf(company, object).map(({ user, at }, place) => ({
      ...fixedRecord(String(FIRST[object] + place), at, { hubspot_owner_id: user }),
      associated: {},
    }));
