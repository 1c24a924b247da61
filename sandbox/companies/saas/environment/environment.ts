import { fixedRecord, type TimedRecord } from '../../../vendor-kit/timed-record.ts';
import type { Environment, Table } from '../../../vendors/dynamics-sales/environment.ts';
import type { Company } from '../business/company.ts';
import { COMPETITORS } from '../business/market.ts';
import { STAGES } from '../business/stages.ts';
import { licensesOf } from '../crm/licenses.ts';
import { CAMPAIGNS } from './choices.ts';
import { COLUMNS } from './columns.ts';
import {
  accountRecords,
  auditRecords,
  CURRENCIES,
  closeRecords,
  dealRecords,
  processRecords,
} from './deals.ts';
import { guid, dynamicsNumbering as ids } from './ids.ts';
import { leadRecords } from './leads.ts';

export const TENANT = 'kervello.onmicrosoft.com';
const BEGUN = Date.parse('2020-01-06T08:00:00Z');
const TEAMS = ['Sales development', 'Account executives', 'Marketing', 'Customer success'];
const PROCESS = guid('flow', 1);
const ROBOT = guid('user', 1);

const OPEN_STAGES = STAGES.filter(({ pipeline, outcome }) => pipeline === 'Sales' && outcome === 'open');
/** Categories, of which Dynamics has four. */
const CATEGORIES: Readonly<Record<string, string>> = {
  ...{ qualified: '0', demo: '1', trial: '1', proposal: '2', negotiation: '3' },
};

/** The GUID of a stage, which lists of the company name, too. */
export const stageId = (stage: string): string =>
  guid('stage', OPEN_STAGES.findIndex(({ id }) => id === stage) + 1);

const listed =
  (kind: Parameters<typeof guid>[0], column: string, names: readonly string[]) => (): TimedRecord[] =>
    names.map((name, place) => fixedRecord(guid(kind, place + 1), BEGUN, { [column]: name }));

const stageRecords = (): TimedRecord[] =>
  OPEN_STAGES.map(({ id, name }) =>
    fixedRecord(stageId(id), BEGUN, {
      ...{ stagename: name, stagecategory: CATEGORIES[id] ?? '', processid: PROCESS },
      primaryentitytypecode: 'opportunity',
    }),
  );

/** Whoever left is disabled, and without a licence; the robot never had one. */
const userRecords = (company: Company): TimedRecord[] => [
  fixedRecord(ROBOT, BEGUN, {
    ownerid: ROBOT,
    fullname: '# Vigie',
    accessmode: '4',
    islicensed: 'false',
    isdisabled: 'false',
  }),
  ...licensesOf(company).map(({ id, team, from, until }) => {
    const user = ids.owner(id);
    const fixed = fixedRecord(user, from, {
      ...{ ownerid: user, fullname: `Camille Nom${id}`, accessmode: '0' },
      businessunitid: guid('unit', TEAMS.indexOf(team) + 1),
    });
    const since = (before: string, after: string) => [
      { value: before, at: from },
      ...(until === null ? [] : [{ value: after, at: until }]),
    ];
    return {
      ...fixed,
      changes: until === null ? [from] : [from, until],
      versions: () => ({
        ...fixed.versions(),
        isdisabled: since('false', 'true'),
        islicensed: since('true', 'false'),
      }),
    };
  }),
];

type Shape = Pick<Table, 'set' | 'named' | 'lists'> & { readonly make: (company: Company) => TimedRecord[] };
const competitors = { opportunitycompetitors_association: { table: 'competitor', by: 'competitors' } };

/** The key of each is its first column. */
const SHAPES: Readonly<Record<keyof typeof COLUMNS, Shape>> = {
  lead: { set: 'leads', named: 'fullname', make: leadRecords },
  opportunity: { set: 'opportunities', named: 'name', lists: competitors, make: dealRecords },
  account: { set: 'accounts', named: 'name', make: accountRecords },
  opportunityclose: { set: 'opportunitycloses', make: closeRecords },
  opportunitysalesprocess: {
    set: 'opportunitysalesprocesses',
    make: (company) => processRecords(company, stageId),
  },
  processstage: { set: 'processstages', named: 'stagename', make: stageRecords },
  systemuser: { set: 'systemusers', named: 'fullname', make: userRecords },
  audit: { set: 'audits', make: auditRecords },
  workflow: { set: 'workflows', named: 'name', make: listed('flow', 'name', ['Opportunity Sales Process']) },
  businessunit: { set: 'businessunits', named: 'name', make: listed('unit', 'name', TEAMS) },
  campaign: { set: 'campaigns', named: 'name', make: listed('campaign', 'name', CAMPAIGNS) },
  competitor: { set: 'competitors', named: 'name', make: listed('competitor', 'name', COMPETITORS) },
  transactioncurrency: {
    ...{ set: 'transactioncurrencies', named: 'currencyname' },
    make: listed('currency', 'isocurrencycode', CURRENCIES),
  },
};

/** The company's Dataverse environment, with all that happened in it up to the last day. */
export function environmentOf(company: Company): Environment {
  const tables = Object.entries(COLUMNS).map(([name, columns]): [string, Table] => {
    const { make, ...shape } = SHAPES[name as keyof typeof COLUMNS];
    let made: TimedRecord[] | undefined;
    const records = (): TimedRecord[] => {
      made ??= make(company);
      return made;
    };
    return [name, { ...shape, key: columns[0]?.name ?? '', columns, records }];
  });
  return {
    ...{ organization: guid('organization', 1), user: ROBOT, businessUnit: guid('unit', 1), tenant: TENANT },
    tables: Object.fromEntries(tables),
  };
}
