/** A part of a list, and where the next one begins; null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: number | null;
}

/** Some items of a list from a place on, counted from 0: tokens, cursors and offsets all come down to it. */
export const pageFrom = <T>(all: readonly T[], from: number, size: number): Page<T> => ({
  items: all.slice(from, from + size),
  next: from + size < all.length ? from + size : null,
});
