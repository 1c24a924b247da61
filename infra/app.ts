import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { explainFailure } from '../cli/failure.ts';
import { writeBundles } from './bundles/bundle.ts';
import { readAwsCompany } from './company/read-company.ts';
import { deployRequest } from './request.ts';
import { VigieStack } from './stack.ts';

/** What `cdk` runs (cdk.json): a company’s file in, the template of its stack out. */
async function main(): Promise<void> {
  const app = new App();
  const request = deployRequest((name) => app.node.tryGetContext(name));
  const today = new Date().toISOString().slice(0, 10);
  const company = await readAwsCompany(request.company, today);
  const bundle = await writeBundles(company);
  new VigieStack(app, { company, stage: request.stage, bundle });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
}

try {
  await main();
} catch (error) {
  process.exitCode = explainFailure(error);
}
