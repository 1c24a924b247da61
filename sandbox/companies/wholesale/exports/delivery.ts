import type { Cost } from '../business/costs.ts';
import type { ConfigOptions } from '../config/company-yaml.ts';
import { companyYaml } from '../config/company-yaml.ts';
import { ads } from './ads-system.ts';
import { writeMasterData } from './master-data.ts';
import { sales, stock } from './sap-system.ts';
import { shop } from './shop-system.ts';
import type { ExportInput, System } from './system.ts';
import { tags } from './tags-system.ts';

/** How the company's data reaches Vigie: what takes in each day, what is written at the end, which vigie.yaml fits. */
export interface Delivery {
  /** Made when the company has been invented and has not lived yet. */
  systems(input: ExportInput): readonly System[];
  /** After the last day. */
  finish(input: ExportInput, scale: number, costs: readonly Cost[]): Promise<void>;
  yaml(options: ConfigOptions): string;
}

/** Everything comes as files that the systems drop at night. */
export const fileDelivery: Delivery = {
  systems: (input) => [sales, stock, shop, ads, tags].map((system) => system(input)),
  finish: writeMasterData,
  yaml: companyYaml,
};
