import type { PortalRecord } from '../../../vendors/hubspot/portal.ts';
import type { Company } from '../business/company.ts';
import { millisOf } from './record.ts';

const FIRST = { calls: 900_000_000, meetings: 950_000_000 } as const;
/** On one day in so many users log what they did; of that, one in so many is a call or a meeting. */
const LOGGED_DAYS = 4;
const LOGGED = 20;
const OPENS = 9 * 3600;

/** What users log, a part of what they do: calls on even places, meetings on odd ones. */
export const activityRecords =
  (object: keyof typeof FIRST) =>
  (company: Company): PortalRecord[] =>
    company.activity
      .filter(({ user, day }) => (day + Number(user)) % LOGGED_DAYS === 0)
      .flatMap(({ user, day, records }) =>
        Array.from({ length: Math.ceil(records / LOGGED) }, (_, place) => ({
          user,
          at: millisOf(company, { day, second: OPENS + 1800 * place }),
          isCall: (day / LOGGED_DAYS + place) % 2 < 1,
        })),
      )
      .filter(({ isCall }) => isCall === (object === 'calls'))
      .map(({ user, at }, place) => ({
        ...{ id: String(FIRST[object] + place), createdAt: at, changes: [at] },
        ...{ archivedAt: null, merged: null, erasedAt: null, associated: {} },
        versions: () => ({ hubspot_owner_id: [{ value: user, at }] }),
      }));
