import { parse } from 'yaml';
import type { ApiSource } from '../../functions/lake/company/api-source.ts';
import { definitionOf } from '../../functions/pull/source-kinds.ts';
import { crmApi } from '../../sandbox/companies/saas/config/crm-api.ts';
import { invent } from '../../sandbox/companies/saas/invent.ts';
import { portalOf } from '../../sandbox/companies/saas/portal/portal.ts';
import { hubSpot } from '../../sandbox/vendors/hubspot/hubspot.ts';
import { smallestPlan } from '../../sandbox/vendors/hubspot/limits.ts';
import type { MarketingEmail } from '../../sandbox/vendors/hubspot/portal.ts';
import type { SimulatedVendor } from '../../sandbox/vendors/vendor.ts';
import { sourceOf } from '../pull/api/world.ts';

/** The HubSpot of a software company with two months of leads: so many that contacts have several pages. */
const OPTIONS = { seed: 1887, days: 60, scale: 0.08, stories: false };

/** Nobody waits here, and the clock stands: what an account may ask in ten seconds would never come back. */
const ALLOWANCES = { ...smallestPlan, tenSeconds: 1_000_000, searchesASecond: 1_000_000 };

/** A newsletter a week, and a welcome that goes out by itself every day; sent at half past midnight in Paris, a day earlier in UTC. */
const marketingEmails = (endsOn: string): MarketingEmail[] => {
  const sending = (days: number, sent: number) => ({
    ...{ at: Date.parse(`${endsOn}T23:30:00Z`) - (days + 1) * 86_400_000, sent, bounced: days % 3 },
    ...{ opened: sent - 4, clicked: days % 4, unsubscribed: days % 2, onPhones: 1 },
  });
  const weekly = [1, 8, 15].map((days, place) => ({
    ...{ id: 8101 + place, name: `Newsletter ${place + 1}`, sendings: [sending(days, 400 + place)] },
  }));
  const daily = Array.from({ length: 20 }, (_, days) => sending(days, 6 + days));
  return [...weekly, { id: 8104, name: 'Bienvenue', sendings: daily }];
};

export interface SmallCrm {
  readonly kind: string;
  /** One that begins anew, with the same account behind it. */
  vendor(): SimulatedVendor;
  /** As the software company's vigie.yaml has it; it reads calls, meetings and marketing e-mails, too. */
  source(origin: string): Promise<ApiSource>;
}

export function smallCrm({ endsOn, now }: { readonly endsOn: string; readonly now: () => Date }): SmallCrm {
  const { company, days } = invent({ ...OPTIONS, endsOn });
  const portal = { ...portalOf(company), emails: marketingEmails(endsOn) };
  const kind = 'hubspot';
  return {
    kind,
    vendor: () => hubSpot(portal, { now, allowances: ALLOWANCES }),
    async source(origin) {
      const [crm] = parse(`sources:\n${crmApi(origin, days[0]?.date ?? endsOn)}`).sources;
      const { kind: _, name: __, ...keys } = crm as Record<string, unknown>;
      const read = ['contacts', 'deals', 'owners', 'people', 'activity', 'marketing_emails'];
      return sourceOf(await definitionOf(kind), { ...keys, read, activity: ['calls', 'meetings'] });
    },
  };
}
