import type { Authorization } from '../vendor.ts';

interface Client {
  readonly scope?: string | undefined;
  readonly client_auth: 'body' | 'basic';
}

/** A client that is let in as itself, without a user: id and secret give a token. */
export const clientCredentials = (
  secret: string,
  tokenUrl: string,
  { scope, client_auth: clientAuth }: Client,
): Authorization => ({
  ...{ kind: 'oauth2', grant: 'client_credentials', secret, tokenUrl, clientAuth },
  ...(scope === undefined ? {} : { scope }),
});

interface Signed {
  readonly secret: string;
  readonly token_url: string;
}

/** Somebody signed in once: the refresh token that this gave is in the secret. */
export const signedIn = (
  { secret, token_url: tokenUrl }: Signed,
  more: { readonly scope?: string; readonly headersFromSecret?: Readonly<Record<string, string>> } = {},
): Authorization => ({
  ...{ kind: 'oauth2', grant: 'refresh_token', secret, tokenUrl, clientAuth: 'body' },
  ...more,
});
