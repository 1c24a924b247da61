import type { ServedVendor } from '../../../vendors/serve.ts';
import { alertsAndRecipients } from './alerts.ts';
import { adsApis } from './api-ads.ts';
import { sapApi, sapLists } from './api-sap.ts';
import { searchApi } from './api-search.ts';
import { shopApi } from './api-shop.ts';
import { tagsApi, tagsExport } from './api-tags.ts';
import { type ConfigOptions, head } from './company-yaml.ts';
import { financeSource } from './finance-source.ts';
import type { Origins } from './origins.ts';
import { outreachLists } from './outreach.ts';

/** The company's vigie.yaml where its systems are asked over their APIs, and people and SAP's lists still drop files. */
export function apiYaml(options: ConfigOptions, vendors: readonly ServedVendor[]): string {
  const origins: Origins = (kind) => {
    const vendor = vendors.find((each) => each.kind === kind);
    if (!vendor) throw new Error(`no simulated vendor of kind ${kind} is served`);
    return vendor.origin;
  };
  return [
    head(options),
    SOURCES,
    sapApi(origins, options.startsOn),
    sapLists,
    shopApi(origins, options.startsOn),
    adsApis(origins, options.startsOn),
    tagsApi(origins, options.startsOn),
    tagsExport,
    financeSource,
    searchApi(origins, options.startsOn),
    outreachLists,
    alertsAndRecipients(options),
  ].join('\n');
}

const SOURCES = `# Each source has its page in functions/pull/sources/<kind>/README.md. base_url and token_url lead to the simulated
# vendors (\`vigie sandbox --serve\` keeps them running); without these two lines they would lead to the real ones.
# Credentials stand in .vigie/secrets.json; here they are only named.
sources:
`;
