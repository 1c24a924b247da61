import { VigieError } from '../../platform/errors.ts';
import { type HttpResponse, readBody } from '../../platform/http.ts';
import type { Redactor } from '../../platform/redact/redactor.ts';
import { isSafe } from './address.ts';
import { isTransientStatus } from './diagnosis.ts';
import { retryAfter, Transient } from './retrying.ts';
import { secretName } from './settings-fields.ts';
import type { OAuthAuthorization } from './vendor.ts';

export type OAuth = OAuthAuthorization<'client_credentials' | 'refresh_token' | 'jwt_bearer'>;
export type TokenAnswer = Readonly<Record<string, unknown>>;

/** No token is that long. */
const MOST_BYTES = 1 << 20;

/**
 * What a token address answers. Throws `Transient` where the same request may go well later (overload, an answer that
 * breaks off), `VENDOR_REFUSED` where it will not: refused credentials, a page instead of a token.
 */
export async function readTokenAnswer(
  oauth: OAuth,
  response: HttpResponse,
  { now, redactor }: { readonly now: Date; readonly redactor: Redactor },
): Promise<TokenAnswer> {
  const { status, headers } = response;
  if (isTransientStatus(status)) {
    await response.cancel();
    throw new Transient(`the token address answers ${status}`, { retryAfter: retryAfter(headers, now) });
  }
  const good = status >= 200 && status < 300;
  const text = await textOf(response);
  const answer = text === undefined ? undefined : parse(text);
  if (answer === undefined) {
    if (good && text !== undefined && isCut(text)) throw new Transient('the token’s answer is cut');
    throw noToken(oauth, good ? '' : `${status} and `, headers.get('content-type'));
  }
  if (good) return answer;
  const reason = [answer['error'], answer['error_description']].filter((part) => typeof part === 'string');
  throw refused(oauth, redactor.text(`${status} ${reason.join(': ')}`.trim()));
}

/** Undefined: longer than any token. Throws `Transient` where the answer breaks off. */
async function textOf(response: HttpResponse): Promise<string | undefined> {
  try {
    const body = await readBody(response, MOST_BYTES);
    return body.toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    if (error.code === 'PAGE_TOO_LARGE') return undefined;
    throw new Transient(`the token’s answer cannot be read: ${error.message}`);
  }
}

/** JSON that began and has no end. */
const isCut = (text: string): boolean => {
  const bare = text.trim();
  return bare === '' || (bare.startsWith('{') && !bare.endsWith('}'));
};

function parse(text: string): TokenAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as TokenAnswer)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A page instead of a token does not get better by waiting. */
const noToken = (oauth: OAuth, status: string, type: string | null): VigieError =>
  new VigieError(
    `no token for ${secretName(oauth.secret)}: ${new URL(oauth.tokenUrl).host} answers with ${status}${type?.split(';')[0] ?? 'something'} that is no token`,
    {
      code: 'VENDOR_REFUSED',
      where: { field: secretName(oauth.secret) },
      hint: 'A sign-on page, a proxy or another address answers there. Correct the address the token is asked from (see the source’s page), and what stands between this machine and it.',
    },
  );

/** The error of credentials that are not accepted. */
export const refused = (oauth: OAuth, reason: string): VigieError =>
  new VigieError(`no token for ${secretName(oauth.secret)}: ${reason}`, {
    code: 'VENDOR_REFUSED',
    where: { field: secretName(oauth.secret) },
    hint:
      oauth.grant === 'refresh_token'
        ? 'The refresh token may be expired or revoked, or belong to another client. Make a new one as the source’s page describes, and store it in the secret.'
        : 'Check the credentials in the secret against the vendor’s page; the source’s page shows where to find them.',
  });

/**
 * Where the token is good, for vendors that say so with it. Credentials will go there, so it has to be https and one of
 * the vendor's own hosts. Throws `VENDOR_FOREIGN_ORIGIN` for any other.
 */
export function tokenBaseUrl({ baseUrlFrom, secret }: OAuth, answer: TokenAnswer): string | undefined {
  if (baseUrlFrom === undefined) return undefined;
  const { field, hosts } = baseUrlFrom;
  const given = answer[field];
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
  const isOwn = url !== undefined && hosts.some((host) => url.host === host || url.host.endsWith(host));
  if (url && isOwn && isSafe(url) && url.username === '' && url.password === '')
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  throw new VigieError(
    `the token of ${secretName(secret)} comes with the address ${url?.origin ?? 'of nothing'} in ${field}, which is none of ${hosts.join(', ')}`,
    {
      code: 'VENDOR_FOREIGN_ORIGIN',
      where: { field, sample: url?.origin ?? '' },
      hint: 'Nothing was sent there. Where the vendor answers under a name of your own, add it to the settings of the source, as its page says.',
    },
  );
}
