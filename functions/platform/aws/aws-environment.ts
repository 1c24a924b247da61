import { VigieError } from '../errors.ts';

/** Environment variables, as a composition root hands them in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What infra/ tells a function about its stack: the names of the environment variables are the contract. */
export interface AwsEnvironment {
  /** `AWS_REGION`, which Lambda sets itself. */
  readonly region: string;
  readonly stage: string;
  /** Lake, landing files, snapshot and inbox in one. */
  readonly bucket: string;
  readonly landingDatabase: string;
  readonly lakeDatabase: string;
  readonly workgroup: string;
  /** Absent: mails go out without one, and nobody counts bounces. */
  readonly sesConfigurationSet?: string;
  /** `vigie/<stage>/`, or what `VIGIE_SECRETS_PREFIX` says. */
  readonly secretsPrefix: string;
}

const VARIABLES = {
  region: 'AWS_REGION',
  stage: 'VIGIE_STAGE',
  bucket: 'VIGIE_BUCKET',
  landingDatabase: 'VIGIE_LANDING_DATABASE',
  lakeDatabase: 'VIGIE_LAKE_DATABASE',
  workgroup: 'VIGIE_WORKGROUP',
  alertTopic: 'VIGIE_ALERT_TOPIC',
  stateMachine: 'VIGIE_STATE_MACHINE',
} as const;

/**
 * One fact of the stack. Each factory asks only for what it needs, so that a function is given only that. Throws
 * `AWS_ENVIRONMENT` naming the variable that is missing.
 */
export function stackFact(env: Environment, fact: keyof typeof VARIABLES): string {
  const variable = VARIABLES[fact];
  const value = env[variable];
  if (value !== undefined && value !== '') return value;
  throw new VigieError(`the environment variable ${variable} is not set`, {
    code: 'AWS_ENVIRONMENT',
    where: { field: variable },
    hint: 'The stack sets it for its functions: deploy again. Outside of them, `vigie --stack NAME` reads it from the stack.',
  });
}

export const secretsPrefixOf = (env: Environment): string => {
  const prefix = env['VIGIE_SECRETS_PREFIX'] || `vigie/${stackFact(env, 'stage')}/`;
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
};

/** All of it. */
export function awsEnvironment(env: Environment): AwsEnvironment {
  const sesConfigurationSet = env['VIGIE_SES_CONFIGURATION_SET'];
  return {
    region: stackFact(env, 'region'),
    stage: stackFact(env, 'stage'),
    bucket: stackFact(env, 'bucket'),
    landingDatabase: stackFact(env, 'landingDatabase'),
    lakeDatabase: stackFact(env, 'lakeDatabase'),
    workgroup: stackFact(env, 'workgroup'),
    secretsPrefix: secretsPrefixOf(env),
    ...(sesConfigurationSet ? { sesConfigurationSet } : {}),
  };
}
