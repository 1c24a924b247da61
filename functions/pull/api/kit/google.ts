import { z } from 'zod';
import { tokenUrl } from '../settings-fields.ts';
import type { Authorization } from '../vendor.ts';

/** The keys by which every source of Google's is let in. */
export const googleKeys = (usual: 'service_account' | 'refresh_token') => ({
  auth: z
    .enum(['service_account', 'refresh_token'])
    .default(usual)
    .describe('`service_account`: the secret is Google’s key file. `refresh_token`: a user who agreed.'),
  token_url: tokenUrl('https://oauth2.googleapis.com/token'),
});

interface Chosen {
  readonly auth: 'service_account' | 'refresh_token';
  readonly token_url: string;
  readonly secret: string;
}

/** A service account says with each token what it is for; a user said so when the refresh token was made. */
export function googleTokens(
  { auth, token_url, secret }: Chosen,
  scope: string,
  headersFromSecret: Readonly<Record<string, string>> = {},
): Authorization {
  const common = {
    kind: 'oauth2',
    secret,
    tokenUrl: token_url,
    clientAuth: 'body',
    headersFromSecret,
  } as const;
  return auth === 'service_account'
    ? { ...common, grant: 'jwt_bearer', scope }
    : { ...common, grant: 'refresh_token' };
}
