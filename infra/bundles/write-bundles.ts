import { existsSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Company } from '../../functions/lake/company/company.ts';
import { resolvedCompany } from '../../functions/lake/company/resolved.ts';
import { OWN_PARTS, sqlFolder } from '../../functions/lake/yaml/folders.ts';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import { ALERT_LINKS, type BundleName, type FunctionName, functionNames, SIGN_IN } from '../access.ts';
import { AUTHORITIES } from '../names.ts';

/** The functions that know the company: `company.json` beside their bundle. */
const withCompany: readonly FunctionName[] = functionNames.filter((name) => name !== 'load');

/** A company and the folder in which its vigie.yaml stands. */
export interface Deployed {
  readonly company: Company;
  readonly folder: string;
}

/** Puts the code of a function into a folder. */
export type Coder = (name: BundleName, place: string) => Promise<unknown>;

/** All bundles for a company, each in a folder of its name below `folder`. */
export async function writeBundles(folder: string, deployed: Deployed, given?: Coder): Promise<void> {
  const code = given ?? (await coder());
  for (const name of functionNames) {
    const place = join(folder, name);
    await code(name, place);
    await addDefinitions(place, deployed.folder);
    if (name === 'pull') await addAuthorities(place, deployed);
  }
  await writeCompany(folder, deployed.company);
  if (deployed.company.aws.site) await code(SIGN_IN, join(folder, SIGN_IN));
  if (deployed.company.aws.links) await code(ALERT_LINKS, join(folder, ALERT_LINKS));
}

/** Puts the company beside the bundles in a folder that need it: all that a deployment of another vigie.yaml changes in them, but for `network`. */
export async function writeCompany(folder: string, company: Company): Promise<void> {
  for (const name of withCompany)
    await writeFile(join(folder, name, 'company.json'), resolvedCompany(company));
}

/** Beside the function that speaks to the company's systems: whom it trusts (constructs/functions.ts). */
async function addAuthorities(place: string, { company, folder }: Deployed): Promise<void> {
  const file = company.network.ca_file;
  if (file === undefined) return;
  await cp(resolve(folder, file), join(place, AUTHORITIES));
}

/** What ships with Vigie, and what a company has of its own, beside the bundle of a function: each knows the tables. */
export async function addDefinitions(place: string, company: string): Promise<void> {
  await cp(sqlFolder(), join(place, 'sql'), { recursive: true });
  for (const part of OWN_PARTS)
    if (existsSync(join(company, part)))
      await cp(join(company, part), join(place, 'own', part), { recursive: true });
}

/** In a clone the code is made of the sources, in a package it is there as it was shipped (ship.ts). */
async function coder(): Promise<Coder> {
  if (existsSync(join(vigieFolder(), 'functions/pipeline.ts')))
    return (await import('./bundle.ts')).bundleFunction;
  return (name, place) => cp(shippedFolder(name), place, { recursive: true });
}

/** Where a package has the bundle of a function. */
export const shippedFolder = (name: BundleName): string => join(vigieFolder(), 'dist/functions', name);
