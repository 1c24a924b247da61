import type { Company } from '../business/company.ts';
import { type ConfigOptions, companyYaml } from '../config/company-yaml.ts';
import { writeHistory } from './crm-history.ts';
import { writeUsers } from './crm-people.ts';
import { writeRecords } from './crm-records.ts';
import type { Output } from './output.ts';

/** How leads and deals reach Vigie, and which vigie.yaml fits. All else comes as files. */
export interface Delivery {
  crm(output: Output, company: Company): Promise<void>;
  /** The company as the other lists have it, which name its records as the CRM does. */
  listed(company: Company): Company;
  yaml(options: ConfigOptions): string;
}

/** The CRM drops lists every night. */
export const fileDelivery: Delivery = {
  async crm(output) {
    for (const write of [writeRecords, writeHistory, writeUsers]) await write(output);
  },
  listed: (company) => company,
  yaml: companyYaml,
};
