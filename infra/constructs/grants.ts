import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { access, type FunctionName } from '../access.ts';
import { type Grant, give } from '../acknowledge.ts';
import type { Names } from '../names.ts';
import { athenaGrants } from './grants-athena.ts';
import { bucketGrants } from './grants-bucket.ts';

export interface GrantProps {
  readonly names: Names;
  readonly bucket: IBucket;
  readonly alertTopic: ITopic;
  readonly chatTopic: ITopic;
  readonly key: IKey;
  /** The company's own key, which everything is under; absent: AWS's encryption of S3. */
  readonly ownKey: IKey | undefined;
  /** Names of the secrets that the company’s sources use. */
  readonly secrets: readonly string[];
  /** Names of the secrets of the places that the company is told in beside mails. */
  readonly channelSecrets: readonly string[];
  /** Names of the secrets by which audiences are pushed. */
  readonly pushSecrets: readonly string[];
  /** Address that mails come from. */
  readonly sender: string;
}

/** Gives a function’s role what `access` says of it, and nothing else. */
export function grant(role: Role, name: FunctionName, props: GrantProps): void {
  const wanted = access[name];
  const stack = Stack.of(role);
  give(role, [
    ...bucketGrants(props.bucket, wanted),
    ...(props.ownKey === undefined ? [] : [keyGrant('Key', props.ownKey)]),
    ...(wanted.athena === undefined ? [] : athenaGrants(stack, wanted.athena, props.names)),
    ...(wanted.sourceSecrets
      ? secretGrants(stack, props.names, 'SourceSecrets', props.secrets, ROTATED)
      : []),
    ...(wanted.channelSecrets
      ? secretGrants(stack, props.names, 'ChannelSecrets', props.channelSecrets, READ)
      : []),
    ...(wanted.pushSecrets ? secretGrants(stack, props.names, 'PushSecrets', props.pushSecrets, READ) : []),
    ...(wanted.mails ? [mailGrant(stack, props)] : []),
    ...(wanted.alerts ? alertGrants(props) : []),
    ...(wanted.executions ? [executionGrant(stack, props.names)] : []),
  ]);
}

export const READ = ['secretsmanager:GetSecretValue'];
/** Refresh tokens are stored when a vendor gives new ones. */
const ROTATED = [...READ, 'secretsmanager:PutSecretValue'];

/** Secrets Manager ends a secret’s ARN with a hyphen and six characters of its own. */
export function secretGrants(
  stack: Stack,
  names: Names,
  sid: string,
  secrets: readonly string[],
  actions: string[],
): Grant[] {
  if (secrets.length === 0) return [];
  const resources = secrets.map((secret) =>
    stack.formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${names.secretsPrefix}${secret}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  return [{ statement: new PolicyStatement({ sid, actions, resources }) }];
}

/** Mails leave from the company’s own address and through its configuration set only. */
function mailGrant(stack: Stack, { names, sender }: GrantProps): Grant {
  const arn = (resource: string, resourceName: string): string =>
    stack.formatArn({ service: 'ses', resource, resourceName });
  return {
    statement: new PolicyStatement({
      sid: 'Mail',
      actions: ['ses:SendRawEmail'],
      resources: [arn('identity', '*'), arn('configuration-set', names.configurationSet)],
      conditions: { StringEquals: { 'ses:FromAddress': sender } },
    }),
    wildcard:
      'While SES is in its sandbox it asks for permission on the identities of the recipients as well; what may be sent from is narrowed down to one address by the condition.',
  };
}

const alertGrants = ({ alertTopic, chatTopic, key }: GrantProps): Grant[] => [
  {
    statement: new PolicyStatement({
      sid: 'Alerts',
      actions: ['sns:Publish'],
      resources: [alertTopic.topicArn, chatTopic.topicArn],
    }),
  },
  keyGrant('AlertKey', key),
];

/** What is under the key is reached through S3, SNS and Secrets Manager only, each with permissions of its own. */
export const keyGrant = (sid: string, key: IKey): Grant => ({
  statement: new PolicyStatement({
    sid,
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [key.keyArn],
  }),
});

const executionGrant = (stack: Stack, names: Names): Grant => ({
  statement: new PolicyStatement({
    sid: 'Executions',
    actions: ['states:DescribeExecution'],
    resources: [
      stack.formatArn({
        service: 'states',
        resource: 'execution',
        resourceName: `${names.stateMachine}:*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  }),
  wildcard: 'Executions of the stack’s own state machine: their names are made when they start.',
});
