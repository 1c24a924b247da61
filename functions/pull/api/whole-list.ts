import { VigieError } from '../../platform/errors.ts';
import { sha256 } from '../../platform/hash.ts';
import type { RawPage } from './source.ts';

/** Identities up to this length are kept as they are. */
const SHORT = 40;

/**
 * Watches a list that comes in pages while the vendor's data goes on changing. A record that enters or leaves in front
 * of where the reading is shifts all that follow: then one comes twice, or one is never seen. Both make the list
 * incomplete (`VENDOR_INCOMPLETE`, retryable: it is read again from its start).
 */
export class WholeList {
  private readonly seen = new Set<string>();
  private readonly what: string;
  private most: number | null = null;
  private unknown = 0;

  constructor(what: string) {
    this.what = what;
  }

  /** How many different records came. */
  get size(): number {
    return this.seen.size + this.unknown;
  }

  /** Takes a record by what identifies it. Throws where it came before, on whatever page. */
  see(identity: string): void {
    const key = identity.length > SHORT ? sha256(identity, SHORT) : identity;
    if (this.seen.has(key)) throw shifted(this.what, `${shown(identity)} came twice`);
    this.seen.add(key);
  }

  /** Takes records by the fields at these paths. One that lacks them is passed over: the mapping says what it lacks. */
  seeAll(records: readonly unknown[], paths: readonly string[]): void {
    for (const record of records) {
      const key = keyAt(record, paths);
      if (key !== undefined) this.see(key);
      else this.unknown += 1;
    }
  }

  /** Takes what the vendor counts, as a page says it. Throws where it got less while the list was read. */
  counted(count: number | null): void {
    if (count === null) return;
    if (this.most !== null && count < this.most)
      throw shifted(this.what, `the vendor counted ${this.most} records, then ${count}`);
    this.most = count;
  }

  /** The list is over. Throws where fewer different records came than the vendor counts. */
  end(hint: string): void {
    if (this.most === null || this.size >= this.most) return;
    const fewer = `${this.size} records came of ${this.most} that the vendor counts`;
    throw incomplete(`${this.what}: ${fewer}`, hint);
  }
}

const shown = (identity: string): string =>
  identity.length > 2 * SHORT ? 'a record' : `the record ${identity}`;

const shifted = (what: string, why: string): VigieError =>
  incomplete(
    `${what}: ${why}, so the list changed while it was read and others may be missing`,
    'Vigie reads such a list again by itself. If this stays, read at a quieter hour, or set larger pages, so that fewer of them can shift.',
  );

const incomplete = (message: string, hint: string): VigieError =>
  new VigieError(message, { code: 'VENDOR_INCOMPLETE', retryable: true, hint });

/** Pages of records that have keys: passes them on, as long as no record comes twice. */
export async function* withoutRepeats(
  pages: AsyncIterable<RawPage>,
  what: string,
  keysOf: (page: RawPage) => readonly string[],
): AsyncGenerator<RawPage> {
  const list = new WholeList(what);
  for await (const page of pages) {
    for (const key of keysOf(page)) list.see(key);
    yield page;
  }
}

/** What identifies a record by the fields at these paths; undefined where one is missing: the mapping will say so. */
export function keyAt(record: unknown, paths: readonly string[]): string | undefined {
  const parts = paths.map((path) => {
    let found = record;
    for (const name of path.split('.'))
      found =
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined;
    return found;
  });
  if (parts.some((part) => typeof part !== 'string' && typeof part !== 'number')) return undefined;
  return parts.join(' ');
}
