import { vendorKinds, vendorMakers } from '../../vendors/makers.ts';
import {
  type ServedCompany,
  type ServeSandboxOptions,
  serveVendors,
  type VendorServers,
} from '../../vendors/serve.ts';
import type { DailyVendor, MakeVendor } from '../../vendors/vendor.ts';
import { apiYaml } from './config/api-yaml.ts';
import type { Delivery } from './exports/delivery.ts';
import { writeListExports, writeOfficeFiles } from './exports/master-data.ts';
import type { ExportInput, System } from './exports/system.ts';
import { events } from './exports/tags-system.ts';
import { type SandboxSummary, writeSandbox } from './write-sandbox.ts';

export type ServedSandbox = ServedCompany<SandboxSummary>;

/**
 * Invents the company and serves what its systems would: SAP, the shop, the ad platforms and Google Analytics over
 * HTTP on loopback. Written to the folder is only what comes as files in a company of this kind: SAP's list exports
 * of rates and contracts, Google's export of events, the office's spreadsheets; and a vigie.yaml that fits.
 */
export async function serveSandbox(options: ServeSandboxOptions): Promise<ServedSandbox> {
  const delivery = apiDelivery(await vendorMakers(vendorKinds()), options);
  try {
    const summary = await writeSandbox(options, delivery);
    return { summary, servers: delivery.servers() };
  } catch (error) {
    await delivery.started()?.close();
    throw error;
  }
}

function apiDelivery(makers: readonly MakeVendor[], options: ServeSandboxOptions) {
  let vendors: readonly DailyVendor[] = [];
  let servers: VendorServers | undefined;
  const running = (): VendorServers => {
    if (!servers) throw new Error('the vendors are not being served yet');
    return servers;
  };
  return {
    systems(input: ExportInput) {
      vendors = makers.map((make) => make({ ...input, now: options.now }));
      return [events(input), ...vendors.map(asSystem)];
    },
    async finish(input, scale, costs) {
      await writeListExports(input, scale);
      await writeOfficeFiles(input, scale, costs);
      const { misbehave, firstPort } = options;
      servers = await serveVendors(vendors, { firstPort, ...(misbehave ? { misbehave } : {}) });
    },
    yaml: (config) => apiYaml(config, running().vendors),
    servers: running,
    started: () => servers,
  } satisfies Delivery & { servers(): VendorServers; started(): VendorServers | undefined };
}

const asSystem = (vendor: DailyVendor): System => ({
  day: (happened) => Promise.resolve(vendor.day(happened)),
  close: () => Promise.resolve(),
});
