import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { nearest } from '../../functions/lake/values/nearest.ts';
import type { Environment } from '../../functions/platform/aws/aws-environment.ts';
import { clientSettings } from '../../functions/platform/aws/client-settings.ts';
import {
  findStack,
  type StackFacts,
  stackEnvironment,
  stackNames,
} from '../../functions/platform/aws/stack.ts';
import { VigieError } from '../../functions/platform/errors.ts';

/** A stack of Vigie that is there, and the environment that its functions have. */
export interface DeployedStack extends StackFacts {
  readonly region: string;
  readonly env: Environment;
}

/** Throws `STACK_MISSING`, naming what there is; `STACK_FOREIGN`; those of `aws-errors.ts`. */
export async function deployedStack(name: string, env: Environment): Promise<DeployedStack> {
  const settings = clientSettings(env, 'CLOUDFORMATION');
  const client = new CloudFormationClient(settings);
  try {
    const stack = await findStack(client, name);
    if (!stack) throw missing(name, settings.region, await stackNames(client));
    return { ...stack, region: settings.region, env: stackEnvironment(stack, env) };
  } finally {
    client.destroy();
  }
}

/** The name of a stage is a near miss of the name of its stack: `production` for `vigie-production`. */
function missing(name: string, region: string, there: readonly string[]): VigieError {
  const near = there.find((each) => each === `vigie-${name}`) ?? nearest(name, there);
  const ours = there.filter((each) => each.startsWith('vigie'));
  const known = ours.length > 0 ? `of Vigie there are: ${ours.join(', ')}` : 'there is none of Vigie';
  const what = near === undefined ? `In ${region} ${known}.` : `Did you mean ${near}? In ${region} ${known}.`;
  return new VigieError(`there is no stack ${name} in ${region}`, {
    code: 'STACK_MISSING',
    hint: `${what} Another region: AWS_REGION=… before the command; another account: AWS_PROFILE=…; nothing deployed yet: docs/operations/deploy.md.`,
  });
}
