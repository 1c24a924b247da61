import type { VendorReply } from '../vendors/vendor.ts';

/** A reply in JSON. */
export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): VendorReply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

export const html = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): VendorReply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
});
