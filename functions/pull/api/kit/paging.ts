import { VigieError } from '../../../platform/errors.ts';
import type { VendorAnswer } from '../vendor.ts';
import { WholeList } from '../whole-list.ts';

/**
 * The three ways in which vendors hand out long lists. Each gives answer after answer to the end, and throws
 * `VENDOR_INCOMPLETE` where pages do not make a whole: then the slice is read again from its start.
 */
export interface NextPages<Answer> {
  /** For people: `Google Ads search`. */
  readonly what: string;
  /** Asks for the first page (null), or for the one that the page before named. */
  ask(next: string | null): Promise<Answer>;
  /** What names the next page: a token, a cursor, a link; null on the last one. */
  next(answer: Answer): string | null;
}

/** By token, cursor or link: each page names the next one. */
export async function* pagesByNext<Answer = VendorAnswer>({
  what,
  ask,
  next,
}: NextPages<Answer>): AsyncGenerator<Answer> {
  let at: string | null = null;
  do {
    const answer: Answer = await ask(at);
    yield answer;
    const named = next(answer);
    if (named !== null && named === at) throw repeatedPage(what, named);
    at = named;
  } while (at !== null);
}

/** A next page that leads back to itself: rows are missing, and reading on would never end. */
const repeatedPage = (what: string, token: string): VigieError =>
  new VigieError(`${what}: the page after ${token} is the same page again`, {
    code: 'VENDOR_INCOMPLETE',
    retryable: true,
    hint: 'Nothing of these days was taken. The next run asks again.',
  });

export interface CountedPages<Answer> {
  /** For people: `orders of the shop`. */
  readonly what: string;
  /** Asks for the records from a place on, counted from 0. */
  ask(offset: number): Promise<Answer>;
  /** What identifies each record of a page: a list that shifts while it is read gives one twice. */
  keys(answer: Answer): readonly string[];
  /** How many there are in all; null where the vendor does not say: then a page that is not full is the last. */
  total(answer: Answer): number | null;
  /** Records of a full page. */
  readonly size: number;
  /** What to do where the list stays incomplete. */
  readonly hint: string;
}

/** By offset: each page begins where the one before ended, until all that are counted have come. */
export async function* pagesByOffset<Answer = VendorAnswer>(
  pages: CountedPages<Answer>,
): AsyncGenerator<Answer> {
  const list = new WholeList(pages.what);
  for (;;) {
    const answer = await pages.ask(list.size);
    const keys = pages.keys(answer);
    const total = pages.total(answer);
    list.counted(total);
    for (const key of keys) list.see(key);
    yield answer;
    if (total === null ? keys.length < pages.size : list.size >= total) return;
    if (keys.length === 0) return list.end(pages.hint);
  }
}
