import { VigieError } from '../../platform/errors.ts';
import { LOOPBACK } from './settings-fields.ts';
import type { VendorRequest } from './vendor.ts';

/**
 * Where a request goes. A relative path is added to the base URL; an absolute address has to be of the base URL's
 * origin, or of another that the source names (`alsoAt`), or is asked without credentials. Throws `VENDOR_FOREIGN_ORIGIN` for any other: an answer must not be able to
 * send our credentials elsewhere.
 */
export function addressOf(request: VendorRequest, base: string, alsoAt: readonly string[] = []): URL {
  const url = absolute(request.url, new URL(base));
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined) continue;
    const part = `${encodeURIComponent(name).replaceAll('%24', '$')}=${encodeURIComponent(value)}`;
    url.search = url.search === '' ? `?${part}` : `${url.search}&${part}`;
  }
  if (request.withoutCredentials) {
    if (isSafe(url)) return url;
    throw foreign(url, base, 'a download comes over https only');
  }
  const isOurs = [base, ...alsoAt].some((each) => new URL(each).origin === url.origin);
  if (isOurs && url.username === '' && url.password === '') return url;
  throw foreign(url, base, 'credentials go to the configured address only');
}

function absolute(address: string, base: URL): URL {
  const path = base.pathname.replace(/\/+$/, '');
  if (/^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('//')) {
    if (URL.canParse(address, base.href)) return new URL(address, base);
    throw new VigieError(`an address that the vendor gave is none: ${address.slice(0, 80)}`, {
      code: 'VENDOR_SHAPE',
      where: { sample: address.slice(0, 80) },
    });
  }
  // A next link that begins at the root already holds the path of the base.
  const isRooted = path !== '' && (address === path || address.startsWith(`${path}/`));
  return new URL(`${base.origin}${isRooted ? '' : path}${address.startsWith('/') ? '' : '/'}${address}`);
}

/** https, or loopback: everything else can be listened to. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));

const foreign = (url: URL, base: string, why: string): VigieError =>
  new VigieError(`an answer points to ${url.origin}, which is not ${new URL(base).origin}; ${why}`, {
    code: 'VENDOR_FOREIGN_ORIGIN',
    where: { field: 'next link', sample: url.origin },
    hint: 'Nothing was sent there. Where the vendor, or a gateway before it, writes its links with another name, set `base_url` to that name.',
  });

/** A request as people read it: method, path and query; no origin, no credential. */
export const requestWords = (method: string, url: URL): string => `${method} ${url.pathname}${url.search}`;
