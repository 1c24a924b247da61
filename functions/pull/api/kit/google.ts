import { z } from 'zod';
import { GOOGLE_TOKENS, googleSignIns } from '../../../lake/company/field-forms.ts';
import { tokenUrl } from '../settings-fields.ts';
import type { Authorization } from '../vendor.ts';
import { signedIn } from './oauth.ts';

type GoogleSignIn = (typeof googleSignIns)[number];

/** The keys by which every source of Google's is let in. */
export const googleKeys = (usual: GoogleSignIn) => ({
  auth: z
    .enum(googleSignIns)
    .default(usual)
    .describe('`service_account`: the secret is Google’s key file. `refresh_token`: a user who agreed.'),
  token_url: tokenUrl(GOOGLE_TOKENS),
});

interface Chosen {
  readonly auth: GoogleSignIn;
  readonly token_url: string;
  readonly secret: string;
}

/** A service account says with each token what it is for; a user said so when the refresh token was made. */
export const googleTokens = (
  chosen: Chosen,
  scope: string,
  headersFromSecret: Readonly<Record<string, string>> = {},
): Authorization =>
  chosen.auth === 'refresh_token'
    ? signedIn(chosen, { headersFromSecret })
    : {
        ...{ kind: 'oauth2', grant: 'jwt_bearer', secret: chosen.secret, tokenUrl: chosen.token_url },
        ...{ clientAuth: 'body', scope, headersFromSecret },
      };
