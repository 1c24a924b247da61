import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Environment } from '../../functions/platform/aws/aws-environment.ts';
import { messageOf, VigieError } from '../../functions/platform/errors.ts';
import { awsSectionOf } from '../config-section.ts';

/**
 * The environment with a region in `AWS_REGION`, found as people expect: `AWS_REGION`, `AWS_DEFAULT_REGION`, the section
 * `aws` of the company's file where there is one, the AWS profile. Throws `AWS_REGION_MISSING`.
 */
export async function withRegion(env: Environment, configFile: string): Promise<Environment> {
  const region =
    env['AWS_REGION'] ||
    env['AWS_DEFAULT_REGION'] ||
    (await awsSectionOf(configFile))?.region ||
    (await regionOfProfile());
  return { ...env, AWS_REGION: region };
}

async function regionOfProfile(): Promise<string> {
  const client = new CloudFormationClient({});
  try {
    return await client.config.region();
  } catch (error) {
    throw new VigieError(`no AWS region is known here (${messageOf(error)})`, {
      code: 'AWS_REGION_MISSING',
      hint: 'Say where the stack is: AWS_REGION=eu-west-1 vigie …, or `region` in the section aws of vigie.yaml, or `aws configure set region eu-west-1`.',
      cause: error,
    });
  } finally {
    client.destroy();
  }
}
