import { powertoolsLog } from '../platform/aws/powertools-log.ts';
import { secretsFromEnv } from '../platform/aws/secrets-manager.ts';
import { warm } from '../platform/aws/warm.ts';
import type { UrlAnswer, UrlRequest } from '../platform/function-url.ts';
import { discreetLog } from '../platform/redact/discreet-log.ts';
import { openRedactor } from '../platform/redact/redactor.ts';
import { openProvider, type Provider } from './provider.ts';
import { RETURN, signIn } from './sign-in.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const secrets = warm(secretsFromEnv);
/** What the provider publishes is read once an instance; where that failed, again by the next who signs in. */
let provider: Promise<Provider> | undefined;

const fact = (env: Environment, name: string): string => env[name] ?? '';

async function open(env: Environment): Promise<Provider> {
  return openProvider({
    issuer: fact(env, 'VIGIE_SITE_ISSUER'),
    clientId: fact(env, 'VIGIE_SITE_CLIENT_ID'),
    clientSecret: (await secrets(env).get('site-client')).trim(),
    returnTo: `https://${fact(env, 'VIGIE_SITE_DOMAIN')}${RETURN}`,
  });
}

/** Signs people in to the report's site (infra/constructs/site.ts): behind CloudFront, which alone may call it. */
export async function handler(request: UrlRequest): Promise<UrlAnswer> {
  const env = process.env;
  const domain = fact(env, 'VIGIE_SITE_DOMAIN');
  const log = powertoolsLog({ stage: fact(env, 'VIGIE_STAGE'), step: 'sign-in' });
  return signIn(
    {
      domain,
      provider: () => {
        provider ??= open(env).catch((error: unknown) => {
          provider = undefined;
          throw error;
        });
        return provider;
      },
      pass: async () => ({
        domain,
        keyPairId: fact(env, 'VIGIE_SITE_KEY_PAIR'),
        privateKey: await secrets(env).get('site-key'),
        hours: Number(fact(env, 'VIGIE_SITE_HOURS')),
      }),
      require: JSON.parse(fact(env, 'VIGIE_SITE_REQUIRE')) as Record<string, string>,
      now: () => new Date(),
      log: discreetLog(log, openRedactor()),
    },
    request,
  );
}
