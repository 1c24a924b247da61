import type { Redactor } from '../../platform/redact/redactor.ts';
import { fieldOf, readSecret } from './secret.ts';
import type { OAuth } from './token-answer.ts';
import type { TokenNeeds } from './token-request.ts';
import { oauthTokens } from './tokens.ts';
import type { Authorization } from './vendor.ts';

/** What a request carries to be let in. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The token in use, where another can be fetched. */
  readonly token?: string;
  /** Where to ask with it, as the vendor said when it gave the token. */
  readonly baseUrl?: string | undefined;
}

export interface Authorizer {
  credentials(): Promise<Credentials>;
  /** The vendor refused this token. False: there is no other to be had. */
  expire(token: string | undefined): boolean;
}

/** Adds a source's credentials to its requests. They are read when the first request is made. */
export function authorizer(
  platform: TokenNeeds,
  authorization: Authorization,
  redactor: Redactor,
): Authorizer {
  if (authorization.kind === 'oauth2') return byToken(platform, authorization, redactor);
  let known: Promise<Credentials> | undefined;
  return {
    credentials() {
      known ??= fixed(platform, authorization, redactor);
      return known;
    },
    expire: () => false,
  };
}

async function fixed(
  platform: TokenNeeds,
  authorization: Exclude<Authorization, { kind: 'oauth2' }>,
  redactor: Redactor,
): Promise<Credentials> {
  if (authorization.kind === 'none') return { headers: {}, query: {} };
  const { secret } = authorization;
  const fields = await readSecret(platform, secret, redactor);
  if (authorization.kind === 'query')
    return { headers: {}, query: { [authorization.name]: fieldOf(fields, 'key', secret) } };
  if (authorization.kind === 'token') {
    const { header = 'authorization', prefix = 'Bearer ' } = authorization;
    return { headers: { [header.toLowerCase()]: `${prefix}${fieldOf(fields, 'token', secret)}` }, query: {} };
  }
  const pair = `${fieldOf(fields, 'user', secret)}:${fieldOf(fields, 'password', secret)}`;
  const encoded = Buffer.from(pair).toString('base64');
  redactor.learn(encoded);
  return { headers: { authorization: `Basic ${encoded}` }, query: {} };
}

function byToken(platform: TokenNeeds, oauth: OAuth, redactor: Redactor): Authorizer {
  const tokens = oauthTokens(platform, oauth, redactor);
  return {
    async credentials() {
      const { value: token, baseUrl } = await tokens.get();
      const more = await fromSecret(platform, oauth, redactor);
      return { headers: { ...more, authorization: `Bearer ${token}` }, query: {}, token, baseUrl };
    },
    expire(token) {
      if (token === undefined) return false;
      tokens.expire(token);
      return true;
    },
  };
}

async function fromSecret(
  platform: TokenNeeds,
  oauth: OAuth,
  redactor: Redactor,
): Promise<Record<string, string>> {
  const wanted = Object.entries(oauth.headersFromSecret ?? {});
  if (wanted.length === 0) return {};
  const fields = await readSecret(platform, oauth.secret, redactor);
  return Object.fromEntries(
    wanted.map(([header, field]) => [header.toLowerCase(), fieldOf(fields, field, oauth.secret)]),
  );
}
