import type { Company } from '../business/company.ts';
import { millisOf } from './record.ts';

/** On one day in so many users log what they did; of that, one in so many is a call or a meeting. */
const LOGGED_DAYS = 4;
const LOGGED = 20;
const OPENS = 9 * 3600;

/** Something that a user logged; milliseconds since 1970. */
export interface Logged {
  readonly user: string;
  readonly at: number;
}

/** What users log, a part of what they do: calls on even places, meetings on odd ones. */
export const loggedOf = (company: Company, kind: 'calls' | 'meetings'): Logged[] =>
  company.activity
    .filter(({ user, day }) => (day + Number(user)) % LOGGED_DAYS === 0)
    .flatMap(({ user, day, records }) =>
      Array.from({ length: Math.ceil(records / LOGGED) }, (_, place) => ({
        user,
        at: millisOf(company, { day, second: OPENS + 1800 * place }),
        isCall: (day / LOGGED_DAYS + place) % 2 < 1,
      })),
    )
    .filter(({ isCall }) => isCall === (kind === 'calls'))
    .map(({ user, at }) => ({ user, at }));
