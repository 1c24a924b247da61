import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeSecrets } from '../../cli/commands/sandbox-secrets.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../sandbox/companies/saas/business/company.ts';
import type { Removal } from '../../sandbox/companies/saas/business/deal.ts';
import { dealOn, leadOn } from '../../sandbox/companies/saas/business/known.ts';
import { companyYaml, SANDBOX_MARK } from '../../sandbox/companies/saas/config/company-yaml.ts';
import { CRM_KINDS, type CrmKind } from '../../sandbox/companies/saas/crm-kinds.ts';
import { crmNamed } from '../../sandbox/companies/saas/crms.ts';
import type { Delivery } from '../../sandbox/companies/saas/exports/delivery.ts';
import { type SaasSummary, writeSaas } from '../../sandbox/companies/saas/write-saas.ts';
import { type Misbehave, serveVendors, type VendorServers } from '../../sandbox/vendors/serve.ts';

/** Two days of a company that lives by its funnel, and what is to happen on the second. */
export const FIRST = '2026-10-29';
export const SECOND = '2026-10-30';

/** Half a year and more: a lead counts as won or not after 180 days. */
const OPTIONS = { endsOn: SECOND, days: 260, scale: 0.1, seed: 7, stories: false };

/** KPIs of other themes that leads, deals and users of the CRM are enough for. */
const FROM_THE_CRM = ['competitive_win_rate', 'crm_adoption_rate', 'journey_touchpoints', 'referrals'];

/** Numbers, as the CRM has them, of what is taken away on the second day. */
export interface Gone {
  readonly merged: string;
  readonly deleted: string;
  /** A lead among the hottest. */
  readonly erased: string;
  readonly deal: string;
}

export interface FunnelOptions {
  /** Of history; default: so many that leads count as won or not. */
  readonly days?: number;
  /** What is measured; default: `FUNNEL_KPIS`. */
  readonly kpis?: readonly string[];
  /** What its CRM does wrong; absent: it behaves. */
  readonly misbehave?: Misbehave;
}

export interface FunnelCompany {
  readonly summary: SaasSummary;
  readonly servers: VendorServers;
  readonly folder: string;
  /** Its local state. */
  readonly state: string;
  readonly gone: Gone;
  /** Leads that were made on the second day, as the invention has them, and are still there. */
  readonly newLeads: number;
  /** The vendor's clock; `morningAfter` sets it. */
  now(): Date;
  morningAfter(day: string): void;
  /** Has its vigie.yaml say that these are measured, and no others. */
  measures(kpis: readonly string[]): Promise<void>;
}

/** The software company with a CRM that is served in this process, its lists beside it, and secrets where a machine has them. */
export async function funnelCompany(
  kind: CrmKind,
  { days, kpis = FUNNEL_KPIS, misbehave }: FunnelOptions = {},
): Promise<FunnelCompany> {
  const folder = join(await mkdtemp(join(tmpdir(), 'vigie-funnel-')), 'company');
  let at = morning(FIRST);
  const crm = crmNamed(kind);
  let lived: Company | undefined;
  let listed: Company | undefined;
  let places: Places | undefined;
  let servers: VendorServers | undefined;
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the company was not written yet');
    return value;
  };
  const delivery: Delivery = {
    async crm(_, company) {
      places = placesIn(company);
      lived = withoutSome(company, places);
      listed = crm.listed(lived);
      servers = await serveVendors([crm.vendor(lived, () => at)], {
        firstPort: 0,
        ...(misbehave && { misbehave }),
      });
    },
    listed: () => known(listed),
    yaml: (config) =>
      onlyTheFunnel(
        companyYaml(config, crm.sources(known(servers).vendors[0]?.origin ?? '', config.startsOn)),
        { kind, kpis },
      ),
  };
  const summary = await writeSaas({ ...OPTIONS, ...(days === undefined ? {} : { days }), folder }, delivery);
  await writeSecrets(folder, known(servers).vendors);
  return {
    ...{ summary, folder, servers: known(servers), state: join(folder, '.vigie') },
    gone: numbersOf(known(listed), known(places)),
    newLeads: newIn(known(lived)),
    now: () => at,
    morningAfter: (day) => {
      at = morning(day);
    },
    async measures(wanted) {
      const { kpis: said, ...rest } = parse(await readFile(summary.config, 'utf8'));
      const yaml = JSON.stringify({ ...rest, kpis: { ...said, off: allBut(wanted) } });
      await writeFile(summary.config, `${SANDBOX_MARK}\n${yaml}`);
    },
  };
}

