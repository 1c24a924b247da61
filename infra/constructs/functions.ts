import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { access, type FunctionName, functionNames } from '../access.ts';
import { give } from '../acknowledge.ts';
import { AUTHORITIES, workgroupOf } from '../names.ts';
import { FUNCTION_SECONDS } from '../state-machine/invoke.ts';
import { type GrantProps, grant } from './grants.ts';
import { memory } from './memory.ts';
import { type Network, networkGrants } from './network.ts';

export interface FunctionsProps extends GrantProps {
  /** The folder with a function’s bundle. */
  readonly bundle: (name: FunctionName) => string;
  readonly logDays: number;
  /** Whether authorities lie beside the bundle of `pull` (bundles/write-bundles.ts). */
  readonly authorities: boolean;
  /** Where links of alerts lead; undefined: letters have none. */
  readonly linksUrl: string | undefined;
  /** The company's network, which `pull` joins. */
  readonly network: Network | undefined;
}

/** One Lambda function a step, each with a role, a log group and a bundle of its own. */
export class Functions extends Construct {
  readonly byName: Readonly<Record<FunctionName, LambdaFunction>>;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const entries = functionNames.map((name) => [name, this.#function(name, props)] as const);
    this.byName = Object.fromEntries(entries) as Record<FunctionName, LambdaFunction>;
  }

  #function(name: FunctionName, props: FunctionsProps): LambdaFunction {
    const part = new Construct(this, name.charAt(0).toUpperCase() + name.slice(1));
    const role = new Role(part, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Vigie ${props.names.stage}: the step ${name}`,
    });
    const logGroup = new LogGroup(part, 'Logs', {
      retention: props.logDays as RetentionDays,
      ...(props.ownKey === undefined ? {} : { encryptionKey: props.ownKey }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    const network = name === 'pull' ? props.network : undefined;
    grant(role, name, props);
    if (network) give(role, networkGrants(Stack.of(this)));
    return new LambdaFunction(part, 'Function', {
      description: `Vigie ${props.names.stage}: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle(name)),
      memorySize: memory[name],
      timeout: Duration.seconds(FUNCTION_SECONDS),
      role,
      logGroup,
      environment: environment(name, props),
      ...(network
        ? {
            vpc: network.vpc,
            vpcSubnets: { subnets: [...network.subnets] },
            securityGroups: [...network.securityGroups],
          }
        : {}),
    });
  }
}

/** The contract with functions/platform/aws/aws-environment.ts. */
function environment(
  name: FunctionName,
  { names, bucket, alertTopic, chatTopic, authorities, linksUrl }: FunctionsProps,
): Record<string, string> {
  const arn = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${names.stateMachine}`;
  return {
    VIGIE_BUCKET: bucket.bucketName,
    VIGIE_LANDING_DATABASE: names.landingDatabase,
    VIGIE_LAKE_DATABASE: names.lakeDatabase,
    // What writes the lake has a limit of its own.
    VIGIE_WORKGROUP: workgroupOf(access[name].athena ?? 'query', names),
    VIGIE_SES_CONFIGURATION_SET: names.configurationSet,
    VIGIE_SECRETS_PREFIX: names.secretsPrefix,
    VIGIE_STAGE: names.stage,
    VIGIE_ALERT_TOPIC: alertTopic.topicArn,
    VIGIE_CHAT_TOPIC: chatTopic.topicArn,
    ...(name === 'run' ? { VIGIE_STATE_MACHINE: arn } : {}),
    ...(name === 'report' && linksUrl !== undefined ? { VIGIE_LINKS_URL: linksUrl } : {}),
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: 'Vigie',
    POWERTOOLS_LOG_LEVEL: 'INFO',
    NODE_OPTIONS: '--enable-source-maps',
    // Node.js reads it when it starts; /var/task is where Lambda puts the bundle.
    ...(name === 'pull' && authorities ? { NODE_EXTRA_CA_CERTS: `/var/task/${AUTHORITIES}` } : {}),
  };
}
