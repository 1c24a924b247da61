import { createSign } from 'node:crypto';
import { messageOf, VigieError } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Redactor } from '../../platform/redact/redactor.ts';
import { isSafe } from './address.ts';
import { retrying } from './retrying.ts';
import { fieldOf, readSecret, type SecretFields } from './secret.ts';
import { secretName } from './settings-fields.ts';
import { type OAuth, readTokenAnswer, refused, type TokenAnswer, tokenBaseUrl } from './token-answer.ts';
import type { JwtClaims } from './vendor.ts';

export type TokenNeeds = Pick<Platform, 'secrets' | 'clock' | 'log'> & { readonly http: Http };

/** So long before its end a token is not used any more. */
const MARGIN_MS = 60_000;
const LIFE_SECONDS = 3600;
const TIMEOUT_MS = 30_000;
/** One that drips is none. */
const MOST_MS = 60_000;

export interface Token {
  readonly value: string;
  /** ms since 1970: used no longer. */
  readonly until: number;
  /** Where it is good, if the vendor says so. */
  readonly baseUrl?: string | undefined;
}

/** Asks for a token. A refresh token that comes with it is stored at once. Throws `VENDOR_REFUSED`, `VENDOR_UNAVAILABLE`. */
export async function requestToken(platform: TokenNeeds, oauth: OAuth, redactor: Redactor): Promise<Token> {
  const fields = await readSecret(platform, oauth.secret, redactor);
  const answer = await askToken(platform, oauth, redactor, fields);
  const value = answer['access_token'];
  if (typeof value !== 'string' || value === '') throw refused(oauth, 'the answer holds no access_token');
  redactor.learn(value);
  await keepRotated(platform, oauth, fields, answer, redactor);
  const seconds = Number(answer['expires_in'] ?? LIFE_SECONDS);
  const life = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : LIFE_SECONDS * 1000;
  const until = platform.clock.now().getTime() + life - Math.min(MARGIN_MS, life / 2);
  return { value, until, baseUrl: tokenBaseUrl(oauth, answer) };
}

async function askToken(
  platform: TokenNeeds,
  oauth: OAuth,
  redactor: Redactor,
  fields: SecretFields,
): Promise<TokenAnswer> {
  const url = new URL(oauth.tokenUrl);
  if (!isSafe(url)) throw refused(oauth, `${url.origin} is not https, and credentials would be sent there`);
  const request = {
    method: 'POST' as const,
    url: url.href,
    timeoutMs: TIMEOUT_MS,
    mostMs: MOST_MS,
    ...credentials(oauth, fields, platform.clock.now(), redactor),
  };
  return retrying(platform, `token of ${secretName(oauth.secret)}`, async () => {
    const response = await platform.http.send(request);
    return readTokenAnswer(oauth, response, { now: platform.clock.now(), redactor });
  });
}

function credentials(oauth: OAuth, fields: SecretFields, now: Date, redactor: Redactor) {
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  const form = new URLSearchParams();
  if (oauth.grant === 'jwt_bearer') {
    const assertion = signedJwt(oauth, fields, now);
    redactor.learn(assertion);
    form.set('grant_type', 'urn:ietf:params:oauth:grant-type:jwt-bearer');
    form.set('assertion', assertion);
    return { headers, body: form.toString() };
  }
  form.set('grant_type', oauth.grant);
  if (oauth.grant === 'refresh_token')
    form.set('refresh_token', fieldOf(fields, 'refresh_token', oauth.secret));
  if (oauth.scope !== undefined) form.set('scope', oauth.scope);
  const [id, secret] = [
    fieldOf(fields, 'client_id', oauth.secret),
    fieldOf(fields, 'client_secret', oauth.secret),
  ];
  if (oauth.clientAuth === 'basic') {
    // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
    const pair = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
    redactor.learn(pair);
    headers['authorization'] = `Basic ${pair}`;
  } else {
    form.set('client_id', id);
    form.set('client_secret', secret);
  }
  return { headers, body: form.toString() };
}

const GOOGLE: JwtClaims = { issuer: 'client_email' };

/** RFC 7523, signed RS256. */
function signedJwt(oauth: OAuth, fields: SecretFields, now: Date): string {
  const issued = Math.floor(now.getTime() / 1000);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const keyId = fields['private_key_id'];
  const head = encode({ alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) });
  const { issuer, subject, audience = oauth.tokenUrl, lifeSeconds = LIFE_SECONDS } = oauth.claims ?? GOOGLE;
  const claims = encode({
    iss: fieldOf(fields, issuer, oauth.secret),
    ...(subject === undefined ? {} : { sub: fieldOf(fields, subject, oauth.secret) }),
    aud: audience,
    ...(oauth.scope === undefined ? {} : { scope: oauth.scope }),
    iat: issued,
    exp: issued + lifeSeconds,
  });
  const signer = createSign('RSA-SHA256').update(`${head}.${claims}`);
  try {
    return `${head}.${claims}.${signer.sign(fieldOf(fields, 'private_key', oauth.secret), 'base64url')}`;
  } catch (error) {
    if (error instanceof VigieError) throw error;
    throw refused(oauth, 'its private_key is not a key in PEM form');
  }
}

/** A refresh token that was replaced is stored before anything else happens: the old one may be dead already. */
async function keepRotated(
  platform: TokenNeeds,
  oauth: OAuth,
  fields: SecretFields,
  answer: TokenAnswer,
  redactor: Redactor,
): Promise<void> {
  if (oauth.grant !== 'refresh_token') return;
  const fresh = answer['refresh_token'];
  const life = Number(answer['refresh_token_expires_in']);
  const rotated = typeof fresh === 'string' && fresh !== '' && fresh !== fields['refresh_token'];
  if (!rotated) return;
  redactor.learn(fresh);
  const until =
    Number.isFinite(life) && life > 0
      ? { refresh_token_expires_at: new Date(platform.clock.now().getTime() + life * 1000).toISOString() }
      : {};
  const name = secretName(oauth.secret);
  try {
    await platform.secrets.put(name, JSON.stringify({ ...fields, refresh_token: fresh, ...until }));
  } catch (error) {
    throw new VigieError(
      `a new refresh token of ${name} could not be stored: ${redactor.text(messageOf(error))}`,
      {
        code: 'SECRET_NOT_STORED',
        hint: 'The vendor replaced the token, and the old one may not work again. Give Vigie the right to write the secret, then make a new refresh token as the source’s page describes.',
      },
    );
  }
}
