import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** The section `aws` of a vigie.yaml as it is written, whatever else the file holds; undefined without file or section. */
export async function awsSectionOf(configFile: string): Promise<{ readonly region?: string } | undefined> {
  if (!existsSync(configFile)) return undefined;
  const file: unknown = parse(await readFile(configFile, 'utf8'), { logLevel: 'silent' });
  const section = (file as { aws?: unknown } | null)?.aws;
  if (section === undefined) return undefined;
  return typeof section === 'object' && section !== null ? (section as { region?: string }) : {};
}

/** Whether it says that the company is meant to run on AWS. */
export const hasAwsSection = async (configFile: string): Promise<boolean> =>
  (await awsSectionOf(configFile)) !== undefined;
