import { createVerify, type KeyObject } from 'node:crypto';
import type { UrlAnswer, UrlRequest } from '../../functions/platform/function-url.ts';

/** A browser that looks at the site through CloudFront, as the template has it (test/infra/site.infra.ts). */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(address: string): Promise<UrlAnswer>;
}

export interface Front {
  readonly domain: string;
  readonly publicKey: KeyObject;
  readonly keyPairId: string;
  readonly signIn: (request: UrlRequest) => Promise<UrlAnswer>;
  /** What is under `reports/`, by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly now: () => Date;
}

const NOTHING: UrlAnswer = { statusCode: 200, headers: {}, cookies: [], body: '' };

export function browserAt(front: Front): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async get(address) {
      const { pathname, search } = new URL(address, `https://${front.domain}`);
      const answer = pathname.startsWith('/sign-in/')
        ? await asked(front, pathname, search, cookies)
        : await shown(front, pathname, cookies);
      for (const cookie of answer.cookies) keep(cookies, cookie);
      return answer;
    },
  };
}

const asked = ({ signIn }: Front, rawPath: string, search: string, cookies: ReadonlyMap<string, string>) =>
  signIn({
    rawPath,
    rawQueryString: search.slice(1),
    cookies: [...cookies].map(([name, value]) => `${name}=${value}`),
    headers: {},
    requestContext: { http: { method: 'GET' } },
  });

async function shown(
  front: Front,
  pathname: string,
  cookies: ReadonlyMap<string, string>,
): Promise<UrlAnswer> {
  const file = front.files.get(pathname === '/' ? 'index.html' : pathname.slice(1));
  const [status, page] = !isLetIn(front, pathname, cookies)
    ? ([403, '/sign-in/needed'] as const)
    : file === undefined
      ? ([404, '/sign-in/missing'] as const)
      : ([200, null] as const);
  if (page === null) return { ...NOTHING, body: String(file) };
  return { ...(await asked(front, page, '', new Map())), statusCode: status };
}

/**
 * As AWS documents signed cookies with a policy of one's own: the policy as it was signed, by the key of the group, for
 * this address, not over yet. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html
 */
function isLetIn(front: Front, pathname: string, cookies: ReadonlyMap<string, string>): boolean {
  const plain = (name: string): Buffer =>
    Buffer.from(
      (cookies.get(name) ?? '').replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'),
      'base64',
    );
  if (cookies.get('CloudFront-Key-Pair-Id') !== front.keyPairId) return false;
  const hash = cookies.get('CloudFront-Hash-Algorithm') === 'SHA256' ? 'RSA-SHA256' : 'RSA-SHA1';
  const policy = plain('CloudFront-Policy');
  const verified = createVerify(hash).update(policy).verify(front.publicKey, plain('CloudFront-Signature'));
  if (!verified) return false;
  const { Statement } = JSON.parse(policy.toString()) as {
    Statement: { Resource: string; Condition: { DateLessThan: { 'AWS:EpochTime': number } } }[];
  };
  const [{ Resource, Condition }] = Statement as [(typeof Statement)[number]];
  const named = `https://${front.domain}${pathname}`.startsWith(Resource.replace(/\*$/, ''));
  return named && front.now().getTime() / 1000 < Condition.DateLessThan['AWS:EpochTime'];
}

function keep(cookies: Map<string, string>, cookie: string): void {
  const [pair = '', ...attributes] = cookie.split('; ');
  const [name = '', ...value] = pair.split('=');
  if (attributes.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, value.join('='));
}
