import {
  type ServedCompany,
  type ServeSandboxOptions,
  serveVendors,
  type VendorServers,
} from '../../vendors/serve.ts';
import { companyYaml } from './config/company-yaml.ts';
import { CRM_KINDS } from './crm-kinds.ts';
import { crmNamed } from './crms.ts';
import type { Delivery } from './exports/delivery.ts';
import { type SaasSummary, writeSaas } from './write-saas.ts';

/** Invents the software company and serves its CRM on loopback; all else is written as files, with a vigie.yaml that fits. */
export async function serveSaas({
  firstPort,
  now,
  misbehave,
  crm = CRM_KINDS[0],
  ...options
}: ServeSandboxOptions): Promise<ServedCompany<SaasSummary>> {
  let servers: VendorServers | undefined;
  const running = (): VendorServers => {
    if (!servers) throw new Error('the vendors are not being served yet');
    return servers;
  };
  const { vendor, sources, listed } = crmNamed(crm);
  const delivery: Delivery = {
    async crm(_, company) {
      const served = vendor(company, now);
      servers = await serveVendors([served], { firstPort, ...(misbehave ? { misbehave } : {}) });
    },
    listed,
    yaml: (config) => companyYaml(config, sources(running().vendors[0]?.origin ?? '', config.startsOn)),
  };
  try {
    const summary = await writeSaas(options, delivery);
    return { summary, servers: running() };
  } catch (error) {
    await servers?.close();
    throw error;
  }
}
