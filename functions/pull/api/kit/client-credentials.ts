import type { Authorization } from '../vendor.ts';

interface Chosen {
  readonly scope?: string | undefined;
  readonly client_auth: 'body' | 'basic';
}

/** A client that is let in as itself, without a user: id and secret give a token. */
export const clientCredentials = (
  secret: string,
  tokenUrl: string,
  { scope, client_auth: clientAuth }: Chosen,
): Authorization => ({
  ...{ kind: 'oauth2', grant: 'client_credentials', secret, tokenUrl, clientAuth },
  ...(scope === undefined ? {} : { scope }),
});
