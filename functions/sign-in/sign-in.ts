import { messageOf } from '../platform/errors.ts';
import type { UrlAnswer, UrlRequest } from '../platform/function-url.ts';
import type { Log } from '../platform/log.ts';
import { sayingPage } from './pages.ts';
import { noPass, type PassSettings, passCookies } from './pass.ts';
import { type Attempt, newAttempt, type Provider } from './provider.ts';
import { cookieOf, page, redirect, setCookie } from './request.ts';

/** Where the provider sends browsers back to; registered with it. */
export const RETURN = '/sign-in/return';

/** How long somebody may take to sign in, in seconds. */
const PATIENCE = 900;
/** `__Host-`: of this very host, which no other can set (RFC 6265bis). */
const ATTEMPT = '__Host-vigie-attempt';

export interface SignIn {
  readonly domain: string;
  readonly provider: () => Promise<Provider>;
  readonly pass: () => Promise<PassSettings>;
  /** What the token has to say: claim and value. */
  readonly require: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Answers everything below /sign-in/, all that this site shows to whoever has not signed in. Never 403 or 404: those
 * CloudFront replaces by pages of its own choice, which are asked for here.
 */
export async function signIn(world: SignIn, request: UrlRequest): Promise<UrlAnswer> {
  const { method } = request.requestContext.http;
  if (method !== 'GET' && method !== 'HEAD') return page(405, sayingPage('failed'));
  try {
    if (request.rawPath === '/sign-in/needed') return page(200, sayingPage('needed'));
    if (request.rawPath === '/sign-in/missing') return page(200, sayingPage('missing'));
    if (request.rawPath === '/sign-in/begin') return await begin(world, request);
    if (request.rawPath === RETURN) return await comeBack(world, request);
    if (request.rawPath === '/sign-in/out') return page(200, sayingPage('out'), noPass());
    return page(400, sayingPage('failed'));
  } catch (error) {
    world.log.error('sign-in broke off', { doing: request.rawPath, message: messageOf(error) });
    return page(502, sayingPage('failed'));
  }
}

interface Kept extends Attempt {
  readonly to: string;
}

async function begin({ domain, provider }: SignIn, { rawQueryString }: UrlRequest): Promise<UrlAnswer> {
  const attempt = newAttempt();
  const to = ownPath(new URLSearchParams(rawQueryString).get('to') ?? '/', domain);
  const kept: Kept = { ...attempt, to };
  const cookie = Buffer.from(JSON.stringify(kept)).toString('base64url');
  return redirect(await (await provider()).addressFor(attempt), [setCookie(ATTEMPT, cookie, PATIENCE)]);
}

/** A path of this site, and of no other: what somebody put into a link leads nowhere else. */
function ownPath(to: string, domain: string): string {
  const here = `https://${domain}`;
  if (!to.startsWith('/') || !URL.canParse(to, here)) return '/';
  const { origin, pathname, search, hash } = new URL(to, here);
  // `//` would be another host once it stands in a header.
  const elsewhere = origin !== here || pathname.startsWith('//') || pathname.startsWith('/sign-in/');
  return elsewhere ? '/' : `${pathname}${search}${hash}`;
}

async function comeBack(world: SignIn, request: UrlRequest): Promise<UrlAnswer> {
  const kept = keptOf(cookieOf(request, ATTEMPT));
  if (kept === null) return page(400, sayingPage('stale'));
  const forget = setCookie(ATTEMPT, '', 0);
  const provider = await world.provider();
  const answer = new URL(`https://${world.domain}${RETURN}?${request.rawQueryString}`);
  const claims = await provider.claimsOf(answer, kept).catch((error: unknown) => {
    world.log.warn('sign-in refused', { why: messageOf(error) });
    return null;
  });
  if (claims === null) return page(401, sayingPage('failed'), [forget]);
  const lacking = Object.entries(world.require).find(([claim, value]) => !says(claims[claim], value));
  if (lacking) {
    world.log.warn('sign-in refused', { why: `the token does not say ${lacking[0]}: ${lacking[1]}` });
    return page(401, sayingPage('refused'), [forget]);
  }
  world.log.info('signed in');
  return redirect(ownPath(kept.to, world.domain), [forget, ...passCookies(await world.pass(), world.now())]);
}

/** A claim says a value by being it, or by having it among others (groups). */
const says = (claim: unknown, value: string): boolean =>
  Array.isArray(claim) ? claim.map(String).includes(value) : claim !== undefined && String(claim) === value;

function keptOf(cookie: string | undefined): Kept | null {
  if (cookie === undefined) return null;
  try {
    const kept = JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8')) as Partial<Kept>;
    const { state, nonce, verifier, to } = kept;
    return [state, nonce, verifier, to].every((text) => typeof text === 'string') ? (kept as Kept) : null;
  } catch {
    return null;
  }
}
