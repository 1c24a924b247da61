import { addDays } from '../../../../functions/lake/values/day.ts';
import type { Company } from '../business/company.ts';
import type { User } from '../business/team.ts';
import { dayAt } from '../exports/output.ts';
import { millisOf } from './record.ts';

/** Somebody's licence for the CRM. Instants are milliseconds since 1970. */
export interface License {
  readonly id: string;
  readonly team: User['team'];
  readonly from: number;
  readonly until: number | null;
}

/** Licences from before the CRM began are a year older than it. */
export function licensesOf(company: Company): License[] {
  const before = Date.parse(`${addDays(dayAt(company, 0).date, -365)}T08:00:00Z`);
  const at = (day: number, second: number): number => millisOf(company, { day, second });
  return company.team.users.map(({ id, team, from, until }) => ({
    ...{ id, team, from: from === null ? before : at(from, 8 * 3600) },
    until: until === null ? null : at(until, 18 * 3600),
  }));
}
