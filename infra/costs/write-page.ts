import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { cdkContext } from '../cdk-context.ts';
import { readAwsCompany } from '../company/read-company.ts';
import { VigieStack } from '../stack.ts';
import { alarmMetrics } from './alarm-metrics.ts';
import { costsPage } from './page.ts';

/** `npm run docs:costs`: writes docs/operations/costs.md. */
const folder = mkdtempSync(join(tmpdir(), 'vigie-costs-'));
try {
  const company = await readAwsCompany('examples/minimal', '2026-11-25');
  const empty = join(folder, 'bundle');
  mkdirSync(empty);
  writeFileSync(join(empty, 'index.mjs'), '');
  const app = new App({ context: cdkContext, outdir: join(folder, 'out') });
  const { stackName } = new VigieStack(app, { company, stage: 'costs', bundle: () => empty });
  const template: unknown = app.synth().getStackByName(stackName).template;
  writeFileSync('docs/operations/costs.md', await costsPage({ alarmMetrics: alarmMetrics(template) }));
} finally {
  rmSync(folder, { recursive: true });
}
