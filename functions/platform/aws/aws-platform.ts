import { fetchHttp } from '../fetch-http.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform.ts';
import { discreetLog } from '../redact/discreet-log.ts';
import { openRedactor, type Redactor } from '../redact/redactor.ts';
import { engineFromEnv } from './athena-engine.ts';
import type { Environment } from './aws-environment.ts';
import { lambdaClock } from './lambda-clock.ts';
import { bucketFromEnv } from './s3-bucket.ts';
import { inboxFromEnv } from './s3-inbox.ts';
import { secretsFromEnv } from './secrets-manager.ts';
import { mailerFromEnv } from './ses-mailer.ts';

export interface AwsWorld {
  readonly env: Environment;
  readonly log: Log;
  readonly redactor?: Redactor;
}

/**
 * All adapters of a stack: for the command line (`--stack`) and for tests. A Lambda function takes from `assemble.ts`
 * only what its step needs. An adapter is made when it is first asked for: who reads figures needs no workgroup.
 */
export function awsPlatform({ env, log, redactor = openRedactor() }: AwsWorld): Platform {
  const once = <T>(make: (env: Environment) => T): (() => T) => {
    let made: { readonly part: T } | undefined;
    return () => {
      made ??= { part: make(env) };
      return made.part;
    };
  };
  const bucket = once(bucketFromEnv);
  const inbox = once(inboxFromEnv);
  const engine = once(engineFromEnv);
  const mailer = once(mailerFromEnv);
  const secrets = once(secretsFromEnv);
  return {
    get bucket() {
      return bucket();
    },
    get inbox() {
      return inbox();
    },
    get engine() {
      return engine();
    },
    get mailer() {
      return mailer();
    },
    get secrets() {
      return secrets();
    },
    http: fetchHttp(),
    clock: lambdaClock,
    log: discreetLog(log, redactor),
    redactor,
  };
}
