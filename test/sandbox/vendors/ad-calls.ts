import type { VendorReply } from '../../../sandbox/vendors/vendor.ts';
import { type AdKind, type AdWorld, openAdWorld } from './ad-world.ts';

/** Ten days of the company, for tests that ask its ad platforms directly. */
export const world: AdWorld = await openAdWorld({ days: 10 });
world.live();

// biome-ignore lint/suspicious/noExplicitAny: what four vendors answer, looked into here and there.
export type Body = any;

/** A request to a vendor, and its answer. */
export async function call(
  kind: AdKind,
  path: string,
  init: RequestInit = {},
): Promise<VendorReply & { json(): Body }> {
  const reply = await world.vendors.get(kind)?.answer({
    method: init.method ?? 'GET',
    url: new URL(`http://127.0.0.1:9000${path}`),
    headers: new Headers(init.headers),
    body: String(init.body ?? ''),
  });
  if (!reply) throw new Error(`no ${kind}`);
  return { ...reply, json: () => JSON.parse(String(reply.body)) };
}

/** The header with a token got by the refresh token. */
export async function tokenOf(kind: AdKind, path: string): Promise<Record<string, string>> {
  const secret = world.vendors.get(kind)?.secret ?? {};
  const body = new URLSearchParams({ ...secret, grant_type: 'refresh_token' }).toString();
  const { access_token } = (await call(kind, path, { method: 'POST', body })).json();
  return { authorization: `Bearer ${access_token}` };
}
