import { z } from 'zod';
import type { Mistake } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';
import { isRecord } from '../yaml/words.ts';
import { withoutDashes } from './field-forms.ts';
import { push } from './push.ts';

/** What a customer did with an article. */
const doings = ['viewed', 'compared', 'abandoned'] as const;
/** Where a file can be handed in. */
export const vendorNames = ['google', 'meta', 'linkedin', 'microsoft'] as const;
export type VendorName = (typeof vendorNames)[number];

const audience = z.strictObject({
  /** What its people did with an article that they have not ordered since. */
  did: z.enum(doings),
  /** What they must have agreed to, as `consents.purpose` calls it. */
  purpose: z.string().min(1),
  /** In so many days, up to the day of the run. */
  days: z.int().min(1).max(30).default(14),
  /** Articles of these categories alone, or these articles. */
  categories: z.array(z.string().min(1)).min(1).optional(),
  products: z.array(z.string().min(1)).min(1).optional(),
  vendors: z.array(z.enum(vendorNames)).min(1),
  /** Kept at the vendor by requests as well (docs/audiences.md). */
  push: push.optional(),
});
export type Audience = z.infer<typeof audience>;

/** `audiences` of vigie.yaml: none is made that is not named here. */
export const audienceChoice = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _'),
  audience,
);

/** Without statements of consent nobody would ever be on one: rather said when vigie.yaml is read. */
export function audienceMistakes(data: unknown): Mistake[] {
  const audiences = valueAt(data, ['audiences']);
  if (!isRecord(audiences) || Object.keys(audiences).length === 0) return [];
  const feeds = listAt(data, ['sources']).flatMap((_, at) => listAt(data, ['sources', at, 'feeds']));
  const shared = sharedLists(audiences);
  if (feeds.some((feed) => isRecord(feed) && feed['table'] === 'consents')) return shared;
  const message =
    'no feed fills `consents`, and without consent nobody is on an audience; add one (docs/audiences.md), or leave audiences out';
  return [{ path: ['audiences'], atKey: true, message }, ...shared];
}

/** What one audience puts on a list another would take off. */
function sharedLists(audiences: Readonly<Record<string, unknown>>): Mistake[] {
  const owners = new Map<string, string>();
  return Object.keys(audiences).flatMap((id) => {
    const [account, list] = ['account', 'list'].map((key) => valueAt(audiences, [id, 'push', key]));
    if (account === undefined || list === undefined) return [];
    const place = `${withoutDashes(String(account))}-${String(list).trim()}`;
    const owner = owners.get(place);
    owners.set(place, owner ?? id);
    if (owner === undefined) return [];
    const message = `the audience ${owner} is pushed to this list already, and each would take off whom the other put on; make a list for each in Google Ads`;
    return [{ path: ['audiences', id, 'push', 'list'], message }];
  });
}
