import { fixedRecord, type TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Company } from '../business/company.ts';
import { licensesOf } from '../crm/licenses.ts';
import { salesforceNumbering as ids, salesforceId } from './ids.ts';

/** The robot: no person, and no licence. */
const NOBODY = salesforceId('owner', 1);

const TEAMS = ['Sales development', 'Account executives', 'Marketing', 'Customer success'];
const BEGUN = Date.parse('2020-01-06T08:00:00Z');

export const roleRecords = (): TimedRecord[] =>
  TEAMS.map((team, place) => fixedRecord(salesforceId('role', place + 1), BEGUN, { Name: team }));

/** Whoever left is inactive, and keeps the role. */
export const userRecords = (company: Company): TimedRecord[] => [
  fixedRecord(NOBODY, BEGUN, { Name: 'Automated Process', UserType: 'AutomatedProcess', IsActive: 'true' }),
  ...licensesOf(company).map(({ id, team, from, until }) => {
    const record = fixedRecord(ids.owner(id), from, {
      ...{ Name: `Camille Nom${id}`, Email: `owner${id}@kervello.example`, UserType: 'Standard' },
      UserRoleId: salesforceId('role', TEAMS.indexOf(team) + 1),
    });
    const isActive = [
      { value: 'true', at: from },
      ...(until === null ? [] : [{ value: 'false', at: until }]),
    ];
    return {
      ...record,
      changes: isActive.map(({ at }) => at),
      versions: () => ({ ...record.versions(), IsActive: isActive }),
    };
  }),
];
