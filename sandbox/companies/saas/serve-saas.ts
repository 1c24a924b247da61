import { hubSpot } from '../../vendors/hubspot/hubspot.ts';
import {
  type ServedCompany,
  type ServeSandboxOptions,
  serveVendors,
  type VendorServers,
} from '../../vendors/serve.ts';
import { companyYaml } from './config/company-yaml.ts';
import { crmApi } from './config/crm-api.ts';
import type { Delivery } from './exports/delivery.ts';
import { portalOf } from './portal/portal.ts';
import { type SaasSummary, writeSaas } from './write-saas.ts';

/** So much that a first reading of three years takes seconds; who wants the real limits makes the vendor with them. */
const GENEROUS = { tenSeconds: 1_000_000, searchesASecond: 1_000_000, daily: 100_000_000 };

/** Invents the software company and serves its HubSpot on loopback; all else is written as files, with a vigie.yaml that fits. */
export async function serveSaas({
  firstPort,
  now,
  misbehave,
  ...options
}: ServeSandboxOptions): Promise<ServedCompany<SaasSummary>> {
  let servers: VendorServers | undefined;
  const running = (): VendorServers => {
    if (!servers) throw new Error('the vendors are not being served yet');
    return servers;
  };
  const delivery: Delivery = {
    async crm(_, company) {
      const vendor = hubSpot(portalOf(company), { now, allowances: GENEROUS });
      servers = await serveVendors([vendor], { firstPort, ...(misbehave ? { misbehave } : {}) });
    },
    yaml: (config) => companyYaml(config, crmApi(running().vendors[0]?.origin ?? '', config.startsOn)),
  };
  try {
    const summary = await writeSaas(options, delivery);
    return { summary, servers: running() };
  } catch (error) {
    await servers?.close();
    throw error;
  }
}
