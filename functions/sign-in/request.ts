import type { UrlAnswer, UrlRequest } from '../platform/function-url.ts';

/** The value of a cookie; undefined where the browser sent none of that name. */
export function cookieOf({ cookies = [] }: UrlRequest, name: string): string | undefined {
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** A cookie of this site alone, over TLS alone; `seconds` 0: the browser forgets it. Scripts see it only with `seen`. */
export const setCookie = (name: string, value: string, seconds: number, seen?: 'seen'): string =>
  `${name}=${value}; Path=/; Max-Age=${seconds}; Secure; SameSite=Lax${seen ? '' : '; HttpOnly'}`;

/** A page is never kept: what it says is true for one moment of one reader. */
export const page = (statusCode: number, body: string, cookies: readonly string[] = []): UrlAnswer => ({
  statusCode,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  cookies,
  body,
});

export const redirect = (location: string, cookies: readonly string[]): UrlAnswer => ({
  statusCode: 302,
  headers: { location, 'cache-control': 'no-store' },
  cookies,
  body: '',
});
