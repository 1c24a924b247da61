import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { explainFailure } from '../cli/failure.ts';
import { companyOfStage } from '../functions/lake/company/stage.ts';
import { writeBundles } from './bundles/write-bundles.ts';
import { cdkContext } from './cdk-context.ts';
import { readAwsCompany } from './company/read-company.ts';
import { deployRequest } from './request.ts';
import { VigieStack } from './stack.ts';

/** What `cdk` runs (cdk.json): a company’s file in, the template of its stack out. */
async function main(): Promise<void> {
  const app = new App({ context: cdkContext });
  const request = deployRequest((name) => app.node.tryGetContext(name));
  const today = new Date().toISOString().slice(0, 10);
  const company = companyOfStage(await readAwsCompany(request.company, today), request.stage);
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bundles-'));
  try {
    await writeBundles(folder, { company, folder: request.company });
    new VigieStack(app, { company, stage: request.stage, bundle: (name) => join(folder, name) });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    // Copies the bundles to where `cdk` uploads them from.
    app.synth();
  } finally {
    await rm(folder, { recursive: true });
  }
}

try {
  await main();
} catch (error) {
  process.exitCode = explainFailure(error);
}
