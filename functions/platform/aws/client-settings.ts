import { type Environment, stackFact } from './aws-environment.ts';

// The SDK tells everybody who runs Node 20 that it will want Node 22 from 2027 on: package.json is the place for that.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** What every AWS client of Vigie has in common. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
  readonly retryMode: 'standard';
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/** How often the SDK tries what is transient (throttling, 5xx, a broken connection), with back-off and jitter. */
const MOST_ATTEMPTS = 6;
const CONNECT_MS = 5_000;
/** How long a service may take to begin its answer. */
const ANSWER_MS = 60_000;

/**
 * Region and endpoint from the environment (`AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, as everywhere with AWS);
 * time limits and retries in one place. Credentials are the SDK's business.
 */
export function clientSettings(env: Environment, service: string): ClientSettings {
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] || env['AWS_ENDPOINT_URL'];
  return {
    region: stackFact(env, 'region'),
    retryMode: 'standard',
    maxAttempts: MOST_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
    },
    ...(endpoint ? { endpoint } : {}),
  };
}