/** What is measured: the funnel, and what else a CRM alone can tell. */
export const FUNNEL_KPIS: readonly string[] = loadCatalogue()
  .kpis.filter(({ id, theme }) => theme === 'funnel' || FROM_THE_CRM.includes(id))
  .map(({ id }) => id);

const newIn = ({ leads, last }: Company): number =>
  leads.filter(({ createdAt, removal }) => createdAt.day === last && removal === null).length;

interface Listed {
  readonly name: string;
  readonly feeds?: readonly { readonly table: string }[];
}

/** What HubSpot's company has beside it, the first of them, is read too; of the others only what deals in other currencies need. */
const besideCrm = (kind: CrmKind, { name, feeds, ...source }: Listed): Listed[] => {
  if (name === 'outreach') return [];
  if (kind === CRM_KINDS[0] || name === kind) return [{ ...source, name, ...(feeds ? { feeds } : {}) }];
  const rates = feeds?.filter(({ table }) => table === 'exchange_rates') ?? [];
  return rates.length > 0 ? [{ ...source, name, feeds: rates }] : [];
};

/** The company's vigie.yaml without what only takes time here: other sources, other KPIs, and rules about them. JSON is YAML. */
function onlyTheFunnel(
  yaml: string,
  { kind, kpis: measured }: { readonly kind: CrmKind; readonly kpis: readonly string[] },
): string {
  const { alerts: _, kpis, ...company } = parse(yaml) as Readonly<Record<string, object>>;
  const sources = (company['sources'] as readonly Listed[]).flatMap((source) => besideCrm(kind, source));
  const chosen = { ...kpis, digest: ['funnel'], off: allBut(measured) };
  // A stack mails nobody without a sender.
  const delivery = { from: 'Vigie <vigie@example.com>' };
  return `${SANDBOX_MARK}\n${JSON.stringify({ ...company, delivery, sources, kpis: chosen })}`;
}

/** What is switched off so that only these are measured. */
const allBut = (measured: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    loadCatalogue()
      .kpis.filter(({ id }) => !measured.includes(id))
      .map(({ id }) => [id, 'Not in this test.']),
  );

const morning = (day: string): Date => new Date(Date.parse(`${day}T05:00:00Z`) + 86_400_000);

/** Places in the company of what is taken away on the second day. */
type Places = Readonly<Record<keyof Gone, number>>;

function placesIn({ leads, deals, last }: Company): Places {
  const open = leads.flatMap((lead, place) =>
    lead.removal === null &&
    lead.deal === null &&
    lead.createdAt.day < last &&
    leadOn(lead, last).status === 'open'
      ? [{ place, heat: heatOf(lead, last) }]
      : [],
  );
  const [hottest, ...others] = open.toSorted((one, other) => other.heat - one.heat);
  const deal = deals.findLastIndex(
    (each) => each.removal === null && each.createdAt.day < last && dealOn(each, last).status === 'open',
  );
  const [merged, deleted] = others.slice(-2);
  if (!hottest || !merged || !deleted || deal === -1)
    throw new Error('this company has too few open leads or deals');
  return { erased: hottest.place, merged: merged.place, deleted: deleted.place, deal };
}

/** Whoever answered most, and has the whole committee behind it. */
const heatOf = ({ answers, mql }: Company['leads'][number], last: number): number =>
  mql === null || mql.day >= last
    ? 0
    : [answers.budget, answers.authority, answers.need, answers.timing].filter(Boolean).length * 100 +
      (answers.seniority === 'executive' ? 50 : 0);

function withoutSome(company: Company, { erased, merged, deleted, deal }: Places): Company {
  const how: Readonly<Record<number, Removal['as']>> = {
    ...{ [erased]: 'erased', [merged]: 'merged', [deleted]: 'deleted' },
  };
  return {
    ...company,
    leads: company.leads.map((lead, place) => {
      const as = how[place];
      return as === undefined ? lead : { ...lead, removal: { day: company.last, as } };
    }),
    deals: company.deals.map((each, place) =>
      place === deal ? { ...each, removal: { day: company.last, as: 'deleted' } } : each,
    ),
  };
}

/** The numbers that the CRM has given. */
function numbersOf({ leads, deals }: Company, { erased, merged, deleted, deal }: Places): Gone {
  const lead = (place: number): string => leads[place]?.id ?? '';
  return {
    ...{ erased: lead(erased), merged: lead(merged), deleted: lead(deleted), deal: deals[deal]?.id ?? '' },
  };
}
