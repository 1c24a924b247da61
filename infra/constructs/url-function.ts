import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Grant, give } from '../acknowledge.ts';
import type { Names } from '../names.ts';
import { keyGrant } from './grants.ts';

export interface UrlFunctionProps {
  readonly names: Names;
  /** As its logs and its bundle are called. */
  readonly called: string;
  /** What it does, after the stage: `signs people in to the report`. */
  readonly does: string;
  /** The folder with the function’s bundle. */
  readonly bundle: string;
  readonly logDays: number;
  /** The company's own key, which logs, secrets and bucket may be under. */
  readonly key: IKey | undefined;
  /** All that it may do beside writing its log. */
  readonly grants: readonly Grant[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A function that answers people's browsers: a role and a log group of its own, and no part in a run. */
export class UrlFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: UrlFunctionProps) {
    super(scope, id);
    const { names, key, called } = props;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Vigie ${names.stage}: ${props.does}`,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logDays as RetentionDays,
      ...(key === undefined ? {} : { encryptionKey: key }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    give(role, [...props.grants, ...(key === undefined ? [] : [keyGrant('Key', key)])]);
    this.function = new LambdaFunction(this, 'Function', {
      description: `Vigie ${names.stage}: ${called}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      memorySize: 512,
      timeout: Duration.seconds(20),
      ...{ role, logGroup },
      environment: {
        VIGIE_STAGE: names.stage,
        VIGIE_SECRETS_PREFIX: names.secretsPrefix,
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: called,
        POWERTOOLS_LOG_LEVEL: 'INFO',
        NODE_OPTIONS: '--enable-source-maps',
      },
    });
  }
}
