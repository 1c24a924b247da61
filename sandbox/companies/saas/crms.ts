import { VigieError } from '../../../functions/platform/errors.ts';
import { dynamicsSales } from '../../vendors/dynamics-sales/dynamics-sales.ts';
import { hubSpot } from '../../vendors/hubspot/hubspot.ts';
import { salesforce } from '../../vendors/salesforce/salesforce.ts';
import type { SimulatedVendor } from '../../vendors/vendor.ts';
import type { Company } from './business/company.ts';
import { crmApi } from './config/crm-api.ts';
import { dynamicsSource } from './config/dynamics-source.ts';
import { salesforceSource } from './config/salesforce-source.ts';
import { renumbered } from './crm/renumbered.ts';
import { CRM_KINDS, type CrmKind } from './crm-kinds.ts';
import { environmentOf } from './environment/environment.ts';
import { dynamicsNumbering } from './environment/ids.ts';
import { salesforceNumbering } from './org/ids.ts';
import { orgOf } from './org/org.ts';
import { portalOf } from './portal/portal.ts';

/** A CRM that the company may have: the same business, as that CRM knows it. */
export interface SaasCrm {
  /** The simulated vendor, with limits so wide that a first reading of three years takes seconds. */
  vendor(company: Company, now: () => Date): SimulatedVendor;
  /** Its sources in vigie.yaml, lists beside it included. */
  sources(origin: string, startsOn: string): string;
  /** The company with its records named as this CRM names them, for the lists. */
  listed(company: Company): Company;
}

const CRMS: Readonly<Record<CrmKind, SaasCrm>> = {
  hubspot: {
    vendor: (company, now) => hubSpot(portalOf(company), { now, allowances: GENEROUS }),
    sources: crmApi,
    listed: (company) => company,
  },
  salesforce: {
    vendor: (company, now) => salesforce(orgOf(company), { now, daily: 1_000_000 }),
    sources: salesforceSource,
    listed: (company) => renumbered(company, salesforceNumbering),
  },
  'dynamics-sales': {
    vendor: (company, now) => dynamicsSales(environmentOf(company), { now, requests: 1_000_000 }),
    sources: dynamicsSource,
    listed: (company) => renumbered(company, dynamicsNumbering),
  },
};

const GENEROUS = { tenSeconds: 1_000_000, searchesASecond: 1_000_000, daily: 100_000_000 };

/** By the kind of its source. Throws `USAGE`, with the names there are. */
export function crmNamed(kind: string): SaasCrm {
  const known = CRM_KINDS.find((each) => each === kind);
  if (known) return CRMS[known];
  throw new VigieError(`The software company has no CRM "${kind}".`, {
    code: 'USAGE',
    hint: `There are: ${CRM_KINDS.join(', ')}.`,
  });
}
