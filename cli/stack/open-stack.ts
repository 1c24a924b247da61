import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Catalogue, readCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { readResolvedCompany } from '../../functions/lake/company/resolved.ts';
import { companyOfStage } from '../../functions/lake/company/stage.ts';
import { foldersOf, sqlFolder } from '../../functions/lake/yaml/folders.ts';
import { type Environment, stackFact } from '../../functions/platform/aws/aws-environment.ts';
import { awsPlatform } from '../../functions/platform/aws/aws-platform.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Log } from '../../functions/platform/log.ts';
import { DEPLOYED_COMPANY } from '../../functions/run/begin.ts';
import { DEPLOYED_FOLDER, type OwnFiles } from '../../functions/run/own-files.ts';
import { redactor } from '../redaction.ts';
import { readCompanyHere } from '../source-kinds.ts';
import { type DeployedStack, deployedStack } from './find-stack.ts';
import { withRegion } from './region.ts';

/**
 * What a command works with (`Context`) when it is about a deployed stack: the stack's bucket, engine, mailer and secrets, and the
 * company as it was deployed. Loaded only for `--stack`, so that local commands carry no AWS client.
 */
export async function openStack(
  options: { readonly config: string; readonly stack: string },
  log: Log,
  env: Environment = process.env,
) {
  const configFile = resolve(options.config);
  const stack = await deployedStack(options.stack, await withRegion(env, configFile));
  const platform = awsPlatform({ env: stack.env, log, redactor: redactor() });
  const catalogue = await deployedCatalogue(platform.bucket, configFile);
  const { company, from } = await deployedCompany(platform.bucket, configFile, catalogue, stack);
  return {
    company,
    catalogue,
    tables: catalogue.tables,
    platform,
    stack,
    configFile: from,
    stateFolder: `s3://${stack.outputs['Bucket']}`,
    close: () => platform.engine.close(),
  };
}

/** What ships, overlaid with the folder that the last run found; before the first run, with that of this machine. */
async function deployedCatalogue(bucket: Bucket, configFile: string): Promise<Catalogue> {
  if (!(await bucket.exists(DEPLOYED_FOLDER))) return readCatalogue(foldersOf(configFile));
  const files = JSON.parse(new TextDecoder().decode(await bucket.read(DEPLOYED_FOLDER))) as OwnFiles;
  const place = mkdtempSync(join(tmpdir(), 'vigie-own-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(place, path)), { recursive: true });
      writeFileSync(join(place, path), text);
    }
    return readCatalogue([sqlFolder(), place]);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** As the last run found it, with what was pushed since the deployment; before the first run, the file of this machine. */
async function deployedCompany(
  bucket: Bucket,
  configFile: string,
  catalogue: Catalogue,
  stack: DeployedStack,
): Promise<{ readonly company: Company; readonly from: string }> {
  if (await bucket.exists(DEPLOYED_COMPANY)) {
    const text = new TextDecoder().decode(await bucket.read(DEPLOYED_COMPANY));
    return { company: readResolvedCompany(text), from: bucket.locate(DEPLOYED_COMPANY) };
  }
  if (existsSync(configFile))
    return {
      company: companyOfStage(await readCompanyHere(configFile, catalogue), stackFact(stack.env, 'stage')),
      from: configFile,
    };
  throw new VigieError(`nothing has run on the stack ${stack.name} yet, and there is no ${configFile}`, {
    code: 'STACK_NOT_RUN',
    hint: `The first run tells the company: name its file until then, vigie run --stack ${stack.name} --config path/to/vigie.yaml.`,
  });
}
