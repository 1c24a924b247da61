import * as oidc from 'openid-client';

/** What a sign-in began with, kept by the browser until the provider sends it back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  /** PKCE: who brings the code back is who asked for it. */
  readonly verifier: string;
}

/** The company's identity provider. */
export interface Provider {
  /** Where a browser is sent to sign in. */
  addressFor(attempt: Attempt): Promise<string>;
  /**
   * The claims of the ID token that an answer of the provider (`?code=…&state=…`) leads to, its signature verified.
   * Throws where the answer, the code or the token is not what was asked for.
   */
  claimsOf(answer: URL, attempt: Attempt): Promise<Readonly<Record<string, unknown>>>;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends browsers back to. */
  readonly returnTo: string;
  readonly fetch?: oidc.CustomFetch;
}

/**
 * OpenID Connect's code flow with PKCE, state and nonce, by `openid-client`. What the provider publishes of itself is
 * read once: OpenID Connect Discovery 1.0.
 */
export async function openProvider(settings: ProviderSettings): Promise<Provider> {
  const config = await configurationOf(settings);
  return {
    async addressFor({ state, nonce, verifier }) {
      const asked = {
        redirect_uri: settings.returnTo,
        scope: 'openid email profile',
        ...{ state, nonce },
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      };
      return oidc.buildAuthorizationUrl(config, asked).href;
    },
    async claimsOf(answer, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(config, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return tokens.claims() ?? {};
    },
  };
}

/** With the way to prove who asks that the provider says it knows; `client_secret_basic` where it says none (Discovery, 3). */
async function configurationOf(settings: ProviderSettings): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  const custom = settings.fetch === undefined ? {} : { [oidc.customFetch]: settings.fetch };
  const found = await oidc.discovery(new URL(issuer), clientId, undefined, oidc.None(), custom);
  const known = found.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const proof = known.includes('client_secret_basic') ? oidc.ClientSecretBasic : oidc.ClientSecretPost;
  const config = new oidc.Configuration(found.serverMetadata(), clientId, undefined, proof(clientSecret));
  if (settings.fetch) config[oidc.customFetch] = settings.fetch;
  // The token's own signature too, not only the connection that it came by.
  oidc.enableNonRepudiationChecks(config);
  return config;
}

/** What nobody can guess, for an attempt. */
export const newAttempt = (): Attempt => ({
  state: oidc.randomState(),
  nonce: oidc.randomNonce(),
  verifier: oidc.randomPKCECodeVerifier(),
});
