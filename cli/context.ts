import { dirname, join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { type Catalogue, readCatalogue } from '../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../functions/lake/company/company.ts';
import type { Tables } from '../functions/lake/tables/tables.ts';
import { foldersOf } from '../functions/lake/yaml/folders.ts';
import type { Log } from '../functions/platform/log.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { localPlatform } from './local-platform.ts';
import { redactor } from './redaction.ts';
import { readCompanyHere } from './source-kinds.ts';
import type { DeployedStack } from './stack/find-stack.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  /** Path of vigie.yaml. */
  readonly config: string;
  /** State folder; default `.vigie` beside the configuration. */
  readonly state?: string;
  /** Name of a CloudFormation stack: the command is about what is deployed there. */
  readonly stack?: string;
  /** One JSON line an event instead of progress. */
  readonly json?: boolean;
}

/** What a command works with. `close` releases the database. */
export interface Context {
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly tables: Tables;
  readonly platform: Platform;
  /** Where the company is written down. */
  readonly configFile: string;
  /** Where everything is kept. */
  readonly stateFolder: string;
  /** With `--stack`. */
  readonly stack?: DeployedStack;
  close(): Promise<void>;
}

/**
 * Reads the company’s file and opens the local platform, or what is deployed with `--stack`. The engine opens with its
 * first statement.
 */
export async function openContext(options: GlobalOptions, log: Log): Promise<Context> {
  if (options.stack !== undefined) {
    // Only here: local commands need no AWS client.
    const { openStack } = await import('./stack/open-stack.ts');
    return openStack({ ...options, stack: options.stack }, log);
  }
  const configFile = resolve(options.config);
  const catalogue = readCatalogue(foldersOf(configFile));
  const { tables } = catalogue;
  const company = await readCompanyHere(configFile, catalogue);
  const stateFolder = options.state ? resolve(options.state) : join(dirname(configFile), '.vigie');
  closeUmask();
  const platform = localPlatform({
    stateFolder,
    baseFolder: dirname(configFile),
    company,
    log,
    env: process.env,
    redactor: redactor(),
  });
  return {
    company,
    catalogue,
    tables,
    platform,
    configFile,
    stateFolder,
    close: () => platform.engine.close(),
  };
}

/**
 * What is made from here on is its owner's alone, whoever makes it: the database writes files of its own. (In worker
 * threads, which tests may use, there is no such setting.)
 */
function closeUmask(): void {
  if (isMainThread) process.umask(process.umask() | 0o077);
}

/** How to start a run of what a command is about: `vigie run`, with `--stack` where that was given. */
export const runCommand = ({ stack }: Pick<Context, 'stack'>): string =>
  stack === undefined ? 'vigie run' : `vigie run --stack ${stack.name}`;
