import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allKinds, kindNames } from '../../cli/source-kinds.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { readCompany } from '../../functions/lake/company/file.ts';
import { CRM_KINDS, type CrmKind } from '../../sandbox/companies/saas/crm-kinds.ts';
import type { CompanyDay } from '../../sandbox/companies/wholesale/business/company.ts';
import { apiYaml } from '../../sandbox/companies/wholesale/config/api-yaml.ts';
import { invent } from '../../sandbox/companies/wholesale/invent.ts';
import { vendorKinds, vendorMakers } from '../../sandbox/vendors/makers.ts';
import { type Misbehave, serveVendors, type VendorServers } from '../../sandbox/vendors/serve.ts';
import type { MakeVendor } from '../../sandbox/vendors/vendor.ts';
import { isRecorded, readRecording, recordedVendor } from '../contracts/recording.ts';
import { recordedSource } from '../contracts/served-sources.ts';
import { tables } from '../kit/tables.ts';
import { smallCrms } from './crm.ts';

export const ENDS_ON = '2026-11-21';
/** The morning after. */
export const NOW = new Date('2026-11-22T05:00:00Z');
const OPTIONS = { seed: 1887, endsOn: ENDS_ON, days: 14, scale: 0.05, stories: false };

/** One kind or several, with commas: while a source is being written. */
export const ONLY = process.env['VIGIE_CHAOS_KIND']?.split(',');

/** A company of a few days and small pages, so that each of its lists has several. */
export interface SmallCompany {
  /** Vendors that begin anew, with the same company behind them. */
  serve(misbehave?: Misbehave): Promise<ServedCompany>;
}

export interface ServedCompany {
  readonly company: Company;
  readonly servers: VendorServers;
}

/** Sources whose vendors answer what was recorded, and nothing that is simulated. */
const recordings = (simulated: readonly string[]) =>
  kindNames()
    .filter((kind) => isRecorded(kind) && !simulated.includes(kind))
    .map((kind) => [kind, readRecording(kind)] as const);

/**
 * `wanted`: which CRMs it has. All are of one made-up business, whose stages have the same ids in several: each has its own rows.
 */
export async function smallCompany(wanted: readonly CrmKind[] = CRM_KINDS): Promise<SmallCompany> {
  const { days, last, company: business, effects } = invent(OPTIONS);
  const lived: CompanyDay[] = [...business.live()];
  const makers: MakeVendor[] = await vendorMakers(vendorKinds());
  const kinds = await allKinds();
  const crms = smallCrms({ endsOn: ENDS_ON, now: () => NOW }).filter(({ kind }) => wanted.includes(kind));
  const folder = await mkdtemp(join(tmpdir(), 'vigie-chaos-company-'));
  return {
    async serve(misbehave) {
      const world = { company: business, days, last, effects, seed: OPTIONS.seed, now: () => NOW };
      const daily = makers.map((make) => make(world));
      for (const day of lived) for (const vendor of daily) vendor.day(day);
      const recorded = recordings([...vendorKinds(), ...CRM_KINDS]);
      const vendors = [
        ...daily,
        ...crms.map(({ vendor }) => vendor()),
        ...recorded.map(([kind, recording]) => recordedVendor(kind, recording)),
      ];
      const servers = await serveVendors(vendors, { firstPort: 0, ...(misbehave ? { misbehave } : {}) });
      const originOf = (kind: string) => servers.vendors.find((each) => each.kind === kind)?.origin ?? '';
      const others = recorded.map(([kind, recording]) => recordedSource(kind, recording, originOf(kind)));
      const options = {
        startsOn: days[0]?.date ?? ENDS_ON,
        endsOn: ENDS_ON,
        scale: OPTIONS.scale,
        files: [],
      };
      const file = join(folder, `${servers.vendors[0]?.origin.split(':').at(-1)}.yaml`);
      const simulated = servers.vendors.filter(({ kind }) => vendorKinds().includes(kind));
      await writeFile(file, smallPages(apiYaml(options, simulated)));
      const company = await readCompany(file, { tables, kinds });
      const own = company.sources.filter(({ kind }) => kind !== 'files');
      const more = (await Promise.all(others)).map(({ source }) => source);
      const funnels = await Promise.all(crms.map(({ kind, source }) => source(originOf(kind))));
      const sources = [...own, ...funnels, ...more].filter(
        ({ kind }) => ONLY === undefined || ONLY.includes(kind),
      );
      return { servers, company: { ...company, sources } };
    },
  };
}

/** Pages so small that this company fills several. */
const smallPages = (yaml: string): string =>
  yaml
    .replace('read: [sales-orders', 'page_size: 60\n    read: [sales-orders')
    .replace("sites: ['sc-domain", "page_rows: 40\n    sites: ['sc-domain")
    .replace('read: [carts', 'page_size: 25\n    read: [carts')
    .replace('days_at_once: 31', 'days_at_once: 7\n    page_rows: 40');
