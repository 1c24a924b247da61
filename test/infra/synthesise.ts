import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Company } from '../../functions/lake/company/company.ts';
import { functionNames, urlFunctions } from '../../infra/access.ts';
import { cdkContext } from '../../infra/cdk-context.ts';
import { readAwsCompany } from '../../infra/company/read-company.ts';
import { VigieStack } from '../../infra/stack.ts';

export const examples = ['minimal', 'everything'] as const;
/** With those that are in a company's network or account, whose rules the stack follows. */
export const allExamples = [...examples, 'private-network', 'company-account', 'site'] as const;
export type Example = (typeof allExamples)[number];

export interface Synthesised {
  readonly company: Company;
  readonly stack: VigieStack;
  readonly template: Template;
  /** The folder `cdk` would deploy from. */
  readonly folder: string;
  /** What cdk-nag has to say, one line a finding. */
  readonly findings: readonly string[];
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Metadata?: Record<string, unknown>;
}

const known = new Map<string, Promise<Synthesised>>();

/**
 * An example company’s stack, synthesised once a test file; bundles are empty, as bundling has tests of its own. `otherwise`:
 * what the company says in another way, which is synthesised anew.
 */
export function synthesised(
  example: Example,
  stage = 'test',
  otherwise?: (company: Company) => Company,
): Promise<Synthesised> {
  if (otherwise) return synthesise(`examples/${example}`, stage, otherwise);
  const key = `${example}/${stage}`;
  const made = known.get(key) ?? synthesise(`examples/${example}`, stage, (company) => company);
  known.set(key, made);
  return made;
}

async function synthesise(
  folder: string,
  stage: string,
  otherwise: (company: Company) => Company,
): Promise<Synthesised> {
  const company = otherwise(await readAwsCompany(folder, '2026-11-25'));
  const outdir = mkdtempSync(join(tmpdir(), 'vigie-synth-'));
  const app = new App({ context: cdkContext, outdir, analyticsReporting: false });
  const stack = new VigieStack(app, { company, stage, bundle: emptyBundles(outdir) });
  const report = new AwsSolutionsChecks(app).validateScope(app);
  const findings = report.violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
  return { company, stack, template: Template.fromStack(stack), folder: outdir, findings };
}

function emptyBundles(folder: string): (name: string) => string {
  for (const name of [...functionNames, ...urlFunctions]) {
    mkdirSync(join(folder, 'bundles', name), { recursive: true });
    writeFileSync(
      join(folder, 'bundles', name, 'index.mjs'),
      `export const handler = async () => '${name}';\n`,
    );
  }
  return (name) => join(folder, 'bundles', name);
}

export const resourcesOf = ({ template }: Synthesised, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);

/** Any value of a template as text, references in angle brackets: `<LakeBucket.Arn>/raw/*`. */
export function words(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const node = value as Record<string, unknown>;
  if ('Ref' in node) return `<${node['Ref'] as string}>`;
  if ('Fn::GetAtt' in node) return `<${(node['Fn::GetAtt'] as string[]).join('.')}>`;
  if ('Fn::Join' in node) {
    const [separator, parts] = node['Fn::Join'] as [string, unknown[]];
    return parts.map(words).join(separator);
  }
  return JSON.stringify(value);
}
