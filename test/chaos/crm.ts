import { parse } from 'yaml';
import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import type { Company } from '../../sandbox/companies/saas/business/company.ts';
import { CRM_KINDS, type CrmKind } from '../../sandbox/companies/saas/crm-kinds.ts';
import { crmNamed } from '../../sandbox/companies/saas/crms.ts';
import { environmentOf } from '../../sandbox/companies/saas/environment/environment.ts';
import { invent } from '../../sandbox/companies/saas/invent.ts';
import { orgOf } from '../../sandbox/companies/saas/org/org.ts';
import { portalOf } from '../../sandbox/companies/saas/portal/portal.ts';
import { dynamicsSales } from '../../sandbox/vendors/dynamics-sales/dynamics-sales.ts';
import { hubSpot } from '../../sandbox/vendors/hubspot/hubspot.ts';
import { smallestPlan } from '../../sandbox/vendors/hubspot/limits.ts';
import { salesforce } from '../../sandbox/vendors/salesforce/salesforce.ts';
import type { SimulatedVendor } from '../../sandbox/vendors/vendor.ts';
import { sourceOf } from '../pull/api/world.ts';

/** The CRMs of a software company with two months of leads: so many that contacts have several pages. */
const OPTIONS = { seed: 1887, days: 60, scale: 0.08, stories: false };

/** Nobody waits here, and the clock stands: what an account may ask in ten seconds would never come back. */
const ALLOWANCES = { ...smallestPlan, tenSeconds: 1_000_000, searchesASecond: 1_000_000 };

export interface SmallCrm {
  readonly kind: CrmKind;
  /** One that begins anew, with the same account behind it. */
  vendor(): SimulatedVendor;
  /** Its entry of vigie.yaml as the software company has it; it reads all that there is, in small pages. */
  entry(origin: string): Readonly<Record<string, unknown>>;
  source(origin: string): Promise<ApiSource>;
}

/** Makes vendors of one account. */
type Maker = (company: Company, now: () => Date) => () => SimulatedVendor;

const MAKERS: Readonly<Record<CrmKind, Maker>> = {
  hubspot: (company, now) => {
    const portal = portalOf(company);
    return () => hubSpot(portal, { now, allowances: ALLOWANCES });
  },
  salesforce: (company, now) => {
    const org = orgOf(company);
    return () => salesforce(org, { now, pages: { page: 120, below: 3 } });
  },
  'dynamics-sales': (company, now) => {
    const environment = environmentOf(company);
    return () => dynamicsSales(environment, { now });
  },
};

const KEYS: Readonly<Record<CrmKind, Readonly<Record<string, unknown>>>> = {
  hubspot: {
    ...{ read: ['contacts', 'deals', 'owners', 'people', 'activity'], activity: ['calls', 'meetings'] },
  },
  salesforce: { read: ['leads', 'opportunities', 'users', 'people', 'campaigns', 'activity'] },
  'dynamics-sales': { page_size: 50 },
};

export function smallCrms({
  endsOn,
  now,
}: {
  readonly endsOn: string;
  readonly now: () => Date;
}): SmallCrm[] {
  const { company, days } = invent({ ...OPTIONS, endsOn });
  return CRM_KINDS.map((kind) => {
    const entry: SmallCrm['entry'] = (origin) => {
      const [crm] = parse(`sources:\n${crmNamed(kind).sources(origin, days[0]?.date ?? endsOn)}`).sources;
      return { ...(crm as object), ...KEYS[kind] };
    };
    return {
      ...{ kind, vendor: MAKERS[kind](company, now), entry },
      async source(origin) {
        const { kind: _, name: __, ...keys } = entry(origin);
        return sourceOf(await definitionOf(kind), keys);
      },
    };
  });
}
