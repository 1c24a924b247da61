import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SITE_SECRETS, type Site } from '../../functions/lake/company/aws-site.ts';
import { give } from '../acknowledge.ts';
import type { Names } from '../names.ts';
import { keyGrant, READ, secretGrants } from './grants.ts';

export interface SiteFunctionProps {
  readonly names: Names;
  readonly site: Site;
  /** The id that CloudFront gave the public key. */
  readonly keyPairId: string;
  /** The folder with the function’s bundle. */
  readonly bundle: string;
  readonly logDays: number;
  /** The company's own key, which logs and secrets may be under. */
  readonly key: IKey | undefined;
}

/**
 * Signs people in, by functions/sign-in. It reads two secrets and nothing else: no bucket, no table, so whoever talked it
 * into something would have no figure.
 */
export class SiteFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: SiteFunctionProps) {
    super(scope, id);
    const { names, key } = props;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Vigie ${names.stage}: signs people in to the report`,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logDays as RetentionDays,
      ...(key === undefined ? {} : { encryptionKey: key }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    give(role, [
      ...secretGrants(Stack.of(this), names, 'SiteSecrets', SITE_SECRETS, READ),
      ...(key === undefined ? [] : [keyGrant('Key', key)]),
    ]);
    this.function = new LambdaFunction(this, 'Function', {
      description: `Vigie ${names.stage}: sign-in`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      memorySize: 512,
      timeout: Duration.seconds(20),
      ...{ role, logGroup },
      environment: environment(props),
    });
  }
}

/** The contract with functions/sign-in/handler.ts. */
const environment = ({ names, site, keyPairId }: SiteFunctionProps): Record<string, string> => ({
  VIGIE_STAGE: names.stage,
  VIGIE_SECRETS_PREFIX: names.secretsPrefix,
  VIGIE_SITE_DOMAIN: site.domain,
  VIGIE_SITE_ISSUER: site.sign_in.issuer,
  VIGIE_SITE_CLIENT_ID: site.sign_in.client_id,
  VIGIE_SITE_REQUIRE: JSON.stringify(site.sign_in.require),
  VIGIE_SITE_HOURS: String(site.sign_in.hours),
  VIGIE_SITE_KEY_PAIR: keyPairId,
  POWERTOOLS_SERVICE_NAME: 'sign-in',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  NODE_OPTIONS: '--enable-source-maps',
});
