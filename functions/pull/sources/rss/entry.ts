/** An entry of a feed, whatever its form; null: the feed does not say. */
export interface Entry {
  /** What tells it from all others of the feed: `guid`, `id`, else its link. */
  readonly id: string | null;
  readonly title: string | null;
  readonly link: string | null;
  /** When it was published, as the feed writes it. */
  readonly at: string | null;
  readonly categories: readonly string[];
}

/** One line, without the tags that some feeds write into titles. */
export function plain(text: string): string | null {
  const line = text
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? null : line;
}
