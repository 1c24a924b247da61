import { checkedKey, LINK_SECRET } from '../lake/alerts/link.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { LinkMaker } from './letters/act.ts';

/**
 * Of what links of alerts are made, by what a stack's functions have as their environment; undefined where the stack answers none
 * (`aws.links`). The key is asked for when the first letter wants it: throws `LINK_KEY_SHORT`, and what the secrets throw.
 */
export function linkMaker(
  env: Readonly<Record<string, string | undefined>>,
  secrets: Secrets,
): (() => Promise<LinkMaker>) | undefined {
  const base = env['VIGIE_LINKS_URL'];
  if (!base) return undefined;
  return async () => ({ base, key: checkedKey(await secrets.get(LINK_SECRET)) });
}
