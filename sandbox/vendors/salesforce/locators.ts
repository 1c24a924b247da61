import { sha256 } from '../../../functions/platform/hash.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';
import { error } from './errors.ts';
import type { Found } from './query.ts';

/** How long answers are. */
export interface PageHabits {
  /** Records on a page, those in lists below them counted: 2,000 at most. */
  readonly page: number;
  /** Records of a list below one; the rest has pages of its own. */
  readonly below: number;
}

/** A query locator is good for two days. https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm */
const LIVES_MS = 2 * 86_400_000;

export interface Locators {
  /** The first page of what was found. `question`: what was asked; the same has the same locator. */
  first(question: string, found: Found): VendorReply;
  /** A later page: `01g5g00000a1b2c3d4-2000`. */
  next(locator: string): VendorReply;
}

/** Keeps what queries found until all of it was asked for. */
export function locatorsOf(version: string, { page, below }: PageHabits, now: () => number): Locators {
  const cursors = new Map<string, { readonly found: Found; readonly at: number }>();
  const link = (id: string, place: number): string => `/services/data/v${version}/query/${id}-${place}`;
  const keep = (question: string, found: Found): string => {
    const id = `01g5g00000${sha256(question, 8)}`;
    cursors.set(id, { found, at: now() });
    return id;
  };
  const part = (id: string, found: Found, from: number, to: number): object => {
    const { rows } = found;
    const isDone = to >= rows.length;
    return {
      ...{ totalSize: rows.length, done: isDone },
      ...(isDone ? {} : { nextRecordsUrl: link(id, to) }),
      records: rows.slice(from, to).map((row) =>
        found.write(row, (name, list) => {
          const own = keep(`${id}/${row.record.id}/${name}`, list);
          return part(own, list, 0, below);
        }),
      ),
    };
  };
  return {
    first(question, found) {
      const id = keep(question, found);
      return json(200, part(id, found, 0, endOf(found, 0, page)));
    },
    next(locator) {
      const [, id = '', place = ''] = /^(\w+)-(\d+)$/.exec(locator) ?? [];
      const cursor = cursors.get(id);
      if (!cursor || now() - cursor.at > LIVES_MS)
        return error(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      const from = Number(place);
      return json(200, part(id, cursor.found, from, endOf(cursor.found, from, page)));
    },
  };
}

/** Where the page from a place on ends: it has one record at least. */
function endOf(found: Found, from: number, page: number): number {
  let room = page;
  let at = from;
  for (; at < found.rows.length && (room > 0 || at === from); at += 1)
    room -= 1 + found.below(found.rows[at] as Found['rows'][number]);
  return at;
}
