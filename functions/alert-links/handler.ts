import { LINK_SECRET } from '../lake/alerts/link.ts';
import type { Environment } from '../platform/aws/aws-environment.ts';
import { powertoolsLog } from '../platform/aws/powertools-log.ts';
import { bucketFromEnv } from '../platform/aws/s3-bucket.ts';
import { secretsFromEnv } from '../platform/aws/secrets-manager.ts';
import { warm } from '../platform/aws/warm.ts';
import type { UrlAnswer, UrlRequest } from '../platform/function-url.ts';
import { discreetLog } from '../platform/redact/discreet-log.ts';
import { openRedactor } from '../platform/redact/redactor.ts';
import { answer } from './answer.ts';

const bucket = warm(bucketFromEnv);
const secrets = warm(secretsFromEnv);
/** Whoever calls without end is no reason to ask Secrets Manager without end; a rotated key counts within a minute. */
const KEY_MS = 60_000;
let known: { readonly key: Promise<string>; readonly until: number } | undefined;

function key(env: Environment): Promise<string> {
  if (known === undefined || Date.now() > known.until)
    known = { key: secrets(env).get(LINK_SECRET), until: Date.now() + KEY_MS };
  return known.key.catch((error: unknown) => {
    known = undefined;
    throw error;
  });
}

/** Answers the links of alerts of a stack: a function URL, open to whoever has one. */
export async function handler(request: UrlRequest): Promise<UrlAnswer> {
  const env = process.env;
  const redactor = openRedactor();
  const log = powertoolsLog({ stage: env['VIGIE_STAGE'] ?? '', step: 'alert-links' });
  return answer(
    {
      bucket: bucket(env),
      key: () => key(env),
      now: () => new Date(),
      log: discreetLog(log, redactor),
    },
    request,
  );
}
