import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { messageOf, VigieError } from '../errors.ts';
import type { Environment } from './aws-environment.ts';
import { awsError, failureOf } from './aws-errors.ts';

/** A CloudFormation stack as far as Vigie looks at it. */
export interface StackFacts {
  readonly name: string;
  /** `CREATE_COMPLETE`, `UPDATE_ROLLBACK_COMPLETE` … */
  readonly status: string;
  /** Why, where CloudFormation says it. */
  readonly reason?: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The stack; undefined where this region has none of that name. Throws those of `aws-errors.ts`. */
export async function findStack(client: CloudFormationClient, name: string): Promise<StackFacts | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (!stack) return undefined;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue ?? '']);
    return {
      name: stack.StackName ?? name,
      status: stack.StackStatus ?? 'UNKNOWN',
      ...(stack.StackStatusReason ? { reason: stack.StackStatusReason } : {}),
      outputs: Object.fromEntries(outputs) as Record<string, string>,
    };
  } catch (error) {
    // CloudFormation has no error of its own for this.
    if (failureOf(error).name === 'ValidationError' && /does not exist/.test(messageOf(error)))
      return undefined;
    throw awsError(error, `looking for the stack ${name}`);
  }
}

/** Names of the stacks of this region that are there, ascending. */
export async function stackNames(client: CloudFormationClient): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const page of paginateListStacks({ client }, {})) {
      for (const { StackName, StackStatus } of page.StackSummaries ?? [])
        if (StackName && StackStatus !== 'DELETE_COMPLETE') names.push(StackName);
    }
  } catch (error) {
    throw awsError(error, 'listing the stacks');
  }
  return names.sort();
}

/** Which output of the stack is which variable of its functions (aws-environment.ts). */
const VARIABLES = {
  Bucket: 'VIGIE_BUCKET',
  LandingDatabase: 'VIGIE_LANDING_DATABASE',
  LakeDatabase: 'VIGIE_LAKE_DATABASE',
  Workgroup: 'VIGIE_WORKGROUP',
  StateMachine: 'VIGIE_STATE_MACHINE',
  AlertTopic: 'VIGIE_ALERT_TOPIC',
  SecretsPrefix: 'VIGIE_SECRETS_PREFIX',
  Stage: 'VIGIE_STAGE',
  ConfigurationSet: 'VIGIE_SES_CONFIGURATION_SET',
  ChatTopic: 'VIGIE_CHAT_TOPIC',
  LinksUrl: 'VIGIE_LINKS_URL',
} as const;

/** What a stack of 0.2 has not, which can be looked at before it is upgraded; and what one has only where it is asked for. */
const LATER: readonly string[] = ['ChatTopic', 'LinksUrl'];

/**
 * The environment that the stack's functions have, put over `env`, so that the same adapters can be made here. Throws
 * `STACK_FOREIGN` for a stack that has not all the outputs of one of Vigie.
 */
export function stackEnvironment(stack: StackFacts, env: Environment): Environment {
  const missing = Object.keys(VARIABLES).filter(
    (output) => !stack.outputs[output] && !LATER.includes(output),
  );
  if (missing.length > 0) throw foreign(stack, missing);
  const facts = Object.entries(VARIABLES).map(([output, variable]) => [variable, stack.outputs[output]]);
  return { ...env, ...Object.fromEntries(facts) };
}

const foreign = ({ name, status, reason }: StackFacts, missing: readonly string[]): VigieError =>
  new VigieError(
    `the stack ${name} (${status}${reason ? `: ${reason}` : ''}) has no output ${missing.join(', ')}`,
    {
      code: 'STACK_FOREIGN',
      hint: 'It is another stack than one of Vigie, or its deployment did not come to its end: `npx cdk deploy` again, and look at its events in the CloudFormation console.',
    },
  );
