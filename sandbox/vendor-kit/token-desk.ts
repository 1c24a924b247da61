import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from '../../functions/platform/hash.ts';
import type { VendorCall, VendorReply } from '../vendors/vendor.ts';
import { json } from './replies.ts';

/** A vendor's OAuth 2.0 token address, and what its tokens are good for. */
export interface TokenDesk {
  answer(call: VendorCall): VendorReply;
  /** Whether the request brings an access token, and how good it is. */
  state(call: VendorCall): 'good' | 'expired' | 'unknown' | 'missing';
}

export interface DeskOptions {
  /** Tells its tokens from those of another desk. */
  readonly seed: string;
  /** Stands at the beginning of access tokens, as the vendor's do. */
  readonly prefix?: string;
  readonly seconds: number;
  readonly grant: Grant;
  /** What else the vendor's token answer holds; undefined: what it has not. */
  readonly extras?: Readonly<Record<string, unknown>>;
  now(): Date;
}

/** How somebody gets a token: by a refresh token, as a client, by a key. */
export interface Grant {
  readonly type: string;
  /** Why the request gets none; undefined: it gets one. */
  problem(form: URLSearchParams, call: VendorCall, now: Date): TokenProblem | undefined;
  /** What comes with the token. */
  given?(form: URLSearchParams, call: VendorCall): Readonly<Record<string, unknown>>;
  /** In the vendor's words, where it has its own. */
  unsupported?(type: string | null): string;
}

/** RFC 6749, section 5.2. */
export interface TokenProblem {
  readonly status: number;
  readonly error: string;
  readonly why: string;
}

export function tokenDesk({ seed, prefix = '', seconds, grant, extras, now }: DeskOptions): TokenDesk {
  const access = new Map<string, number>();
  return {
    answer(call) {
      const form = new URLSearchParams(call.body);
      const wrong = unsupported(call, form, grant) ?? grant.problem(form, call, now());
      if (wrong) return json(wrong.status, { error: wrong.error, error_description: wrong.why });
      const token = `${prefix}${sha256(`${seed}/access/${access.size}`)}`;
      access.set(token, now().getTime() + seconds * 1000);
      const given = { access_token: token, expires_in: seconds, token_type: 'Bearer' };
      return json(200, { ...given, ...grant.given?.(form, call), ...extras });
    },
    state(call) {
      const token = /^Bearer (.+)$/i.exec(call.headers.get('authorization') ?? '')?.[1];
      if (token === undefined) return 'missing';
      const until = access.get(token);
      if (until === undefined) return 'unknown';
      return until > now().getTime() ? 'good' : 'expired';
    },
  };
}

function unsupported(call: VendorCall, form: URLSearchParams, grant: Grant): TokenProblem | undefined {
  const type = form.get('grant_type');
  if (call.method === 'POST' && type === grant.type) return undefined;
  const why = grant.unsupported?.(type) ?? `Grant type ${type} is not supported`;
  return { status: call.method === 'POST' ? 400 : 405, error: 'unsupported_grant_type', why };
}

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

interface Client {
  readonly client_id: string;
  readonly client_secret: string;
}

/** In the form, or by basic authentication. */
const isClient = (
  { client_id: id, client_secret: secret }: Client,
  form: URLSearchParams,
  call: VendorCall,
): boolean =>
  call.headers.get('authorization') === basic(id, secret) ||
  (form.get('client_id') === id && form.get('client_secret') === secret);

const noClient = (why: string): TokenProblem => ({ status: 401, error: 'invalid_client', why });

/** A client that is let in as itself (RFC 6749, section 4.4). */
export const clientGrant = (client: Client, why: string): Grant => ({
  type: 'client_credentials',
  problem: (form, call) => (isClient(client, form, call) ? undefined : noClient(why)),
});

/**
 * The refresh token that a person got by signing in (RFC 6749, section 6). Where it rotates, each use gives another, whose
 * first use ends the one before: an answer that was lost locks nobody out.
 */
export function refreshGrant(
  secret: Client & { readonly refresh_token: string },
  { rotates = false }: { readonly rotates?: boolean } = {},
): Grant {
  let uses = 0;
  /** The newest refresh token, and the one it was given for. */
  let good = { newest: secret.refresh_token, before: secret.refresh_token };
  return {
    type: 'refresh_token',
    problem(form, call) {
      if (!isClient(secret, form, call)) return noClient('The client is unknown or its secret is wrong.');
      if (Object.values(good).includes(form.get('refresh_token') ?? '')) return undefined;
      return { status: 400, error: 'invalid_grant', why: 'Token has been expired or revoked.' };
    },
    given(form) {
      if (!rotates) return {};
      uses += 1;
      const newest = sha256(`${secret.refresh_token}/refresh/${uses}`);
      good = { newest, before: form.get('refresh_token') ?? '' };
      return { refresh_token: newest };
    },
  };
}

export interface Key {
  readonly issuer: string;
  /** PEM. */
  readonly publicKey: string;
  readonly scope: string;
}

interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly scope?: string;
  readonly iat?: number;
  readonly exp?: number;
}

const MOST_ASSERTION_SECONDS = 3600;

/**
 * A signed assertion (RFC 7523), in Google's words.
 * @see https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export function keyGrant({ issuer, publicKey, scope }: Key): Grant {
  const verifier = createPublicKey(publicKey);
  return {
    type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    unsupported: (type) => `Invalid grant_type: ${type}`,
    problem(form, { url }, now) {
      const refused = (why: string, error = 'invalid_grant') => ({ status: 400, error, why });
      const [head = '', body = '', signature = ''] = (form.get('assertion') ?? '').split('.');
      const signed = Buffer.from(`${head}.${body}`);
      if (!verify('RSA-SHA256', signed, verifier, Buffer.from(signature, 'base64url')))
        return refused('Invalid JWT Signature.');
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims;
      if (claims.iss !== issuer) return refused('Invalid grant: account not found');
      if (claims.aud !== url.href) return refused('Invalid JWT: Failed audience check.');
      if (claims.scope !== scope)
        return refused('Invalid OAuth scope or ID token audience provided.', 'invalid_scope');
      const seconds = Math.floor(now.getTime() / 1000);
      const { iat = 0, exp = 0 } = claims;
      const isShort =
        exp - iat <= MOST_ASSERTION_SECONDS && Math.abs(iat - seconds) <= MOST_ASSERTION_SECONDS;
      return exp > seconds && isShort
        ? undefined
        : refused(
            'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
          );
    },
  };
}
