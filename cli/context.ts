import { dirname, join, resolve } from 'node:path';
import type { Company } from '../functions/lake/company/company.ts';
import { readCompany } from '../functions/lake/company/company-file.ts';
import { type Catalogue, loadCatalogue } from '../functions/lake/kpis/catalogue.ts';
import type { Log } from '../functions/platform/log.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { localPlatform } from './local-platform.ts';
import { allKinds } from './source-kinds.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  /** Path of vigie.yaml. */
  readonly config: string;
  /** State folder; default `.vigie` beside the configuration. */
  readonly state?: string;
  /** One JSON line an event instead of progress. */
  readonly json?: boolean;
}

/** What a command works with. `close` releases the database. */
export interface Context {
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly platform: Platform;
  readonly configFile: string;
  readonly stateFolder: string;
  close(): Promise<void>;
}

/** Reads the company’s file and opens the local platform. The engine opens with its first statement. */
export async function openContext(options: GlobalOptions, log: Log): Promise<Context> {
  const configFile = resolve(options.config);
  const catalogue = loadCatalogue();
  const company = await readCompany(configFile, { catalogue, kinds: await allKinds() });
  const stateFolder = options.state ? resolve(options.state) : join(dirname(configFile), '.vigie');
  const platform = localPlatform({
    stateFolder,
    baseFolder: dirname(configFile),
    company,
    log,
    env: process.env,
  });
  return { company, catalogue, platform, configFile, stateFolder, close: () => platform.engine.close() };
}
