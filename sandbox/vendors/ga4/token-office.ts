import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { randomStream } from '../../random.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';
import { json } from './google.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'https://www.googleapis.com/auth/analytics.readonly';
/** Google: “The access token has a one-hour lifetime”; it says 3599. */
const LIFETIME_SECONDS = 3599;
const MOST_ASSERTION_SECONDS = 3600;

/** Google's token address for service accounts: takes signed assertions, gives tokens that end after an hour. */
export interface TokenOffice {
  /** What a company downloads as the key file of its service account. */
  readonly keyFile: Readonly<Record<string, string>>;
  answer(call: VendorCall): VendorReply;
  accepts(call: VendorCall): boolean;
}

/** @see https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
export function tokenOffice(seed: number, now: () => Date): TokenOffice {
  const { publicKey, privateKey } = keys();
  const email = 'vigie@marelune-shop.iam.gserviceaccount.example';
  const verifier = createPublicKey(publicKey);
  const random = randomStream(seed, 'ga4/tokens');
  const tokens = new Map<string, number>();
  const seconds = () => Math.floor(now().getTime() / 1000);
  return {
    keyFile: {
      type: 'service_account',
      project_id: 'marelune-shop',
      private_key_id: random.int(2 ** 31).toString(16),
      private_key: privateKey,
      client_email: email,
    },
    answer(call) {
      const form = new URLSearchParams(call.body);
      const wrong = problemOf(form, { email, verifier, audience: call.url.href, now: seconds() });
      if (wrong) return json(400, { error: wrong.error, error_description: wrong.description });
      const token = `ya29.c.${random.int(2 ** 32).toString(36)}${random.int(2 ** 32).toString(36)}`;
      tokens.set(token, seconds() + LIFETIME_SECONDS);
      return json(200, { access_token: token, expires_in: LIFETIME_SECONDS, token_type: 'Bearer' });
    },
    accepts(call) {
      const token = /^Bearer (.+)$/.exec(call.headers.get('authorization') ?? '')?.[1] ?? '';
      return (tokens.get(token) ?? 0) > seconds();
    },
  };
}

let pair: { readonly publicKey: string; readonly privateKey: string } | undefined;

/** Made once a process, as that takes a moment. Never written down: a key in a repository would be taken for a leak. */
function keys() {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return pair;
}

interface Expected {
  readonly email: string;
  readonly verifier: KeyObject;
  readonly audience: string;
  readonly now: number;
}

interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly scope?: string;
  readonly iat?: number;
  readonly exp?: number;
}

function problemOf(
  form: URLSearchParams,
  { email, verifier, audience, now }: Expected,
): { readonly error: string; readonly description: string } | undefined {
  const refused = (error: string, description: string) => ({ error, description });
  if (form.get('grant_type') !== GRANT)
    return refused('unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type')}`);
  const [head = '', body = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const signed = Buffer.from(`${head}.${body}`);
  if (!verify('RSA-SHA256', signed, verifier, Buffer.from(signature, 'base64url')))
    return refused('invalid_grant', 'Invalid JWT Signature.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims;
  if (claims.iss !== email) return refused('invalid_grant', 'Invalid grant: account not found');
  if (claims.aud !== audience) return refused('invalid_grant', 'Invalid JWT: Failed audience check.');
  if (claims.scope !== SCOPE)
    return refused('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
  const { iat = 0, exp = 0 } = claims;
  if (exp <= now || exp - iat > MOST_ASSERTION_SECONDS || Math.abs(iat - now) > MOST_ASSERTION_SECONDS)
    return refused(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    );
  return undefined;
}
